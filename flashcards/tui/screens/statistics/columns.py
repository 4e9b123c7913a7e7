"""Column charts of the statistics screen: minutes studied, and minutes ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, minutes, month_and_day, short_date
from flashcards.tui.rendering.charts import tall_columns
from flashcards.tui.rendering.lines import blank, span
from flashcards.tui.screens.statistics.chart import ChartPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from flashcards.progress.forecast.workload import WorkDay, Workload
    from flashcards.progress.statistics.activity import DueForecast
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.theme.glyphs import Glyphs
    from flashcards.tui.theme.themes import Look

LABEL = 5
"""Cells left of a chart."""
_FORTNIGHT = 14
_CHOSEN = "^"
"""Under the selected column if colors cannot highlight it."""


def forecast(
    figures: Statistics,
    workload: Workload | None,
    interview: int | None,
    glyphs: Glyphs,
) -> ChartPanel:
    """Chart the minutes due of the cards seen so far, and those expected with new cards."""
    days = figures.forecast
    expected = workload.days[: len(days)] if workload else ()
    mark = None
    if interview is not None and days and interview <= days[-1].day:
        mark = interview - figures.today
    steps = (
        _due(day, expected[ahead] if expected else None, is_interview=ahead == mark)
        for ahead, day in enumerate(days)
    )
    return ChartPanel(
        "Forecast",
        f"min a day {glyphs.expected} with new"
        if expected
        else f"min a day, {len(days)} days",
        tuple(steps),
        columns(
            [day.seconds / 60 for day in days],
            "easy",
            ("today", month_and_day(days[-1].day) if days else ""),
            mark=mark,
            above=[day.seconds / 60 for day in expected],
        ),
    )


def year_ahead(workload: Workload) -> ChartPanel:
    """Chart the minutes a day expected over a year, a column for two weeks."""
    fortnights = [
        workload.mean(first, first + _FORTNIGHT)
        for first in range(0, len(workload.days) - _FORTNIGHT + 1, _FORTNIGHT)
    ]
    return ChartPanel(
        "Forecast",
        "min a day, one year",
        tuple(
            f"Two weeks from {short_date(fortnight.day)}: about {minutes(fortnight.seconds)}, "
            f"{count(round(fortnight.reviews), 'review')} and {fortnight.new:.0f} new a day"
            for fortnight in fortnights
        ),
        columns(
            [fortnight.seconds / 60 for fortnight in fortnights],
            "easy",
            ("today", month_and_day(workload.days[-1].day)),
        ),
    )


def columns(
    values: Sequence[float],
    role: str,
    ends: tuple[str, str],
    *,
    mark: int | None = None,
    above: Sequence[float] = (),
) -> Callable[[Look, int, int, int | None], list[Content]]:
    """Return a function that draws columns with the highest value and labels at both ends.

    Args:
        values: A value for each column.
        role: The role of their color.
        ends: The labels under the first and the last column.
        mark: The column to mark.
        above: For each column an expected value; may be empty.
    """
    whole = [max(pair) for pair in zip(values, above, strict=True)] if above else values

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        wide = 2 if LABEL + 2 * len(values) <= width else 1
        height = max(rows - 1, 1)
        highest = max(whole, default=0)
        top = max(round(highest), highest > 0)
        solid = tall_columns([*values, highest], height, look.glyphs)
        grown = tall_columns([*whole, highest], height, look.glyphs)
        lines = []
        for number in range(height):
            label = f"{top:d}" if number == 0 else "0" if number == height - 1 else ""
            parts = [span(f"{label:>{LABEL - 1}} ", look.style("muted"))]
            for column in range(len(values)):
                sign, own = solid[number][column], role
                if sign == " " and grown[number][column] != " ":
                    sign, own = look.glyphs.expected, "muted"
                if sign == " " and column == mark:
                    sign = look.glyphs.day_mark
                own = "accent" if column in (at, mark) else own
                # Without colors, raised text is reversed, which would show a wrong height.
                raised = column == at and not look.plain
                parts.append(span(sign * wide, look.style(own, raised=raised)))
            lines.append(Content("").join(parts))
        signs = {} if mark is None else {mark: look.glyphs.day_mark}
        if at is not None and look.plain:
            signs[at] = _CHOSEN
        under = _ends(ends, wide, len(values), signs, look)
        for column, sign in signs.items():
            cell = wide * column
            shown = span(sign, look.style("accent", bold=column == at))
            under = under[:cell] + shown + under[cell + 1 :]
        return [*lines, blank().pad_left(LABEL) + under]

    return draw


def _ends(
    ends: tuple[str, str], wide: int, count: int, signs: Collection[int], look: Look
) -> Content:
    """Return the labels under the first and the last column, moved away from any sign."""
    cells = wide * count
    at = [wide * sign for sign in signs]
    first, last = ends
    start = max((cell + 1 for cell in at if cell < len(first)), default=0)
    end = min((cell for cell in at if cell >= cells - len(last)), default=cells)
    if start + len(first) + len(last) >= end:
        last = ""
    words = f"{first:>{start + len(first)}}".ljust(max(end - len(last), 0)) + last
    return span(f"{words:<{cells}}", look.style("muted"))


def _due(due: DueForecast, expected: WorkDay | None, *, is_interview: bool) -> str:
    day = f"{short_date(due.day)}{', the interview' if is_interview else ''}"
    text = f"{day}: {minutes(due.seconds)}, {count(due.reviews, 'card')}"
    if expected is None:
        return text
    return (
        f"{text} due; about {minutes(expected.seconds)}, "
        f"{count(round(expected.reviews), 'review')}, "
        f"{expected.new:.0f} new expected"
    )
