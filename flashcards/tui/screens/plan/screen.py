"""Plan: what the interview date comes to, and what other minutes or weights would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import relative_day, short_date
from flashcards.domain.study_plan import (
    DEFAULT_MINUTES,
    StudyPlan,
    with_tasks_on_study_days,
)
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.plan import edits as draft
from flashcards.tui.screens.plan.draft_screen import PlanDraft
from flashcards.tui.widgets.base import Page
from flashcards.tui.workers.plan_reader import heading_of, with_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.tui.keys.keymap import Hint


class PlanScreen(PlanDraft):
    """The plan; changes are looked at first and kept with enter."""

    NAME = "plan"
    BINDINGS = bindings(NAME)

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page()

    def show(self) -> None:
        """Show the plan as it would be."""
        told = heading_of(self.plan, self.today) if self.view and self.plan else ""
        dot = self.look.glyphs.dot
        right = stored(told.replace(" - ", f" {dot} "), self.look.style("muted"))
        self.show_title(self.text("Plan", "accent", bold=True), right)
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        from flashcards.tui.screens.plan.page import Drafted, plan_lines

        shown = Drafted(
            self.view, self.plan, self.rows, self.cursor, self.waits, self.share_done
        )
        return plan_lines(shown, self.look, width, height)

    def hints(self) -> list[Hint]:
        """Return what can be changed, and how it is kept."""
        date, back = self.hint("plan.date"), self.hint("plan.drop", "back")
        if self.plan is None:
            return [date, back]
        pair = self.keymap.pair_hint
        words = "minutes" if self.frame.is_narrow else "minutes a day"
        minutes = pair("plan.less", "plan.more", words)
        ends = [self.hint("plan.keep")]
        ends += [self.hint("plan.drop")] if self.plan != self.kept else [back]
        others = [
            pair("plan.earlier", "plan.later", "day"),
            pair("plan.lower", "plan.higher", "target"),
            date,
            self.hint("plan.days_off"),
        ]
        row = self.chosen
        if row is None:
            return [minutes, *ends, *others]
        if row.task is not None:
            return [minutes, *ends, self.hint("plan.tick"), *others]
        weight = pair("plan.heavier", "plan.lighter", "weight")
        return [minutes, *ends, weight, *others, self.hint("plan.toggle")]

    def action_minutes(self, more: int) -> None:
        """Look at more or fewer minutes a day."""
        if self.plan is not None:
            self.change(draft.with_minutes(self.plan, more))

    def action_day(self, days: int) -> None:
        """Look at an interview some days earlier or later."""
        if self.plan is not None:
            self.change(draft.with_day_moved(self.plan, days, self.today))

    def action_target(self, points: int) -> None:
        """Look at another target, in percent."""
        if self.plan is not None:
            self.change(draft.with_target(self.plan, points))

    def action_weight(self, steps: int) -> None:
        """Look at another weight of the area under the cursor."""
        row = self.chosen
        if self.plan is not None and row is not None and row.area:
            self.change(draft.with_weight(self.plan, row.area, steps))

    def action_leave_out(self) -> None:
        """Leave the area under the cursor out, or take it in again."""
        row = self.chosen
        if self.plan is not None and row is not None and row.area:
            self.change(draft.with_area_toggled(self.plan, row.area))

    def action_tick(self) -> None:
        """Tick the task under the cursor off, or open it again."""
        row = self.chosen
        if self.plan is not None and row is not None and row.task is not None:
            self.change(draft.with_tick(self.plan, row.task.name, self.today))

    def action_move(self, steps: int) -> None:
        """Go through areas and tasks."""
        self.cursor = min(max(self.cursor + steps, 0), max(len(self.rows) - 1, 0))
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on a row that was clicked."""
        self.cursor = number
        self.redraw()

    def action_date(self) -> None:
        """Ask for the date of the interview."""
        from flashcards.tui.screens.common.line_dialog import LineDialog

        today = self.today

        def meaning(text: str) -> str:
            day = draft.read_day(text, today)
            return f"{short_date(day)}, {relative_day(day, today)}"

        question = "When is the interview?"
        self.app.push_screen(LineDialog(question, meaning=meaning, keep=self._set_day))

    def _set_day(self, text: str) -> None:
        today = self.today
        minutes = self.collection.settings.minutes or DEFAULT_MINUTES
        plan = self.plan or StudyPlan(today, minutes=minutes)
        changed = draft.with_day(plan, draft.read_day(text, today), today)
        begins = plan.next_interview(today) is None
        self.change(with_tasks(changed, today) if begins else changed)

    def action_days_off(self) -> None:
        """Choose days without study."""
        from flashcards.tui.screens.plan.days_off_screen import DaysOffScreen

        if self.plan is not None:
            self.app.push_screen(DaysOffScreen(self.plan, self.change))

    def action_keep(self) -> None:
        """Keep the plan as it is shown, as one step that undo takes back."""
        plan = self.plan
        if plan is None or plan == self.kept:
            self.app.pop_screen()
            return
        label = "Changed the plan" if self.kept else "Made a plan"
        settled = with_tasks_on_study_days(plan, self.today)

        def save() -> bool:
            self.collection.plan.save(settled, label)
            return True

        if self.attempt(save):
            undo = self.keymap.shown("home.undo")
            self.host.back_with(f"The plan is kept. {undo} takes it back.")

    def action_drop(self) -> None:
        """Go back; changes that were not kept are gone."""
        if self.plan == self.kept:
            self.app.pop_screen()
        else:
            self.host.back_with("The plan is as it was.")
