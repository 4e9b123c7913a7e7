"""Today and this week of a plan: minutes planned and minutes done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import weekday_name
from flashcards.tui.rendering.lines import blank, justify, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.theme.sizes import MEDIUM

if TYPE_CHECKING:
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.plan.week import PlannedDay
    from flashcards.tui.screens.plan.page import PlanPage
    from flashcards.tui.theme.themes import Look

_LABEL, _CELL = 16, 8
_MARGINS = 4


def today_line(page: PlanPage, look: Look, width: int) -> Content:
    """Return today's work, and the minutes of this week if they fit."""
    view = page.view
    left = stored(view.work_today.line if view.work_today else "", look.style("text"))
    right = span(week_summary(view), look.style("muted"))
    fits = left.cell_length + 2 + right.cell_length <= width
    if view.work_today and not (fits and width >= MEDIUM - _MARGINS):
        return left
    return justify(left, right, width, look.glyphs.more)


def week_summary(view: PlanView) -> str:
    """Return minutes done of those planned up to today, as `This week 32 of 45 min`.

    Both are of the days with planned minutes. Empty if no interview is ahead or nothing
    was planned.
    """
    past = [day for day in view.week if day.planned_minutes and day.day <= view.today]
    planned = sum(day.planned_minutes for day in past)
    if view.days_left is None or not planned:
        return ""
    return f"This week {sum(day.done_minutes for day in past)} of {planned} min"


def week_lines(page: PlanPage, look: Look, width: int) -> list[Content]:
    """Return a table of the days of this week with minutes planned and done."""
    view = page.view
    if view.days_left is None or width < _LABEL + _CELL * len(view.week):
        return []
    planned = [_planned(day, look) for day in view.week]
    done = [_done(day, view.today, look) for day in view.week]
    rows = [_row("planned", planned, look), _row("done", done, look)]
    return [blank(), _days(view, look), *rows]


def _days(view: PlanView, look: Look) -> Content:
    label = span(f"{'  Minutes':<{_LABEL}}", look.style("text", bold=True))
    names = (
        span(
            f"{weekday_name(day.day):>{_CELL}}",
            look.style("accent" if day.day == view.today else "muted"),
        )
        for day in view.week
    )
    return Content("").join([label, *names])


def _row(label: str, cells: list[tuple[str, str]], look: Look) -> Content:
    head = span(f"{'  ' + label:<{_LABEL}}", look.style("muted"))
    parts = (span(f"{text:>{_CELL}}", look.style(role)) for text, role in cells)
    return Content("").join([head, *parts])


def _planned(day: PlannedDay, look: Look) -> tuple[str, str]:
    if day.is_off:
        return "off", "muted"
    if not day.planned_minutes:
        return look.glyphs.dot, "muted"
    return str(day.planned_minutes), "text"


def _done(day: PlannedDay, today: int, look: Look) -> tuple[str, str]:
    if day.day > today:
        return "", "muted"
    if not day.done_reviews:
        return look.glyphs.dot, "muted"
    reached = day.done_minutes >= day.planned_minutes
    sign = f"{look.glyphs.ratings[2]} " if reached else ""
    return f"{sign}{day.done_minutes}", "good" if reached else "text"
