"""Figures for the learner, and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.opening import Opening
from flashcards.domain.cards import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.study_plan import StudyPlan, Task
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.plan.text import PlanView
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


class Figures(Opening):
    """What is due, what was done, and what is to come."""

    def overview(self) -> Overview:
        """Return what is due today, deck by deck and in all."""
        from flashcards.study.today.overview import overview

        return overview(self.reader, self.settings, self.pace, self.moment())

    def due_elsewhere(self, scope: Scope) -> int:
        """Return how many cards are due today outside of a scope."""
        from flashcards.study.today.overview import due_elsewhere

        now = self.moment()
        return due_elsewhere(self.reader, self.settings, self.pace, now, scope)

    def following(self, today: Overview) -> UpNext:
        """Return what comes after today: tomorrow's cards, the interview, the next task."""
        from flashcards.study.today.up_next import load_up_next

        now = self.moment()
        return load_up_next(self.reader, self.settings, self.pace, now, today)

    def next_task(self) -> Task | None:
        """Return the first task of the coming week; None where none is planned."""
        from flashcards.study.today.up_next import next_task

        return next_task(self.reader.study_plan(), self.moment().day)

    def welcome(self) -> Welcome | None:
        """Return what is ready on the first day; None once a card was reviewed."""
        from flashcards.study.today.welcome import welcome

        return welcome(self.reader, self.pace, self.moment().day)

    def unfinished_diagnostic(self) -> int:
        """Return the answers of a diagnostic left half-way; 0 where there is none."""
        from flashcards.study.today.welcome import unfinished_diagnostic

        return unfinished_diagnostic(self.reader, self.moment().day)

    def backlog(self) -> Backlog | None:
        """Return the cards that waited; None where a day holds them, or under a plan."""
        from flashcards.study.today.backlog import backlog

        plan, day = self.reader.study_plan(), self.moment().day
        if plan is not None and plan.next_interview(day):
            return None
        return backlog(self.reader, self.settings, self.pace, day)

    def habit(self) -> Habit:
        """Return the streak and the days studied."""
        from flashcards.progress.statistics.habit import RECENT, compute_habit

        today = self.moment().day
        recent = self.reader.review_days(since=today - RECENT)
        counts = {row.day: row.reviews for row in recent}
        plan = self.reader.study_plan()
        is_off = plan.is_off if plan else None
        return compute_habit(self.reader.studied_days(), counts, today, is_off=is_off)

    def statistics(
        self,
        scope: Scope = EVERYTHING,
        *,
        reader: Reader | None = None,
        watch: Callable[[int, int], bool] | None = None,
    ) -> Statistics | None:
        """Return the statistics of some decks, or of everything.

        Args:
            scope: The decks meant.
            reader: What reads the store in place of the reader of this thread.
            watch: Is told how much of the log was read; returns False to stop.

        Returns:
            The statistics, or None where `watch` stopped it.
        """
        from flashcards.collection.preload import loading

        reader = reader or self.reader
        with loading(_load_statistics):
            rows = reader.figures(watch)
            plan = reader.study_plan()
        if rows is None:
            return None
        from flashcards.progress.statistics.statistics import compute_statistics

        return compute_statistics(
            rows,
            self.settings,
            self.pace.of,
            self.moment().day,
            scope=scope,
            is_off=plan.is_off if plan else None,
        )

    def extended_statistics(
        self,
        scope: Scope = EVERYTHING,
        *,
        days: int = 365,
        reader: Reader | None = None,
        watch: Callable[[int, int], bool] | None = None,
    ) -> ExtendedStatistics | None:
        """Return what takes longer than the statistics: see `flashcards.progress.statistics.extended_statistics`.

        Args:
            scope: The decks meant.
            days: How many days to look ahead.
            reader: What reads the store in place of the reader of this thread.
            watch: Is told of each simulated day; returns False to stop.

        Returns:
            The outlook, or None where `watch` stopped it.
        """
        from flashcards.progress.statistics.extended_statistics import (
            extended_statistics,
        )

        return extended_statistics(
            reader or self.reader,
            self.settings,
            self.moment().day,
            scope,
            days=days,
            watch=watch,
        )

    def plan_state(self) -> PlanState | None:
        """Return the cards and days of the plan; None where no interview is ahead."""
        from flashcards.progress.plan.state import plan_state

        plan = self.reader.study_plan()
        if plan is None:
            return None
        return plan_state(self.reader, self.settings, plan, self.moment())

    def plan_view(
        self,
        *,
        full: bool = False,
        watch: Callable[[int, int], bool] | None = None,
    ) -> PlanView | None:
        """Return the plan as it is shown; see `flashcards.progress.plan.view.build_plan_view`.

        A full one is kept as the day's forecast, so that it can be compared later.
        """
        from flashcards.progress.plan.view import build_plan_view

        moment = self.moment()
        found = build_plan_view(
            self.reader, self.settings, moment, full=full, watch=watch
        )
        if found is not None:
            self.save_forecasts(found)
        return found

    def forecast_of(
        self, plan: StudyPlan
    ) -> Callable[[ProgressCallback], PlanView | None]:
        """Return what makes the full view of a plan, kept or not, in a thread of its own.

        It reads the store by itself and keeps nothing; None is the view of one stopped.
        """
        moment, settings, database = self.moment(), self.settings, self.home.database

        def work(watch: ProgressCallback) -> PlanView | None:
            from flashcards.progress.plan.view import build_plan_view
            from flashcards.store.reader import Reader

            with Reader(database) as reader:
                return build_plan_view(
                    reader, settings, moment, full=True, draft=plan, watch=watch
                )

        return work

    def save_forecasts(self, found: PlanView) -> None:
        """Keep the forecasts of a full view of the plan, once for each day and minutes.

        The morning's stands: what was learned on the day itself would make it look better.
        """
        if not found.forecasts or found.plan != self.reader.study_plan():
            return
        same = {
            row._replace(readiness=0.0, low=0.0, high=0.0) for row in found.forecasts
        }
        kept = {
            row._replace(readiness=0.0, low=0.0, high=0.0)
            for row in self.reader.forecasts()
        }
        if not same <= kept:
            self.store().save_forecasts(found.forecasts)

    @property
    def usual_minutes(self) -> int:
        """Minutes of a session where nothing is said: the plan's, else the setting's."""
        plan = self.reader.study_plan()
        if plan is not None and plan.next_interview(self.moment().day):
            return plan.minutes
        return self.settings.minutes

    def save_plan(self, plan: StudyPlan | None, label: str) -> None:
        """Keep a plan, or clear it for None, as a step that undo takes back."""
        self.store().save_plan(plan, label=label, moment=self.moment())

    def needs_forecast(self) -> bool:
        """Return whether a full forecast of an interview ahead is still to be made today.

        `plan_view(full=True)` makes and keeps it, in seconds: off the screen's thread.
        """
        plan, today = self.reader.study_plan(), self.moment().day
        if plan is None or plan.next_interview(today) is None:
            return False
        made = (row for row in self.reader.forecasts() if row.made_day == today)
        return not any(row.is_full for row in made)


def _load_statistics() -> None:
    import flashcards.progress.statistics.statistics  # noqa: F401
