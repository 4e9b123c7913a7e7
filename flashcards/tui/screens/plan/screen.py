"""The plan screen: what the plan will reach, and what other minutes or weights would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import relative_day, short_date
from flashcards.progress.plan import edits
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.plan.draft import PlanDraft
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.screens.plan.page import PlanRow

_PROGRESS_INTERVAL = 0.25
"""Seconds between two updates of the progress of the exact forecast."""


class PlanScreen(BaseScreen):
    """The plan; edits are shown first and saved with enter."""

    NAME = "plan"
    BINDINGS = bindings(NAME)

    def __init__(self) -> None:
        super().__init__()
        self.draft = PlanDraft(self)
        self.cursor = 0

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page()

    def on_mount(self) -> None:
        """Show the frame at once; the figures come from a thread."""
        self.attempt(self.draft.load)
        super().on_mount()
        self.set_interval(_PROGRESS_INTERVAL, self._show_progress)
        self.draft.compute()

    def on_unmount(self) -> None:
        """Stop computing for a plan that is no longer shown."""
        self.draft.close()

    def _show_progress(self) -> None:
        if self.app.screen is self and self.draft.share_done is not None:
            self.redraw()

    @property
    def today(self) -> int:
        """The study day."""
        return self.collection.moment().day

    @property
    def rows(self) -> list[PlanRow]:
        """The rows that the cursor can be on."""
        from flashcards.tui.screens.plan.page import plan_rows

        return plan_rows(self.draft.areas, self.draft.plan, self.today)

    @property
    def current_row(self) -> PlanRow | None:
        """The row under the cursor."""
        rows = self.rows
        return rows[min(self.cursor, len(rows) - 1)] if rows else None

    def show(self) -> None:
        """Show the plan as edited so far."""
        summary = self._date_summary()
        dot = self.look.glyphs.dot
        right = stored(summary.replace(" - ", f" {dot} "), self.look.style("muted"))
        self.show_title(self.text("Plan", "accent", bold=True), right)
        self.query_one(Page).show(self._lines)

    def _date_summary(self) -> str:
        if self.draft.plan is None or self.draft.view is None:
            return ""
        # Loads NumPy, which the thread that made the view has loaded by now.
        from flashcards.progress.plan.text import date_summary

        return date_summary(self.draft.plan, self.today)

    def _lines(self, width: int, height: int) -> list[Content]:
        draft = self.draft
        if draft.view is None:
            return []
        from flashcards.tui.screens.plan.page import PlanPage, plan_lines

        page = PlanPage(
            draft.view,
            draft.plan,
            self.rows,
            self.cursor,
            draft.is_waiting,
            draft.share_done,
        )
        return plan_lines(page, self.look, width, height)

    def hints(self) -> list[Hint]:
        """Return what can be changed, and how to save it."""
        date, back = self.hint("plan.date"), self.hint("plan.drop", "back")
        if self.draft.plan is None:
            return [date, back]
        pair = self.keymap.pair_hint
        words = "minutes" if self.frame.is_narrow else "minutes a day"
        minutes = pair("plan.less", "plan.more", words)
        ends = [self.hint("plan.keep")]
        ends += [self.hint("plan.drop")] if self.draft.is_changed else [back]
        others = [
            pair("plan.earlier", "plan.later", "day"),
            pair("plan.lower", "plan.higher", "target"),
            date,
            self.hint("plan.days_off"),
        ]
        row = self.current_row
        if row is None:
            return [minutes, *ends, *others]
        if row.task is not None:
            return [minutes, *ends, self.hint("plan.tick"), *others]
        weight = pair("plan.heavier", "plan.lighter", "weight")
        return [minutes, *ends, weight, *others, self.hint("plan.toggle")]

    def action_minutes(self, difference: int) -> None:
        """Try more or fewer minutes a day."""
        if self.draft.plan is not None:
            self.draft.change(edits.with_minutes_changed(self.draft.plan, difference))

    def action_day(self, days: int) -> None:
        """Try an interview some days earlier or later."""
        if self.draft.plan is not None:
            plan = edits.with_interview_moved(self.draft.plan, days, self.today)
            self.draft.change(plan)

    def action_target(self, points: int) -> None:
        """Try a target some percentage points higher or lower."""
        if self.draft.plan is not None:
            self.draft.change(edits.with_target_changed(self.draft.plan, points))

    def action_weight(self, steps: int) -> None:
        """Try another weight of the area under the cursor."""
        plan, row = self.draft.plan, self.current_row
        if plan is not None and row is not None and row.area:
            self.draft.change(edits.with_weight_changed(plan, row.area, steps))

    def action_leave_out(self) -> None:
        """Leave the area under the cursor out, or include it again."""
        plan, row = self.draft.plan, self.current_row
        if plan is not None and row is not None and row.area:
            self.draft.change(edits.with_area_toggled(plan, row.area))

    def action_tick(self) -> None:
        """Mark the task under the cursor as done, or as open again."""
        plan, row = self.draft.plan, self.current_row
        if plan is not None and row is not None and row.task is not None:
            name = row.task.name
            self.draft.change(edits.with_task_toggled(plan, name, self.today))

    def action_move(self, steps: int) -> None:
        """Move the cursor through areas and tasks."""
        self.cursor = min(max(self.cursor + steps, 0), max(len(self.rows) - 1, 0))
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Move the cursor to the row that was clicked."""
        self.cursor = number
        self.redraw()

    def action_date(self) -> None:
        """Ask for the date of the interview."""
        from flashcards.tui.screens.common.line_dialog import LineDialog

        today = self.today

        def describe(text: str) -> str:
            day = edits.parse_interview_day(text, today)
            return f"{short_date(day)}, {relative_day(day, today)}"

        question = "When is the interview?"
        self.app.push_screen(
            LineDialog(question, meaning=describe, save=self._set_interview_day)
        )

    def _set_interview_day(self, text: str) -> None:
        today = self.today
        plan = self.draft.plan
        if plan is None:
            plan = edits.new_plan(today, self.collection.settings.minutes)
        day = edits.parse_interview_day(text, today)
        changed = edits.with_interview_day(plan, day, today)
        if plan.next_interview(today) is None:
            changed = edits.with_suggested_tasks(changed, today)
        self.draft.change(changed)

    def action_days_off(self) -> None:
        """Choose days without study."""
        from flashcards.tui.screens.plan.days_off_screen import DaysOffScreen

        if self.draft.plan is not None:
            screen = DaysOffScreen(self.draft.plan, self.draft.change)
            self.app.push_screen(screen)

    def action_keep(self) -> None:
        """Save the plan as shown, as one step that can be undone."""
        plan = self.draft.plan
        if plan is None or not self.draft.is_changed:
            self.app.pop_screen()
            return

        def save() -> bool:
            self.collection.plan.save_edited(plan)
            return True

        if self.attempt(save):
            undo = self.keymap.shown("home.undo")
            self.host.close_with_notice(f"Plan saved. Press {undo} to undo.")

    def action_drop(self) -> None:
        """Go back and discard changes that were not saved."""
        if self.draft.is_changed:
            self.host.close_with_notice("Changes discarded.")
        else:
            self.app.pop_screen()
