"""Layout of the statistics screen for each size, and the charts as a text file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.tui.rendering.lines import blank, cut, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.statistics.charts import side_figures
from flashcards.tui.theme.sizes import MEDIUM, WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.screens.statistics.chart import ChartPanel
    from flashcards.tui.theme.themes import Look

HEAT, FORECAST, RETENTION, ANSWERS, WEAKEST = range(5)
_HEAT_ROWS, _SHARED_ROWS, _ANSWER_ROWS = 8, 8, 3
_TOGETHER = _HEAT_ROWS + _SHARED_ROWS + 3
"""Rows that the first four charts take, with blank rows and the text below."""
_TABLE_ROWS = 4
_HEAT_CELLS, _GAP, _NUMBER = 58, 4, 10
_MARGINS = 4
_MOST_WORDS = 3
"""Rows for the text of a step if a chart is shown alone."""
_TEXT_WIDTH, _TEXT_ROWS = 76, 10


def page_lines(
    figures: Statistics,
    shown: Sequence[ChartPanel],
    focus: int,
    at: int | None,
    look: Look,
    size: tuple[int, int],
) -> list[Content]:
    """Return the page with the focused chart, and the text of its selected step below."""
    width, height = size
    is_together = width >= MEDIUM - _MARGINS and height >= _TOGETHER
    has_table = height >= _TOGETHER + _TABLE_ROWS + 1
    if is_together and focus < WEAKEST + has_table:
        lines = _overview(figures, shown, focus, at, look, (width, height - 1))
        text = _step_text(shown[focus], at, look, width, 1)
    else:
        text = _step_text(shown[focus], at, look, width, _MOST_WORDS)
        rows = height - len(text) - 1
        lines = shown[focus].lines(look, width, rows, at, focused=True)
    lines = lines[: height - len(text)]
    lines += [blank()] * (height - len(text) - len(lines))
    return [*lines, *text]


def _step_text(
    chart: ChartPanel, at: int | None, look: Look, width: int, rows: int
) -> list[Content]:
    """Return the text of a step in at most some rows, at least one."""
    if at is None or chart.missing or not chart.steps:
        return [blank()]
    index = min(at, len(chart.steps) - 1)
    text = stored(chart.steps[index], look.style("text", bold=True))
    lines = text.wrap(width)
    if len(lines) <= rows:
        return list(lines)
    remainder = Content(" ").join(lines[rows - 1 :])
    return [*lines[: rows - 1], cut(remainder, width, look.glyphs.more)]


def _overview(
    figures: Statistics,
    shown: Sequence[ChartPanel],
    focus: int,
    at: int | None,
    look: Look,
    size: tuple[int, int],
) -> list[Content]:
    width, height = size

    def drawn(index: int, cells: int, rows: int) -> list[Content]:
        focused = index == focus
        return shown[index].lines(look, cells, rows, at, focused=focused, alone=False)

    half = (width - _GAP) // 2
    if width >= WIDE - _MARGINS:
        side = [blank(), blank(), *_side(figures, look)]
        first = _join_columns(drawn(HEAT, _HEAT_CELLS, _HEAT_ROWS), side, _HEAT_CELLS)
    else:
        first = drawn(HEAT, width, _HEAT_ROWS)
    months = _SHARED_ROWS - _ANSWER_ROWS - 1
    right = drawn(RETENTION, half, months)
    right += [blank()] * (months + 1 - len(right))
    right += drawn(ANSWERS, half, _ANSWER_ROWS)
    second = _join_columns(drawn(FORECAST, half, _SHARED_ROWS), right, half)
    lines = [*first, blank(), *second, blank()]
    room = height - len(lines) - 1
    return lines + (drawn(WEAKEST, width, room) if room >= _TABLE_ROWS else [])


def _side(figures: Statistics, look: Look) -> list[Content]:
    return [
        span(f"{number:<{_NUMBER}} ", look.style("text", bold=True))
        + span(caption, look.style("muted"))
        for number, caption in side_figures(figures)
    ]


def _join_columns(
    left: Sequence[Content], right: Sequence[Content], cells: int
) -> list[Content]:
    """Return two blocks side by side, the left one padded to its cells."""
    rows = max(len(left), len(right))
    both = ([*block, *[blank()] * (rows - len(block))] for block in (left, right))
    return [
        pad(first, cells + _GAP) + second if second else first
        for first, second in zip(*both, strict=True)
    ]


def as_text(figures: Statistics, shown: Sequence[ChartPanel], look: Look) -> str:
    """Return every chart with all its numbers in words."""
    parts = [figures.summary, ""]
    for chart in shown:
        lines = chart.lines(look, _TEXT_WIDTH, _TEXT_ROWS, None, focused=False)
        parts += [line.plain.rstrip() for line in lines]
        if not chart.missing:
            parts += ["", *(f"  {stored(step).plain}" for step in chart.steps)]
        parts.append("")
    return "\n".join(parts)
