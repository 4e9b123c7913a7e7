"""Figures for the learner, and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cards import Scope
from flashcards.wiring.loading import loading
from flashcards.wiring.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.plan import StudyPlan
    from flashcards.progress.habit import Habit
    from flashcards.progress.outlook import Outlook
    from flashcards.progress.plan_state import PlanState
    from flashcards.progress.planner import PlanView
    from flashcards.progress.statistics import Statistics
    from flashcards.store.reader import Reader
    from flashcards.study.overview import Overview
    from flashcards.study.queue import Counts


EVERYTHING = Scope()


class Figures(Opening):
    """What is due, what was done, and what is to come."""

    def overview(self) -> Overview:
        """Return what is due today, deck by deck and in all."""
        from flashcards.study.overview import overview

        return overview(self.reader, self.settings, self.pace, self.moment())

    def tomorrow(self, today: Overview) -> tuple[Counts, float]:
        """Return the cards of tomorrow, once today is done, with predicted seconds."""
        from flashcards.study.overview import tomorrow

        return tomorrow(self.reader, self.settings, self.pace, today)

    def habit(self) -> Habit:
        """Return the streak and the days studied."""
        from flashcards.progress.habit import RECENT, habit

        today = self.moment().day
        recent = self.reader.review_days(since=today - RECENT)
        counts = {row.day: row.reviews for row in recent}
        plan = self.reader.study_plan()
        is_off = plan.is_off if plan else None
        return habit(self.reader.studied_days(), counts, today, is_off=is_off)

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
        reader = reader or self.reader
        with loading("flashcards.progress.statistics"):
            rows = reader.figures(watch)
            plan = reader.study_plan()
        if rows is None:
            return None
        from flashcards.progress.statistics import statistics

        return statistics(
            rows,
            self.settings,
            self.pace.of,
            self.moment().day,
            scope=scope,
            is_off=plan.is_off if plan else None,
        )

    def outlook(
        self,
        scope: Scope = EVERYTHING,
        *,
        reader: Reader | None = None,
        watch: Callable[[int, int], bool] | None = None,
    ) -> Outlook | None:
        """Return what takes longer than the statistics: see `flashcards.progress.outlook`.

        The arguments are those of `statistics`; `watch` is told of simulated days.
        """
        from flashcards.progress.outlook import outlook

        return outlook(
            reader or self.reader, self.settings, self.moment().day, scope, watch
        )

    def plan_state(self) -> PlanState | None:
        """Return the cards and days of the plan; None where no interview is ahead."""
        from flashcards.progress.plan_state import plan_state

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
        """Return the plan as it is shown; see `flashcards.progress.planning.view`.

        A full one is kept as the day's forecast, so that it can be compared later.
        """
        from flashcards.progress.planning import view

        moment = self.moment()
        found = view(self.reader, self.settings, moment, full=full, watch=watch)
        if found is not None and found.forecasts:
            self.store().keep_forecasts(found.forecasts)
        return found

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
