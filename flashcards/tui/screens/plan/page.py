"""The plan as lines: what it comes to, the curve, the areas, and this week's tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from flashcards.domain.formatting import weekday_name
from flashcards.progress.figure_text import percent
from flashcards.study.today.overview import title_of
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
    from flashcards.progress.plan.text import PlanView
    from flashcards.tui.theme.themes import Look

CURVE_ROWS, CURVE_ROWS_SHORT = 9, 5
_WEEK = 7
_PROGRESS = 40
_TALL = 26
_MARGINS = 4
_CELLS, _NARROW_CELLS = (12, 9, 9), (7, 7)
_BAR = 34
_NAME, _NARROW_NAME = 14, 16


class PlanRow(NamedTuple):
    """One row that the cursor can stand on: an area, or a task of this week."""

    area: str
    task: Task | None = None


def plan_rows(
    areas: Sequence[str], plan: StudyPlan | None, today: int
) -> list[PlanRow]:
    """Return the areas, and the tasks of the next seven days with those left over."""
    if plan is None:
        return []
    tasks = [
        task
        for task in plan.tasks
        if task.day is not None
        and task.day < today + _WEEK
        and (task.done_day is None or task.done_day > today - _WEEK)
    ]
    return [*(PlanRow(area) for area in areas), *(PlanRow("", task) for task in tasks)]


class Drafted(NamedTuple):
    """What the screen shows just now."""

    view: PlanView
    plan: StudyPlan | None
    """As it is being changed."""
    rows: Sequence[PlanRow]
    cursor: int
    waits: bool
    """Whether the figures of the last change are still being computed."""
    share: float | None = None
    """How much of the exact figures is made; None while none are being made."""


def plan_lines(shown: Drafted, look: Look, width: int, height: int) -> list[Content]:
    """Return the page for a size; the list scrolls to the cursor."""
    waiting = f" {look.glyphs.more}" if shown.waits else ""
    bright = look.style("text", bold=True)
    lines = [*stored(shown.view.sentence + waiting, bright).wrap(width)]
    if shown.plan is None:
        return lines
    lines += [today_line(shown, look, width), _progress(shown, look, width)]
    if width >= MEDIUM - _MARGINS:
        rows = CURVE_ROWS if height >= _TALL else CURVE_ROWS_SHORT
        curve = trajectory(shown.view, look, width, rows)
        lines += [*curve, blank()] if curve else []
    week = week_lines(shown, look, width) if height >= _TALL else []
    room = max(height - len(lines) - len(week), 2)
    return [*lines, *_list(shown, look, width, room), *week]


def _progress(shown: Drafted, look: Look, width: int) -> Content:
    """Return how far the exact figures are; an empty row where none are being made."""
    if shown.share is None:
        return blank()
    words = span("Computing the exact minutes   ", look.style("muted"))
    cells = max(min(width - words.cell_length, _PROGRESS), 1)
    done = round(min(max(shown.share, 0.0), 1.0) * cells)
    left = span(look.glyphs.progress_left * (cells - done), look.style("line"))
    return words + span(look.glyphs.progress_done * done, look.style("accent")) + left


def _list(shown: Drafted, look: Look, width: int, room: int) -> list[Content]:
    found = {}
    if shown.view.readiness is not None:
        found = {one.key: one for one in shown.view.readiness.areas}
    lines, at = [_heading(look, width)], 0
    for number, row in enumerate(shown.rows):
        if row.task is not None and not shown.rows[number - 1].task:
            lines += [blank(), span("  This week", look.style("text", bold=True))]
        if number == shown.cursor:
            at = len(lines)
        raised = number == shown.cursor
        if row.task is not None:
            line = _task(row.task, look, width, raised=raised)
        else:
            line = _area(row.area, found.get(row.area), shown, look, width, raised)
        lines.append(clickable(line, f"screen.click_row({number})"))
    if len(lines) <= room:
        return lines
    first = min(max(at - room + 1, 0), len(lines) - room)
    return [lines[0], *lines[first + 1 : first + room]]


def _heading(look: Look, width: int) -> Content:
    words = ("weight", "recall") if _is_narrow(width) else ("seen", "weight", "recall")
    cells = _NARROW_CELLS if _is_narrow(width) else _CELLS
    right = "".join(f"{w:>{c}}" for w, c in zip(words, cells, strict=True))
    return justify(
        span("  Area", look.style("text", bold=True)),
        span(right + " ", look.style("muted")),
        width,
    )


def _area(
    key: str,
    one: DeckReadiness | None,
    shown: Drafted,
    look: Look,
    width: int,
    raised: bool,
) -> Content:
    plan = shown.plan
    weight = plan.weight_of(key) if plan else 0.0
    if one is not None and key not in dict(plan.weights if plan else ()):
        weight = one.weight
    is_out = not weight
    narrow = _is_narrow(width)
    texts = [
        "left out" if is_out else f"{look.glyphs.times}{weight:.1f}",
        look.glyphs.dot if is_out or not one else percent(one.predicted.value),
    ]
    if not narrow:
        texts.insert(0, f"{one.seen} of {one.notes}" if one and not is_out else "")
    cells = _NARROW_CELLS if narrow else _CELLS
    right = "".join(f"{t:>{c}}" for t, c in zip(texts, cells, strict=True)) + " "
    style = look.style("muted" if is_out else "text", bold=raised, raised=raised)
    left = Content.assemble(
        (look.glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        (look.glyphs.bar, look.style(area_role(key), raised=raised)),
        " ",
    )
    left += pad(stored(title_of(key), style, width=_NAME), _NAME)
    room = width - left.cell_length - len(right) - 2
    if one is not None and not is_out and plan is not None:
        band = one.predicted
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
    day = weekday_name(task.day) if task.day is not None else ""
    right = span(f"{day} ", look.style("muted", raised=raised))
    line = justify(cut(left, width, look.glyphs.more), right, width, look.glyphs.more)
    return _filled(line, look, width, raised=raised)


def _filled(line: Content, look: Look, width: int, *, raised: bool) -> Content:
    line = pad(line, width)
    return line.stylize_before(look.style("text", raised=True)) if raised else line


def _is_narrow(width: int) -> bool:
    return width < MEDIUM - _MARGINS
