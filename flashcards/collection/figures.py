"""Figures for the learner: what is due, what was done, and what lies ahead."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flashcards.collection.open_home import OpenHome
    from flashcards.domain.study_plan import Task
    from flashcards.progress.charts.charts import ChartOptions
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.habit import Habit
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.store.reader import Reader
    from flashcards.study.today.backlog import Backlog
    from flashcards.study.today.overview import Overview
    from flashcards.study.today.up_next import UpNext
    from flashcards.study.today.welcome import Welcome


EVERYTHING = Scope()


class Figures:
    """What is due, what was done, and what lies ahead."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def overview(self) -> Overview:
        """Return what is due today, by deck and in total."""
        from flashcards.study.today.overview import load_overview

        return load_overview(
            self._home.reader, self._home.settings, self._home.pace, self._home.moment()
        )

    def due_elsewhere(self, scope: Scope) -> int:
        """Return how many cards are due today outside a scope."""
        from flashcards.study.today.overview import count_due_elsewhere

        now = self._home.moment()
        return count_due_elsewhere(
            self._home.reader, self._home.settings, self._home.pace, now, scope
        )

    def up_next(self) -> UpNext:
        """Return what comes after today: tomorrow's cards, the interview, the next task."""
        from flashcards.study.today.up_next import load_up_next

        now = self._home.moment()
        return load_up_next(
            self._home.reader, self._home.settings, self._home.pace, now
        )

    def next_task(self) -> Task | None:
        """Return the first task of the coming week; None if there is none."""
        from flashcards.study.today.up_next import find_next_task

        reader = self._home.reader
        return find_next_task(reader, reader.plan.load(), self._home.moment().day)

    def welcome(self) -> Welcome | None:
        """Return what is ready on the first day; None once a card was reviewed."""
        from flashcards.study.today.welcome import load_welcome

        return load_welcome(self._home.reader, self._home.pace, self._home.moment().day)

    def unfinished_diagnostic(self) -> int:
        """Return the number of answers of an unfinished diagnostic; 0 if there is none."""
        from flashcards.study.today.welcome import count_unfinished_answers

        return count_unfinished_answers(self._home.reader, self._home.moment().day)

    def backlog(self) -> Backlog | None:
        """Return the overdue cards; None if one day is enough for them, or with a plan."""
        from flashcards.study.today.backlog import compute_backlog

        plan, day = self._home.reader.plan.load(), self._home.moment().day
        if plan is not None and any(item.day >= day for item in plan.interviews):
            return None
        return compute_backlog(
            self._home.reader, self._home.settings, self._home.pace, day
        )

    def habit(self) -> Habit:
        """Return the streak and the days studied."""
        from flashcards.progress.statistics.habit import RECENT, compute_habit

        today = self._home.moment().day
        recent = self._home.reader.log.review_days(since=today - RECENT)
        counts = {row.day: row.reviews for row in recent}
        plan = self._home.reader.plan.load()
        is_off = plan.rests_on if plan else None
        return compute_habit(
            self._home.reader.log.studied_days(), counts, today, is_off=is_off
        )

    def statistics(
        self,
        scope: Scope = EVERYTHING,
        *,
        reader: Reader | None = None,
        progress: ProgressCallback | None = None,
    ) -> Statistics | None:
        """Return the statistics of some decks, or of everything.

        Args:
            scope: Their keys.
            reader: The reader to use instead of this thread's own.
            progress: Called with the reviews read so far; returns False to stop.

        Returns:
            The statistics, or None if `progress` stopped it.
        """
        reader = reader or self._home.reader
        with load_in_background(_load_statistics):
            rows = reader.figures.load(progress)
            plan = reader.plan.load()
        if rows is None:
            return None
        from flashcards.progress.statistics.statistics import compute_statistics

        return compute_statistics(
            rows,
            self._home.settings,
            self._home.pace.of,
            self._home.moment().day,
            scope=scope,
            is_off=plan.is_off if plan else None,
        )

    def extended_statistics(
        self,
        scope: Scope = EVERYTHING,
        *,
        days: int = 365,
        reader: Reader | None = None,
        progress: ProgressCallback | None = None,
    ) -> ExtendedStatistics | None:
        """Return the statistics that take longer: workload, items, confidence, accuracy.

        Args:
            scope: Their decks.
            days: How many days to look ahead.
            reader: The reader to use instead of this thread's own.
            progress: Called with each simulated day; returns False to stop.

        Returns:
            The statistics, or None if `progress` stopped it.
        """
        from flashcards.progress.statistics.extended_statistics import (
            compute_extended_statistics,
        )

        return compute_extended_statistics(
            reader or self._home.reader,
            self._home.settings,
            self._home.moment().day,
            scope,
            days=days,
            progress=progress,
        )

    def chart_options(self, today: int, scope: Scope = EVERYTHING) -> ChartOptions:
        """Return what the charts of some decks depend on besides their figures."""
        from flashcards.progress.charts.charts import ChartOptions

        plan = self._home.reader.plan.load()
        interview = plan.next_interview(today) if plan else None
        deck = scope.decks[0] if scope.decks else ""
        return ChartOptions(
            self._home.settings.options(deck).desired_retention,
            interview.day if interview else None,
        )


@contextmanager
def load_in_background(load: Callable[[], None]) -> Iterator[None]:
    """Call `load` in a thread while the block runs, and wait for it at the end.

    SQLite releases the interpreter lock, so importing NumPy, which takes a tenth of a second,
    costs no extra time while a long log is read.
    """
    thread = Thread(target=load)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _load_statistics() -> None:
    import flashcards.progress.statistics.statistics  # noqa: F401
