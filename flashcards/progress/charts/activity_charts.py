"""Charts of days: what was studied, what is due, and the work ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, minutes, month_and_day, short_date
from flashcards.progress.charts.chart import (
    ABOUT,
    DAY,
    TIME,
    Chart,
    ChartPoint,
    Kind,
    Measure,
    number_measure,
)
from flashcards.progress.statistics.activity import DayActivity, build_heatmap

if TYPE_CHECKING:
    from flashcards.progress.forecast.workload import WorkDay, Workload
    from flashcards.progress.statistics.activity import DueForecast
    from flashcards.progress.statistics.statistics import Statistics

_YEAR_WEEKS, _MONTH_DAYS, _FORTNIGHT = 53, 30, 14
_ACTIVITY = (
    DAY,
    number_measure("reviews", "reviews"),
    Measure("time", minutes),
    number_measure("new"),
)
_EXPECTED = (ABOUT._replace(heading="reviews"), ABOUT._replace(heading="new"))


def heatmap(figures: Statistics, *, whole_year: bool = False) -> Chart:
    """Chart the reviews of each day of half a year, or of a year."""
    shown = figures.heatmap
    if whole_year:
        shown = build_heatmap(figures.days, figures.today, _YEAR_WEEKS)
    known = {day.day: day for day in figures.days}
    habit = figures.habit
    streak = f"{count(habit.streak, 'day')} in a row"
    return Chart(
        name="heatmap",
        kind=Kind.HEATMAP,
        title="Reviews a day",
        notes=(streak,) if habit.is_streak_shown else (),
        measures=_ACTIVITY,
        points=tuple(
            _activity(_on_day(known, square.day), square.level)
            for week in shown.weeks
            for square in week
        ),
        starts_at_end=True,
    )


def studied(figures: Statistics) -> Chart:
    """Chart the minutes studied on each of the last 30 days."""
    known = {day.day: day for day in figures.days}
    days = range(figures.today - _MONTH_DAYS + 1, figures.today + 1)
    activities = [_on_day(known, day) for day in days]
    return Chart(
        name="studied",
        kind=Kind.COLUMNS,
        title="Studied",
        unit="minutes a day",
        notes=(f"last {_MONTH_DAYS} days",),
        measures=_ACTIVITY,
        points=tuple(_activity(day, day.seconds / 60) for day in activities),
        ends=(month_and_day(days[0]), "today"),
        starts_at_end=True,
    )


def _on_day(known: dict[int, DayActivity], day: int) -> DayActivity:
    return known.get(day) or DayActivity(day, 0, 0.0, 0, 0)


def _activity(day: DayActivity, size: float) -> ChartPoint:
    date = short_date(day.day)
    time = f", {minutes(day.seconds)}" if day.reviews else ""
    return ChartPoint(
        date,
        size,
        (day.day, day.reviews, day.seconds, day.new),
        f"{date}: {count(day.reviews, 'review')}{time}",
    )


def forecast(
    figures: Statistics, workload: Workload | None, interview: int | None
) -> Chart:
    """Chart the minutes due of the cards seen so far, and those expected with new cards.

    Args:
        figures: The statistics.
        workload: The work ahead; None while it is computed.
        interview: The study day of the next interview.
    """
    days = figures.forecast
    expected = workload.days[: len(days)] if workload else ()
    marked = None
    if interview is not None and days and interview <= days[-1].day:
        marked = interview - figures.today
    remarks: tuple[str, ...] = ()
    if expected and workload:
        remarks = (_mean_text(workload.mean(0, len(expected)), len(expected)),)
    work = expected or (None,) * len(days)
    return Chart(
        name="forecast",
        kind=Kind.COLUMNS,
        title="Forecast",
        about="cards due so far",
        unit="min a day",
        expected="with new" if expected else "",
        notes=(f"{len(days)} days",),
        measures=(DAY, number_measure("due", "reviews"), TIME)
        + ((*_EXPECTED, Measure("time expected", minutes)) if expected else ()),
        points=tuple(
            _due(day, ahead, is_interview=index == marked)
            for index, (day, ahead) in enumerate(zip(days, work, strict=False))
        ),
        ends=("today", month_and_day(days[-1].day) if days else ""),
        marked=marked,
        remarks=remarks,
    )


def _due(due: DueForecast, work: WorkDay | None, *, is_interview: bool) -> ChartPoint:
    date = short_date(due.day)
    day = f"{date}, the interview" if is_interview else date
    text = f"{day}: {minutes(due.seconds)}, {count(due.reviews, 'card')}"
    values = (due.day, due.reviews, due.seconds)
    if work is None:
        return ChartPoint(date, due.seconds / 60, values, text)
    return ChartPoint(
        date,
        due.seconds / 60,
        (*values, work.reviews, work.new, work.seconds),
        f"{text} due; about {minutes(work.seconds)}, "
        f"{count(round(work.reviews), 'review')}, {work.new:.0f} new expected",
        expected=work.seconds / 60,
    )


def _mean_text(mean: WorkDay, days: int) -> str:
    return (
        f"Expected for the next {count(days, 'day')}: about {minutes(mean.seconds)} a day "
        f"({count(round(mean.reviews), 'review')}, {mean.new:.0f} new)."
    )


def year_ahead(workload: Workload) -> Chart:
    """Chart the minutes a day expected over a year, a column for two weeks."""
    fortnights = [
        workload.mean(first, first + _FORTNIGHT)
        for first in range(0, len(workload.days) - _FORTNIGHT + 1, _FORTNIGHT)
    ]
    return Chart(
        name="year",
        kind=Kind.COLUMNS,
        title="Forecast",
        unit="min a day",
        notes=("one year",),
        measures=(
            DAY._replace(heading="two weeks from"),
            *_EXPECTED,
            Measure("time", minutes),
        ),
        points=tuple(_fortnight(fortnight) for fortnight in fortnights),
        ends=("today", month_and_day(workload.days[-1].day)),
    )


def _fortnight(mean: WorkDay) -> ChartPoint:
    date = short_date(mean.day)
    return ChartPoint(
        date,
        mean.seconds / 60,
        (mean.day, mean.reviews, mean.new, mean.seconds),
        f"Two weeks from {date}: about {minutes(mean.seconds)}, "
        f"{count(round(mean.reviews), 'review')} and {mean.new:.0f} new a day",
    )
