"""All charts of the statistics screen, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, minutes, month_and_day, short_date
from flashcards.progress.statistics.activity import build_heatmap
from flashcards.tui.rendering.lines import span
from flashcards.tui.screens.statistics import tables
from flashcards.tui.screens.statistics.chart import ChartPanel
from flashcards.tui.screens.statistics.columns import (
    LABEL,
    columns,
    forecast,
    year_ahead,
)
from flashcards.tui.screens.statistics.items import items, sure_but_wrong
from flashcards.tui.screens.statistics.memory import memory

if TYPE_CHECKING:
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.theme.glyphs import Glyphs
    from flashcards.tui.theme.themes import Look

HALF_YEAR, MONTH, YEAR = "half", "month", "year"
_YEAR_WEEKS, _MONTH_DAYS = 53, 30


def build_charts(
    figures: Statistics,
    extended_statistics: ExtendedStatistics | None,
    time_range: str,
    target: float,
    interview: int | None,
    glyphs: Glyphs,
) -> list[ChartPanel]:
    """Return all charts in the order in which tab goes through them.

    Args:
        figures: The statistics.
        extended_statistics: The slower figures; None while they are computed.
        time_range: `HALF_YEAR`, `MONTH` or `YEAR`.
        target: The desired retention.
        interview: The study day of the next interview.
        glyphs: The glyphs of the titles.
    """
    first = (
        _month(figures) if time_range == MONTH else _heat(figures, time_range, glyphs)
    )
    months = 12 if time_range == YEAR else 6
    workload = extended_statistics.workload if extended_statistics else None
    if time_range == YEAR and workload:
        ahead = year_ahead(workload)
    else:
        ahead = forecast(figures, workload, interview, glyphs)
    calibration = extended_statistics.calibration if extended_statistics else None
    return [
        first,
        ahead,
        tables.retention(figures, target, months, glyphs.dot),
        tables.answers(figures, calibration),
        tables.weakest(figures.decks, "decks"),
        tables.weakest(figures.topics, "topics"),
        tables.predictions(
            figures,
            extended_statistics.forecast_accuracy if extended_statistics else None,
        ),
        *memory(figures),
        tables.leeches(figures),
        sure_but_wrong(calibration),
        items(extended_statistics.items if extended_statistics else None),
    ]


def side_figures(figures: Statistics) -> list[tuple[str, str]]:
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
        captions.append(
            (f"{answers.median_seconds:.0f} s", tables.seconds_caption(figures))
        )
    return captions


def _day_text(day: int, reviews: int, seconds: float) -> str:
    time = f", {minutes(seconds)}" if reviews else ""
    return f"{short_date(day)}: {count(reviews, 'review')}{time}"


def _heat(figures: Statistics, time_range: str, glyphs: Glyphs) -> ChartPanel:
    heatmap = figures.heatmap
    if time_range == YEAR:
        heatmap = build_heatmap(figures.days, figures.today, _YEAR_WEEKS)
    seconds = {day.day: day.seconds for day in figures.days}
    squares = [square for week in heatmap.weeks for square in week]

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        gap = " " if LABEL + 2 * len(heatmap.weeks) <= width + 1 else ""
        lines = []
        for row in range(7):
            label = ("Mon", "", "Wed", "", "Fri", "", "")[row]
            parts = [span(f"{label:<{LABEL}}", look.style("muted"))]
            for column, week in enumerate(heatmap.weeks):
                if row >= len(week):
                    continue
                chosen = at == 7 * column + row
                square = week[row]
                role = "good" if square.level else "line"
                if chosen or (at is None and square.day == figures.today):
                    role = "accent"
                style = look.style(role, bold=chosen, raised=chosen)
                parts.append(span(look.glyphs.heat[square.level], style) + gap)
            lines.append(Content("").join(parts))
        return lines

    return ChartPanel(
        "Reviews a day",
        f"0 {glyphs.heat} {heatmap.busiest:,}" if heatmap.busiest else "",
        tuple(_day_text(s.day, s.reviews, seconds.get(s.day, 0)) for s in squares),
        draw,
        starts_at_end=True,
    )


def _month(figures: Statistics) -> ChartPanel:
    known = {day.day: day for day in figures.days}
    days = range(figures.today - _MONTH_DAYS + 1, figures.today + 1)
    spent = [known[day].seconds / 60 if day in known else 0.0 for day in days]
    steps = [
        _day_text(day, known[day].reviews, known[day].seconds)
        if day in known
        else _day_text(day, 0, 0)
        for day in days
    ]
    labels = (month_and_day(days[0]), "today")
    return ChartPanel(
        "Studied",
        f"minutes a day, last {_MONTH_DAYS} days",
        tuple(steps),
        columns(spent, "good", labels),
        starts_at_end=True,
    )
