"""Statistics in words, for people and screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.domain import formatting
from flashcards.domain.formatting import count
from flashcards.progress.charts.chart import Kind
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.charts.chart import Chart
    from flashcards.progress.statistics.statistics import Statistics

_SHOWN = 8
"""Days, weeks and rows of a chart that are printed."""
_WIDTH = 60
"""Characters of a cell at most."""
_HEAT = ".:+*#"


def print_charts(figures: Statistics, charts: Sequence[Chart]) -> None:
    """Print the figures of every chart, or why they are not shown yet."""
    output.print_line(figures.summary)
    if not figures.reviews:
        return
    habit = figures.habit
    output.print_line(
        f"{count(habit.streak, 'day')} in a row, {habit.studied:,} of {habit.span:,} "
        f"days studied, {formatting.minutes((figures.minutes_a_day or 0) * 60)} a day you study."
    )
    for chart in charts:
        output.print_line()
        _print_chart(chart)


def _print_chart(chart: Chart) -> None:
    if chart.missing:
        output.print_line(chart.missing)
        return
    output.print_line(chart.heading)
    if chart.kind is Kind.HEATMAP:
        _print_heatmap(chart)
    points = chart.points
    if chart.kind not in (Kind.BARS, Kind.SHARES):
        points = points[-_SHOWN:] if chart.starts_at_end else points[:_SHOWN]
    output.print_table(
        [measure.heading for measure in chart.measures],
        [[one_line(cell, _WIDTH) for cell in chart.cells(point)] for point in points],
        [measure.is_figure for measure in chart.measures],
    )
    for sentence in filter(None, (chart.caption, *chart.remarks)):
        output.print_line(sentence)


def _print_heatmap(chart: Chart) -> None:
    output.print_line(f"{_HEAT}: none to the most")
    for row, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "")):
        days = chart.points[row::7]
        squares = " ".join(_HEAT[round(day.size)] for day in days)
        output.print_line(f"{name:<4} {squares}")
