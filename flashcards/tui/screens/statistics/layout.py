"""Layout of the statistics screen for each size, and the charts as a text file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import minutes
from flashcards.tui.rendering.lines import blank, cut, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.statistics.drawing import draw_chart
from flashcards.tui.theme.sizes import MEDIUM, WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.charts.chart import Chart
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.theme.themes import Look

HEAT, FORECAST, RETENTION, ANSWERS, WEAKEST = range(5)
_HEAT_ROWS, _SHARED_ROWS, _ANSWER_ROWS = 8, 8, 3
_TOGETHER = _HEAT_ROWS + _SHARED_ROWS + 3
"""Rows that the first four charts take, with blank rows and the sentence below."""
_TABLE_ROWS = 4
_HEAT_CELLS, _GAP, _NUMBER = 58, 4, 10
_MARGINS = 4
_MOST_WORDS = 3
"""Rows for the sentence if a chart is shown alone."""
_TEXT_WIDTH, _TEXT_ROWS = 76, 10


def page_lines(
    figures: Statistics,
    shown: Sequence[Chart],
    focus: int,
    at: int | None,
    look: Look,
    size: tuple[int, int],
) -> list[Content]:
    """Return the page with the focused chart, and its selected sentence below."""
    width, height = size
    is_together = width >= MEDIUM - _MARGINS and height >= _TOGETHER
    has_table = height >= _TOGETHER + _TABLE_ROWS + 1
    if is_together and focus < WEAKEST + has_table:
        lines = _overview(figures, shown, focus, at, look, (width, height - 1))
        text = _selected_sentence(shown[focus], at, look, width, 1)
    else:
        text = _selected_sentence(shown[focus], at, look, width, _MOST_WORDS)
        rows = height - len(text) - 1
        lines = draw_chart(shown[focus], look, width, rows, at, focused=True)
    lines = lines[: height - len(text)]
    lines += [blank()] * (height - len(text) - len(lines))
    return [*lines, *text]


def _selected_sentence(
    chart: Chart, at: int | None, look: Look, width: int, rows: int
) -> list[Content]:
    """Return the selected sentence in at most some rows, at least one."""
    sentences = chart.sentences
    if at is None or chart.missing or not sentences:
        return [blank()]
    index = min(at, len(sentences) - 1)
    text = stored(sentences[index], look.style("text", bold=True))
    lines = text.wrap(width)
    if len(lines) <= rows:
        return list(lines)
    remainder = Content(" ").join(lines[rows - 1 :])
    return [*lines[: rows - 1], cut(remainder, width, look.glyphs.more)]


def _overview(
    figures: Statistics,
    shown: Sequence[Chart],
    focus: int,
    at: int | None,
    look: Look,
    size: tuple[int, int],
) -> list[Content]:
    width, height = size

    def drawn(index: int, cells: int, rows: int) -> list[Content]:
        chart, focused = shown[index], index == focus
        return draw_chart(chart, look, cells, rows, at, focused=focused, alone=False)

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
        for number, caption in _side_figures(figures)
    ]


def _side_figures(figures: Statistics) -> list[tuple[str, str]]:
    """Return the figures beside the first chart: number and caption."""
    habit, answers = figures.habit, figures.answers
    captions = []
    if habit.is_streak_shown:
        captions.append((f"{habit.streak} days", "in a row"))
    captions += [
        (f"{habit.studied} of {habit.span}", "days studied"),
        (minutes((figures.minutes_a_day or 0) * 60), "a day you study"),
    ]
    if not answers.missing and answers.median_seconds is not None:
        again = answers.median_again_seconds
        when_wrong = "" if again is None else f", {again:.0f} s when wrong"
        captions.append((f"{answers.median_seconds:.0f} s", f"a card{when_wrong}"))
    return captions


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


def as_text(figures: Statistics, shown: Sequence[Chart], look: Look) -> str:
    """Return every chart with all its numbers in words."""
    parts = [figures.summary, ""]
    for chart in shown:
        lines = draw_chart(chart, look, _TEXT_WIDTH, _TEXT_ROWS, None, focused=False)
        parts += [line.plain.rstrip() for line in lines]
        if not chart.missing:
            parts += [
                "",
                *(f"  {stored(sentence).plain}" for sentence in chart.sentences),
            ]
        parts.append("")
    return "\n".join(parts)
