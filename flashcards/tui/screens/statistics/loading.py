"""What the statistics screen reads: the figures in a thread, then the charts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.preload import load_in_background

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.collection import Collection
    from flashcards.domain.cards import Scope
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.screens.statistics.chart import ChartPanel
    from flashcards.tui.theme.glyphs import Glyphs
    from flashcards.tui.workers.worker import Job


def reading(
    collection: Collection, scope: Scope, tell: Callable[[int, int], None]
) -> Callable[[Job], Statistics | None]:
    """Return what computes the figures of some decks with a reader of its own.

    Args:
        collection: The collection, whose pace is read now and not in the thread.
        scope: The decks meant.
        tell: Is told, in the thread, how much of the log was read.
    """
    collection.pace  # noqa: B018 - its first use reads the store

    def work(job: Job) -> Statistics | None:
        def progress(done: int, total: int) -> bool:
            tell(done, total)
            return not job.is_stopping

        # The charts too, away from the thread that paints.
        with load_in_background(_load_charts):
            return collection.figures.statistics(
                scope, reader=job.reader, progress=progress
            )

    return work


def looking_ahead(
    collection: Collection, scope: Scope
) -> Callable[[Job], ExtendedStatistics | None]:
    """Return what computes the slower figures of some decks."""

    def work(job: Job) -> ExtendedStatistics | None:
        return collection.figures.extended_statistics(
            scope, reader=job.reader, progress=lambda *_: not job.is_stopping
        )

    return work


def charts_of(
    figures: Statistics,
    extended_statistics: ExtendedStatistics | None,
    span_of: str,
    collection: Collection,
    glyphs: Glyphs,
) -> list[ChartPanel]:
    """Return the charts of figures, with the learner's own target and interview day."""
    from flashcards.tui.screens.statistics.charts import panes

    plan = collection.reader.plan.load()
    interview = plan.next_interview(figures.today) if plan else None
    deck = figures.scope.decks[0] if figures.scope.decks else ""
    target = collection.settings.options(deck).desired_retention
    day = interview.day if interview else None
    return panes(figures, extended_statistics, span_of, target, day, glyphs)


def _load_charts() -> None:
    import flashcards.tui.screens.statistics.layout  # noqa: F401
