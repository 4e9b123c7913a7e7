"""The exact forecast of a plan: computed once a day and for each draft, in a background thread.

Only one is computed at a time: a request for another plan cancels it, a request for the
same plan is ignored. The forecast of the saved plan goes into the store, where it can be
compared with the recall that is measured later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.forecast import PlanForecast
    from flashcards.tui.workers.worker import Job, WorkerHost

QUIET_SECONDS = 0.5
"""Nothing is computed for this long after a key, so that keys are not slowed down."""
_PAUSE_SECONDS = 0.3
"""Before the work begins, so that a first key, or a held one, does not meet it."""
_NAP_SECONDS = 0.05


class Forecaster:
    """Computes exact forecasts, one at a time."""

    def __init__(self, host: WorkerHost, monotonic: Callable[[], float]) -> None:
        """Begin with no forecast.

        Args:
            host: Holds the collection, and shows why a forecast could not be computed.
            monotonic: Returns seconds, by which the time since a key is measured.
        """
        self._monotonic = monotonic
        self._host = host
        self._worker = BackgroundWorker(host, is_disposable=True)
        self._requested: tuple[StudyPlan, int] | None = None
        self._show: Callable[[], None] = _show_nothing
        self._newest: PlanForecast | None = None
        self._key_at = -QUIET_SECONDS

    @property
    def share(self) -> float:
        """How much of the current forecast is computed, from 0 to 1."""
        return self._worker.progress.share

    def known(self, plan: StudyPlan | None) -> PlanForecast | None:
        """Return today's exact forecast of a plan; None where it was not computed."""
        forecast = self._newest
        if (
            plan is None
            or forecast is None
            or (forecast.plan, forecast.today) != self._key(plan)
        ):
            return None
        return forecast

    def is_making(self, plan: StudyPlan | None) -> bool:
        """Return whether the forecast of a plan is being computed."""
        return plan is not None and self._requested == self._key(plan)

    def pause_for_key(self) -> None:
        """Rest for a moment, because a key was pressed."""
        self._key_at = self._monotonic()

    def request(self, plan: StudyPlan | None, show: Callable[[], None]) -> None:
        """Compute the forecast of a plan, and call `show` once it is `known`."""
        if plan is None or self.known(plan) is not None:
            return
        self._show = show
        if self.is_making(plan):
            return
        self._requested = self._key(plan)
        compute = self._host.collection.plan.forecast_job(plan)

        def work(job: Job) -> PlanForecast | None:
            return compute(lambda done, total: self._report(job, done, total))

        self._worker.start(
            work, self._finish, after=_PAUSE_SECONDS, on_error=self._fail
        )

    def stop(self) -> None:
        """Cancel the current forecast."""
        self._worker.cancel()
        self._forget_request()

    def _forget_request(self) -> None:
        self._requested = None
        self._show = _show_nothing

    def _key(self, plan: StudyPlan) -> tuple[StudyPlan, int]:
        return plan, self._host.collection.moment().day

    def _report(self, job: Job, done: int, total: int) -> bool:
        """Record the progress in the thread of the work, and rest while keys are pressed."""
        if done / total > job.progress.share:
            job.report(done, total)
        while not job.is_stopping and self._monotonic() - self._key_at < QUIET_SECONDS:
            job.wait(_NAP_SECONDS)
        return not job.is_stopping

    def _finish(self, forecast: PlanForecast | None) -> None:
        show = self._show
        self._forget_request()
        if forecast is None:
            return
        self._newest = forecast
        try:
            self._host.collection.plan.save_forecast(forecast)
        except FlashcardsError as error:
            self._host.notice(str(error), error=True)
        show()

    def _fail(self, message: str) -> None:
        self._forget_request()
        self._host.notice(message, error=True)


def _show_nothing() -> None:
    """Show nothing."""
