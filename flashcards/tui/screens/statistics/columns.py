"""Charts of columns on the statistics screen: what was studied, and what is ahead."""

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
"""Under the column whose numbers are told, where colors cannot raise it."""


def forecast(
    figures: Statistics,
    workload: Workload | None,
    interview: int | None,
    glyphs: Glyphs,
) -> ChartPanel:
    """Return what is due of the cards seen so far, with what is expected on top of it."""
    days = figures.forecast
    expected = workload.days[: len(days)] if workload else ()
    mark = None
    if interview is not None and days and interview <= days[-1].day:
        mark = interview - figures.today
    steps = (
        _due(one, expected[place] if expected else None, is_interview=place == mark)
        for place, one in enumerate(days)
    )
    return ChartPanel(
        "Forecast",
        f"min a day {glyphs.expected} with new"
        if expected
        else f"min a day, {len(days)} days",
        tuple(steps),
        columns(
            [one.seconds / 60 for one in days],
            "easy",
            ("today", month_and_day(days[-1].day) if days else ""),
            mark=mark,
            above=[one.seconds / 60 for one in expected],
        ),
    )


def year_ahead(workload: Workload) -> ChartPanel:
    """Return the minutes a day that are expected over a year, two weeks to a column."""
    parts = [
        workload.mean(first, first + _FORTNIGHT)
        for first in range(0, len(workload.days) - _FORTNIGHT + 1, _FORTNIGHT)
    ]
    return ChartPanel(
        "Forecast",
        "min a day, one year",
        tuple(
            f"Two weeks from {short_date(part.day)}: about {minutes(part.seconds)}, "
            f"{count(round(part.reviews), 'review')} and {part.new:.0f} new a day"
            for part in parts
        ),
        columns(
            [part.seconds / 60 for part in parts],
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
    """Return what draws columns with their highest value, and the days at both ends.

    Args:
        values: One for each column.
        role: The role of their color.
        ends: What stands under the first and the last column.
        mark: The column of a day to be marked.
        above: For each column up to where it is expected to grow; may be empty.
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
                # Raised without colors is reversed, and a reversed column would lie.
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
    """Return the days under the first and the last column, beside any sign in their way."""
    cells = wide * count
    at = [wide * sign for sign in signs]
    first, last = ends
    start = max((cell + 1 for cell in at if cell < len(first)), default=0)
    end = min((cell for cell in at if cell >= cells - len(last)), default=cells)
    if start + len(first) + len(last) >= end:
        last = ""
    words = f"{first:>{start + len(first)}}".ljust(max(end - len(last), 0)) + last
    return span(f"{words:<{cells}}", look.style("muted"))


def _due(one: DueForecast, expected: WorkDay | None, *, is_interview: bool) -> str:
    day = f"{short_date(one.day)}{', the interview' if is_interview else ''}"
    told = f"{day}: {minutes(one.seconds)}, {count(one.reviews, 'card')}"
    if expected is None:
        return told
    return (
        f"{told} due; about {minutes(expected.seconds)}, "
        f"{count(round(expected.reviews), 'review')}, "
        f"{expected.new:.0f} new expected"
    )
