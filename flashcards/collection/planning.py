"""The study plan of a collection: its state, its forecasts, and changes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.open_home import OpenHome
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.plan.text import PlanView
    from flashcards.progress.progress_callback import ProgressCallback


class Planning:
    """The study plan and what it forecasts."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def state(self) -> PlanState | None:
        """Return the cards and days of the plan; None where no interview is ahead."""
        from flashcards.progress.plan.state import plan_state

        plan = self._home.reader.plan.load()
        if plan is None:
            return None
        return plan_state(
            self._home.reader, self._home.settings, plan, self._home.moment()
        )

    def view(
        self,
        *,
        full: bool = False,
        watch: Callable[[int, int], bool] | None = None,
    ) -> PlanView | None:
        """Return the plan as it is shown; see `flashcards.progress.plan.view.build_plan_view`.

        A full one is kept as the day's forecast, so that it can be compared later.
        """
        from flashcards.progress.plan.view import build_plan_view

        moment = self._home.moment()
        found = build_plan_view(
            self._home.reader, self._home.settings, moment, full=full, watch=watch
        )
        if found is not None:
            self.save_forecasts(found)
        return found

    def forecast_job(
        self, plan: StudyPlan
    ) -> Callable[[ProgressCallback], PlanView | None]:
        """Return what makes the full view of a plan, kept or not, in a thread of its own.

        It reads the store by itself and keeps nothing; None is the view of one stopped.
        """
        moment, settings, database = (
            self._home.moment(),
            self._home.settings,
            self._home.directories.database,
        )

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
        if not found.forecasts or found.plan != self._home.reader.plan.load():
            return
        same = {
            row._replace(readiness=0.0, low=0.0, high=0.0) for row in found.forecasts
        }
        kept = {
            row._replace(readiness=0.0, low=0.0, high=0.0)
            for row in self._home.reader.plan.forecasts()
        }
        if not same <= kept:
            self._home.store().save_forecasts(found.forecasts)

    @property
    def usual_minutes(self) -> int:
        """Minutes of a session where nothing is said: the plan's, else the setting's."""
        plan = self._home.reader.plan.load()
        if plan is not None and plan.next_interview(self._home.moment().day):
            return plan.minutes
        return self._home.settings.minutes

    def save(self, plan: StudyPlan | None, label: str) -> None:
        """Keep a plan, or clear it for None, as a step that undo takes back."""
        self._home.store().save_plan(plan, label=label, moment=self._home.moment())

    def save_edited(self, plan: StudyPlan) -> None:
        """Save an edited plan with its tasks on study days, as a step that can be undone."""
        from flashcards.progress.plan.edits import with_tasks_on_study_days

        is_new = self._home.reader.plan.load() is None
        plan = with_tasks_on_study_days(plan, self._home.moment().day)
        self.save(plan, "Made a plan" if is_new else "Changed the plan")

    def needs_forecast(self) -> bool:
        """Return whether a full forecast of an interview ahead is still to be made today.

        `plan_view(full=True)` makes and keeps it, in seconds: off the screen's thread.
        """
        plan, today = self._home.reader.plan.load(), self._home.moment().day
        if plan is None or plan.next_interview(today) is None:
            return False
        made = (
            row for row in self._home.reader.plan.forecasts() if row.made_day == today
        )
        return not any(row.is_full for row in made)
