"""The charts of a report, each with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, short_date
from flashcards.progress.charts import svg
from flashcards.progress.charts.report_bars import (
    answers,
    confidence,
    forecast_accuracy,
    groups,
    items,
    leeches,
    memory,
)
from flashcards.progress.charts.report_chart import Chart, bars, message
from flashcards.progress.charts.svg import SHADES, SOFT, box, words
from flashcards.progress.figure_text import month, percent, whole_percent

if TYPE_CHECKING:
    from flashcards.progress.forecast.workload import WorkDay, Workload
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics


def charts(
    figures: Statistics,
    extended_statistics: ExtendedStatistics,
    view: PlanView | None = None,
) -> list[Chart]:
    """Return the charts there is data for, each with its numbers."""
    result = []
    if view is not None and view.readiness is not None:
        result += _readiness(view)
    result += [_heatmap(figures), _forecast(figures, extended_statistics.workload)]
    result += [
        _year(extended_statistics.workload),
        _retention(figures),
        answers(figures),
    ]
    result.append(_check(figures))
    result += forecast_accuracy(extended_statistics.forecast_accuracy)
    if figures.memory.cards:
        result += memory(figures)
    result += groups("Weakest decks", figures.decks)
    result += groups("Weakest topics", figures.topics)
    result += leeches(figures)
    result += items(extended_statistics.items)
    return result + confidence(extended_statistics.calibration)


def _readiness(view: PlanView) -> list[Chart]:
    readiness = view.readiness
    if readiness is None or view.plan is None:
        return []
    target = view.plan.target
    path = [(point.value, point.low, point.high) for point in readiness.path]
    curve = svg.curve(path, top=0, height=120, mark=target)
    labels = words(svg.LEFT, 136, "today", color=SOFT) + words(
        svg.RIGHT, 136, short_date(readiness.day), color=SOFT, end=True
    )
    return [
        Chart(
            f"Readiness: {view.sentence}",
            curve + labels,
            140,
            ("day", "recall", "probably"),
            tuple(
                (
                    short_date(view.today + ahead),
                    percent(point.value),
                    f"{whole_percent(point.low)}-{whole_percent(point.high)}%",
                )
                for ahead, point in enumerate(readiness.path)
            ),
        ),
        bars(
            f"Readiness on {short_date(readiness.day)}, by area",
            [
                (area.title, area.predicted.value, area.predicted.words)
                for area in readiness.areas
            ],
            target,
        ),
    ]


def _heatmap(figures: Statistics) -> Chart:
    parts = []
    for column, week in enumerate(figures.heatmap.weeks):
        for row, day in enumerate(week):
            text = f"{short_date(day.day)}: {count(day.reviews, 'review')}"
            x, y = svg.LEFT + 23 * column, 15 * row
            parts.append(box(x, y, 20, 13, SHADES[day.level], text))
    parts += [
        words(svg.LEFT - 6, 15 * row + 11, name, color=SOFT, end=True)
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    return Chart(
        f"Reviews a day, {count(figures.habit.streak, 'day')} in a row",
        "".join(parts),
        105,
        ("day", "reviews", "minutes"),
        tuple(
            (short_date(day.day), f"{day.reviews:,}", f"{day.seconds / 60:.0f}")
            for day in reversed(figures.days[-60:])
        ),
    )


def _forecast(figures: Statistics, ahead: Workload) -> Chart:
    days = list(zip(figures.forecast, ahead.days, strict=False))
    values = [
        (
            due.seconds / 60,
            f"{short_date(due.day)}: {due.seconds / 60:.0f} min, {count(due.reviews, 'card')} due",
        )
        for due, _ in days
    ]
    above = [(day.seconds / 60, _expected(day)) for _, day in days]
    return Chart(
        f"Minutes a day for {len(days)} days: cards due so far, "
        "and expected with new cards (light)",
        svg.columns(values, top=0, height=90, unit="min", above=above),
        94,
        ("day", "cards due", "minutes", "reviews expected", "new", "minutes"),
        tuple(
            (
                short_date(due.day),
                f"{due.reviews:,}",
                f"{due.seconds / 60:.0f}",
                f"{day.reviews:.0f}",
                f"{day.new:.0f}",
                f"{day.seconds / 60:.0f}",
            )
            for due, day in days
        ),
    )


def _expected(day: WorkDay) -> str:
    return (
        f"{short_date(day.day)}: about {day.seconds / 60:.0f} min, "
        f"{count(round(day.reviews), 'review')} and {day.new:.0f} new"
    )


def _year(ahead: Workload) -> Chart:
    weeks = [ahead.mean(first, first + 7) for first in range(0, len(ahead.days) - 6, 7)]
    texts = [
        f"Week from {short_date(week.day)}: about {week.seconds / 60:.0f} min a day"
        for week in weeks
    ]
    return Chart(
        f"Minutes a day expected over {len(weeks)} weeks",
        svg.columns(
            [
                (week.seconds / 60, text)
                for week, text in zip(weeks, texts, strict=True)
            ],
            top=0,
            height=70,
            unit="min",
        ),
        74,
        ("week from", "reviews a day", "new a day", "minutes a day"),
        tuple(
            (
                short_date(week.day),
                f"{week.reviews:.0f}",
                f"{week.new:.0f}",
                f"{week.seconds / 60:.0f}",
            )
            for week in weeks
        ),
    )


def _retention(figures: Statistics) -> Chart:
    retention = figures.retention
    if retention.missing:
        return message("Retention", retention.missing)
    return bars(
        "Retention: cards in Review recalled when first asked on a day",
        [
            (
                month(row.year, row.month),
                row.retention.share or 0.0,
                f"{percent(row.retention.share or 0)} of {row.retention.asked:,}",
            )
            for row in retention.months[-12:]
        ],
    )


def _check(figures: Statistics) -> Chart:
    title = "Predicted against actual recall"
    if figures.check.missing:
        return message(title, figures.check.missing)
    rows = [
        (
            f"predicted {100 * bin_.low:.0f} to {100 * bin_.high:.0f}%",
            bin_.actual,
            f"{percent(bin_.actual)} of {bin_.count:,}, predicted {percent(bin_.predicted)}",
        )
        for bin_ in figures.check.bins
        if bin_.actual is not None and bin_.predicted is not None
    ]
    return bars(title, rows)
