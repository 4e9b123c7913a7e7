"""Work of the statistics screen: figures computed in a thread, then their charts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.collection.figures import load_in_background

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.collection import Collection
    from flashcards.domain.cards import Scope
    from flashcards.progress.charts.chart import Chart
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.workers.worker import Job

_MONTHS, _MONTHS_OF_YEAR = 6, 12
"""Months of retention that are shown."""


def statistics_work(
    collection: Collection, scope: Scope, report: Callable[[int, int], None]
) -> Callable[[Job], Statistics | None]:
    """Return work that computes the statistics of some decks.

    Args:
        collection: The collection, whose pace is read now and not in the thread.
        scope: The decks.
        report: Called, in the thread, with the reviews read so far and their total.
    """
    collection.pace  # noqa: B018 - its first use reads the store

    def work(job: Job) -> Statistics | None:
        def progress(done: int, total: int) -> bool:
            report(done, total)
            return not job.is_stopping

        # The charts too, away from the thread that paints.
        with load_in_background(_load_charts):
            return collection.figures.statistics(
                scope, reader=job.reader, progress=progress
            )

    return work


def extended_statistics_work(
    collection: Collection, scope: Scope
) -> Callable[[Job], ExtendedStatistics | None]:
    """Return work that computes the extended statistics of some decks."""

    def work(job: Job) -> ExtendedStatistics | None:
        return collection.figures.extended_statistics(
            scope, reader=job.reader, progress=lambda *_: not job.is_stopping
        )

    return work


def charts_of(
    figures: Statistics,
    extended_statistics: ExtendedStatistics | None,
    time_range: str,
    collection: Collection,
) -> list[Chart]:
    """Return the charts of some figures, with the learner's target and interview day."""
    from flashcards.progress.charts.charts import TimeRange, build_charts

    options = collection.figures.chart_options(figures.today, figures.scope)
    options = replace(
        options,
        time_range=TimeRange(time_range),
        months=_MONTHS_OF_YEAR if time_range == TimeRange.YEAR else _MONTHS,
    )
    return build_charts(figures, extended_statistics, options)


def _load_charts() -> None:
    import flashcards.progress.charts.charts
    import flashcards.tui.screens.statistics.layout  # noqa: F401
