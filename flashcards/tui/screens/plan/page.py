"""The plan as lines: the forecast in a sentence, its curve, the areas, this week's tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from flashcards.domain.formatting import short_date
from flashcards.domain.study_plan import WEEK, weekday
from flashcards.progress.figure_text import percent
from flashcards.study.today.overview import title_from_key
from flashcards.tui.rendering.charts import level
from flashcards.tui.rendering.lines import blank, cut, justify, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.plan.trajectory import trajectory
from flashcards.tui.screens.plan.week import today_line, week_lines
from flashcards.tui.theme.sizes import MEDIUM
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.base import clickable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.study_plan import StudyPlan, Task
    from flashcards.progress.forecast.readiness import DeckReadiness
    from flashcards.progress.plan.view import PlanView
    from flashcards.tui.theme.themes import Look

CURVE_ROWS, CURVE_ROWS_SHORT = 9, 5
_PROGRESS = 40
_TALL = 26
_MARGINS = 4
_CELLS, _NARROW_CELLS = (12, 9, 9), (7, 7)
_BAR = 34
_NAME, _NARROW_NAME = 14, 16


class PlanRow(NamedTuple):
    """A row that the cursor can be on: an area, or a task of this week."""

    area: str
    task: Task | None = None


def plan_rows(areas: Sequence[str], tasks: Sequence[Task], today: int) -> list[PlanRow]:
    """Return the areas, then the tasks of this week, Monday to Sunday, by day."""
    monday = today - weekday(today)
    days = [(task.done_day or task.day or 0, task) for task in tasks]
    of_week = [item for item in days if monday <= item[0] < monday + WEEK]
    of_week.sort(key=lambda item: item[0])
    return [*map(PlanRow, areas), *(PlanRow("", task) for _, task in of_week)]


class PlanPage(NamedTuple):
    """The content of the page."""

    view: PlanView
    plan: StudyPlan | None
    """As edited so far."""
    rows: Sequence[PlanRow]
    cursor: int
    is_waiting: bool
    """Whether the figures of the last change are still being computed."""
    share_done: float | None = None
    """How much of the exact forecast is computed, 0 to 1; None if it is not running."""


def plan_lines(page: PlanPage, look: Look, width: int, height: int) -> list[Content]:
    """Lay the page out for a size; the list scrolls to the cursor."""
    waiting = f" {look.glyphs.more}" if page.is_waiting else ""
    bright = look.style("text", bold=True)
    lines = [*stored(page.view.sentence + waiting, bright).wrap(width)]
    if page.plan is None:
        return lines
    lines += [today_line(page, look, width), _progress(page, look, width)]
    if width >= MEDIUM - _MARGINS:
        rows = CURVE_ROWS if height >= _TALL else CURVE_ROWS_SHORT
        curve = trajectory(page.view, look, width, rows)
        lines += [*curve, blank()] if curve else []
    week = week_lines(page, look, width) if height >= _TALL else []
    room = max(height - len(lines) - len(week), 2)
    return [*lines, *_list(page, look, width, room), *week]


def _progress(page: PlanPage, look: Look, width: int) -> Content:
    """Return the progress of the exact forecast; a blank row if it is not running."""
    if page.share_done is None:
        return blank()
    words = span("Computing the exact forecast   ", look.style("muted"))
    cells = max(min(width - words.cell_length, _PROGRESS), 1)
    done = round(min(max(page.share_done, 0.0), 1.0) * cells)
    left = span(look.glyphs.progress_left * (cells - done), look.style("line"))
    return words + span(look.glyphs.progress_done * done, look.style("accent")) + left


def _list(page: PlanPage, look: Look, width: int, room: int) -> list[Content]:
    readiness_of = {}
    if page.view.readiness is not None:
        readiness_of = {area.key: area for area in page.view.readiness.areas}
    lines, cursor_line = [_table_head(look, width)], 0
    for number, row in enumerate(page.rows):
        if row.task is not None and not page.rows[number - 1].task:
            lines += [blank(), span("  This week", look.style("text", bold=True))]
        if number == page.cursor:
            cursor_line = len(lines)
        raised = number == page.cursor
        if row.task is not None:
            line = _task(row.task, look, width, raised=raised)
        else:
            line = _area(
                row.area, readiness_of.get(row.area), page, look, width, raised
            )
        lines.append(clickable(line, f"screen.click_row({number})"))
    if len(lines) <= room:
        return lines
    first = min(max(cursor_line - room + 1, 0), len(lines) - room)
    return [lines[0], *lines[first + 1 : first + room]]


def _table_head(look: Look, width: int) -> Content:
    columns = (
        ("weight", "recall") if _is_narrow(width) else ("seen", "weight", "recall")
    )
    cells = _NARROW_CELLS if _is_narrow(width) else _CELLS
    right = "".join(
        f"{column:>{cell}}" for column, cell in zip(columns, cells, strict=True)
    )
    return justify(
        span("  Area", look.style("text", bold=True)),
        span(right + " ", look.style("muted")),
        width,
    )


def _area(
    key: str,
    readiness: DeckReadiness | None,
    page: PlanPage,
    look: Look,
    width: int,
    raised: bool,
) -> Content:
    plan = page.plan
    weight = plan.weight_of(key) if plan else 0.0
    if readiness is not None and key not in dict(plan.weights if plan else ()):
        weight = readiness.weight
    is_out = not weight
    narrow = _is_narrow(width)
    texts = [
        "left out" if is_out else f"{look.glyphs.times}{weight:.1f}",
        look.glyphs.dot
        if is_out or not readiness
        else percent(readiness.predicted.value),
    ]
    if not narrow:
        texts.insert(
            0,
            f"{readiness.seen} of {readiness.notes}"
            if readiness and not is_out
            else "",
        )
    cells = _NARROW_CELLS if narrow else _CELLS
    right = "".join(f"{t:>{c}}" for t, c in zip(texts, cells, strict=True)) + " "
    style = look.style("muted" if is_out else "text", bold=raised, raised=raised)
    left = Content.assemble(
        (look.glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        (look.glyphs.bar, look.style(area_role(key), raised=raised)),
        " ",
    )
    left += pad(stored(title_from_key(key), style, width=_NAME), _NAME)
    room = width - left.cell_length - len(right) - 2
    if readiness is not None and not is_out and plan is not None:
        band = readiness.predicted
        bar = min(room, _BAR) if not narrow else room
        runs = level(band.low, band.high, max(bar, 4), look.glyphs, plan.target)
        role = area_role(key)
        roles = {"solid": role, "band": role, "track": "line", "target": "text"}
        for text, kind in runs:
            left += span(text, look.style(roles[kind], raised=raised))
    line = justify(left, span(right, look.style("text", raised=raised)), width)
    return _filled(line, look, width, raised=raised)


def _task(task: Task, look: Look, width: int, *, raised: bool) -> Content:
    is_done = task.done_day is not None
    box = "[x]" if is_done else "[ ]"
    left = Content.assemble(
        (look.glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        " ",
        (f"{box} ", look.style("good" if is_done else "text", raised=raised)),
        stored(task.title, look.style("text", bold=raised, raised=raised)),
        f", {task.minutes} min" if task.minutes else "",
    )
    day = task.done_day or task.day
    right = span(
        f"{short_date(day)} " if day else "", look.style("muted", raised=raised)
    )
    line = justify(cut(left, width, look.glyphs.more), right, width, look.glyphs.more)
    return _filled(line, look, width, raised=raised)


def _filled(line: Content, look: Look, width: int, *, raised: bool) -> Content:
    line = pad(line, width)
    return line.stylize_before(look.style("text", raised=True)) if raised else line


def _is_narrow(width: int) -> bool:
    return width < MEDIUM - _MARGINS
