"""All charts of the statistics, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flashcards.progress.charts import activity_charts, card_charts, memory_charts

if TYPE_CHECKING:
    from flashcards.progress.charts.chart import Chart
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics


class TimeRange(StrEnum):
    """The days that charts of days show."""

    HALF_YEAR = "half"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ChartOptions:
    """What the charts depend on besides the figures."""

    target: float
    """The desired retention."""
    interview: int | None = None
    """The study day of the next interview."""
    time_range: TimeRange = TimeRange.HALF_YEAR
    months: int = 12
    """How many months of retention to show."""


def build_charts(
    figures: Statistics, extended: ExtendedStatistics | None, options: ChartOptions
) -> list[Chart]:
    """Return all charts: of days studied, of days ahead, then those of memory and cards.

    Args:
        figures: The statistics.
        extended: The slower figures; None while they are computed.
        options: What to show.
    """
    is_year = options.time_range is TimeRange.YEAR
    workload = extended.workload if extended else None
    calibration = extended.calibration if extended else None
    if options.time_range is TimeRange.MONTH:
        studied = activity_charts.studied(figures)
    else:
        studied = activity_charts.heatmap(figures, whole_year=is_year)
    if is_year and workload:
        ahead = activity_charts.year_ahead(workload)
    else:
        ahead = activity_charts.forecast(figures, workload, options.interview)
    return [
        studied,
        ahead,
        memory_charts.retention(figures, options.target, options.months),
        memory_charts.answers(figures, calibration),
        card_charts.weakest(figures.decks, "decks"),
        card_charts.weakest(figures.topics, "topics"),
        memory_charts.predictions(figures),
        *memory_charts.forecast_accuracy(
            extended.forecast_accuracy if extended else None
        ),
        *memory_charts.distributions(figures),
        card_charts.leeches(figures),
        card_charts.confidence(calibration),
        card_charts.sure_but_wrong(calibration),
        card_charts.items(extended.items if extended else None),
    ]


def build_report_charts(
    figures: Statistics,
    extended: ExtendedStatistics,
    options: ChartOptions,
    view: PlanView | None,
) -> list[Chart]:
    """Return the charts of a report: also the readiness under a plan, and the year ahead."""
    studied, ahead, *others = build_charts(figures, extended, options)
    year = activity_charts.year_ahead(extended.workload)
    return [*memory_charts.readiness(view), studied, ahead, year, *others]
