"""Work of the statistics screen: figures computed in a thread, then their charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.figures import load_in_background

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.collection import Collection
    from flashcards.domain.cards import Scope
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.screens.statistics.chart import ChartPanel
    from flashcards.tui.theme.glyphs import Glyphs
    from flashcards.tui.workers.worker import Job


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
    glyphs: Glyphs,
) -> list[ChartPanel]:
    """Return the charts of some figures, with the learner's target and interview day."""
    from flashcards.tui.screens.statistics.charts import build_charts

    plan = collection.reader.plan.load()
    interview = plan.next_interview(figures.today) if plan else None
    deck = figures.scope.decks[0] if figures.scope.decks else ""
    target = collection.settings.options(deck).desired_retention
    day = interview.day if interview else None
    return build_charts(figures, extended_statistics, time_range, target, day, glyphs)


def _load_charts() -> None:
    import flashcards.tui.screens.statistics.layout  # noqa: F401
