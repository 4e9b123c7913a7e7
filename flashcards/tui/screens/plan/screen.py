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
    from collections.abc import Callable, Iterable

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.domain.study_plan import StudyPlan
    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.screens.plan.page import PlanRow

_PROGRESS_INTERVAL = 0.25
"""Seconds between two updates of the progress of the exact forecast."""


class PlanScreen(BaseScreen):
    """The plan; edits are shown at once, and saved at the latest when the screen is left."""

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
        if self.draft.plan is None:
            self.call_after_refresh(self.action_date)

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

        areas = self.draft.areas if self.draft.plan else ()
        return plan_rows(areas, self.draft.tasks, self.today)

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
        date, days_off = self.hint("plan.date"), self.hint("plan.days_off")
        ends = [self.hint("plan.back")]
        if self._can_undo:
            ends.append(self.hint("plan.undo"))
        if self.draft.plan is None:
            return [date, days_off, *ends]
        pair = self.keymap.pair_hint
        words = "minutes" if self.frame.is_narrow else "minutes a day"
        minutes = pair("plan.less", "plan.more", words)
        others = [
            pair("plan.earlier", "plan.later", "day"),
            pair("plan.lower", "plan.higher", "target"),
            days_off,
        ]
        row = self.current_row
        if row is None:
            return [minutes, date, *ends, *others]
        if row.task is not None:
            return [self.hint("plan.tick"), minutes, date, *ends, *others]
        weight = pair("plan.heavier", "plan.lighter", "weight")
        return [minutes, date, *ends, weight, *others, self.hint("plan.toggle")]

    @property
    def _can_undo(self) -> bool:
        return self.draft.is_changed or self.host.can_undo

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
        row = self.current_row
        if row is None or row.task is None:
            return
        name = row.task.name
        self.attempt(self.draft.save)
        label = self.attempt(lambda: self.collection.plan.toggle_task(name))
        if label:
            self.draft.reload()
            self.notice(f"{label}. Undo with {self.keymap.shown('plan.undo')}.")
        self.redraw()

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
        plan = self._plan_or_new
        day = edits.parse_interview_day(text, today)
        changed = edits.with_interview_day(plan, day, today)
        if plan.next_interview(today) is None:
            changed = edits.with_suggested_tasks(changed, today)
        self._save(changed)

    def action_days_off(self) -> None:
        """Choose days without study."""
        from flashcards.tui.screens.plan.days_off_screen import DaysOffScreen

        self.app.push_screen(DaysOffScreen(self._plan_or_new, self._save))

    @property
    def _plan_or_new(self) -> StudyPlan:
        """The plan as edited so far, or a new one without a date."""
        return self.draft.plan or edits.new_plan(
            self.today, self.collection.settings.minutes
        )

    # Saving and undo.

    def _save(self, plan: StudyPlan | None = None) -> None:
        """Save the plan as edited so far, or another one, and say how to undo it."""
        if self.attempt(lambda: self.draft.save(plan)):
            self.notice(self._saved_text)
        self.redraw()

    @property
    def _saved_text(self) -> str:
        return f"Plan saved. Undo with {self.keymap.shown('plan.undo')}."

    def save_unfinished(self) -> None:
        """Save the plan as shown when the program ends."""
        self.draft.save()

    def action_back(self) -> None:
        """Save the plan as shown, as one step that can be undone, and go back."""
        is_saved = self.attempt(self.draft.save)
        if is_saved:
            self.host.close_with_notice(self._saved_text)
        elif is_saved is not None:
            self.app.pop_screen()

    def action_undo(self) -> None:
        """Undo what was changed last, here or before."""
        self._apply(self.host.undo, "Undid: {}", "Nothing to undo.")

    def action_redo(self) -> None:
        """Redo the last change that was undone."""
        self._apply(self.host.redo, "Redid: {}", "Nothing to redo.")

    def _apply(self, step: Callable[[], str], done_text: str, none_text: str) -> None:
        if self.attempt(self.draft.save) is None:
            return
        label = self.attempt(step)
        if label is None:
            return
        self.attempt(self.draft.reload)
        self.notice(done_text.format(label) if label else none_text)
        self.redraw()
