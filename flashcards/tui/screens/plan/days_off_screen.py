"""The days-off screen: a calendar until the interview on which space toggles a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from flashcards.domain.formatting import WEEKDAYS, count, month_and_day, short_date
from flashcards.domain.study_plan import StudyPlan, weekday
from flashcards.progress.plan import edits
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import blank, span
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.theme.themes import Look

_WEEK = 7
_WEEKS_WITHOUT_DATE = 4
_LABEL, _CELL = 9, 6


class DaysOffScreen(BaseScreen):
    """A row per week; leaving it hands the edited plan to `save`."""

    NAME = "days_off"
    BINDINGS = bindings(NAME)

    def __init__(self, plan: StudyPlan, save: Callable[[StudyPlan], None]) -> None:
        super().__init__()
        self.plan = plan
        self._plan_before, self._save = plan, save
        self.selected_day: int | None = None
        """None for today."""

    def body(self) -> Iterable[Widget]:
        """Return the calendar."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    @property
    def day(self) -> int:
        """The day under the cursor."""
        if self.selected_day is None:
            return self.collection.moment().day
        return self.selected_day

    @property
    def end(self) -> int:
        """The day of the interview, or four weeks ahead if there is none."""
        today = self.collection.moment().day
        interview = self.plan.next_interview(today)
        return interview.day if interview else today + _WEEKS_WITHOUT_DATE * _WEEK

    def show(self) -> None:
        """Show the weeks until the interview."""
        today, day = self.collection.moment().day, self.day
        days = self.plan.study_days(today, self.end)
        remaining = count(days, "study day")
        self.show_title(
            self.text("Plan", "accent", bold=True)
            + self.text(f" {self.look.glyphs.crumb} days off", "muted"),
            self.text(f"{remaining} until {short_date(self.end)}", "muted"),
        )
        self.query_one(Page).show(
            lambda _width, height: calendar(
                self.plan, (today, self.end), day, self.look, height
            )
        )

    def hints(self) -> list[Hint]:
        """Return what can be toggled."""
        return [
            self.hint("days_off.toggle"),
            self.hint("days_off.weekday"),
            self.hint("days_off.back"),
        ]

    def action_move(self, days: int) -> None:
        """Move the cursor by some days."""
        today = self.collection.moment().day
        self.selected_day = min(max(self.day + days, today), self.end - 1)
        self.redraw()

    def action_switch(self) -> None:
        """Make this date a day off, or a study day again."""
        if weekday(self.day) in self.plan.weekdays_off:
            key = self.keymap.shown("days_off.weekday")
            name = WEEKDAYS[weekday(self.day)]
            self.notice(f"Every {name} is a day off. Press {key} to change that.")
            return
        self.plan = edits.with_day_off_toggled(self.plan, self.day)
        self.redraw()

    def action_weekday(self) -> None:
        """Make this day of every week a day off, or a study day again."""
        self.plan = edits.with_weekday_off_toggled(self.plan, self.day)
        self.redraw()

    def action_back(self) -> None:
        """Go back to the plan with the days off chosen here."""
        self.app.pop_screen()
        self.save_unfinished()

    def save_unfinished(self) -> None:
        """Save the days off chosen here."""
        if self.plan != self._plan_before:
            self._save(self.plan)


def calendar(
    plan: StudyPlan, bounds: tuple[int, int], selected: int, look: Look, height: int
) -> list[Content]:
    """Return the weeks between two days; those around the selected day if not all fit."""
    today, end = bounds
    interview = plan.next_interview(today)
    names = "".join(f"{name:>{_CELL}}" for name in WEEKDAYS)
    head = span(" " * _LABEL + names, look.style("muted"))
    first = today - weekday(today)
    weeks = range(first, end + (interview is not None), _WEEK)
    room = max(height - 4, 1)
    selected_week = (selected - first) // _WEEK
    top = min(max(selected_week - room + 1, 0), max(len(weeks) - room, 0))
    lines = [head]
    for monday in weeks[top : top + room]:
        label = span(f"{month_and_day(monday):<{_LABEL}}", look.style("muted"))
        days = range(monday, monday + _WEEK)
        cells = (_day(plan, day, bounds, look, raised=day == selected) for day in days)
        lines.append(Content("").join([label, *cells]))
    sign = look.glyphs.removed
    legend = f"{look.glyphs.heat[0]} study   {sign} off"
    if interview is not None:
        legend += f"   {look.glyphs.day_mark} interview"
    state = "day off" if plan.is_off(selected) else "study day"
    description = span(
        f"{short_date(selected)}: {state}", look.style("text", bold=True)
    )
    return [*lines, blank(), span(legend, look.style("muted")), description]


def _day(
    plan: StudyPlan, day: int, bounds: tuple[int, int], look: Look, *, raised: bool
) -> Content:
    today, end = bounds
    interview = plan.next_interview(today)
    if interview is not None and day == interview.day:
        sign, role = look.glyphs.day_mark, "accent"
    elif not today <= day < end:
        sign, role = " ", "muted"
    elif plan.is_off(day):
        sign, role = look.glyphs.removed, "hard"
    else:
        sign, role = look.glyphs.heat[0], "text"
    style = look.style(role, bold=raised, raised=raised)
    cursor = look.glyphs.cursor if raised else " "
    body = span(f"{cursor}{sign} ", style)
    return body.pad_left(_CELL - body.cell_length)
