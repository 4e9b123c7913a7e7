"""The full forecast: made once a day and for plans looked at, off the screen's thread.

One is made at a time. A request for another plan stops the one being made; the same plan
asked for again is not computed twice. What the plan that is kept comes to goes into the
store, so that it can be compared with what comes true.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.tui.workers.background import in_spare_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.worker import Worker

    from flashcards.collection.collection import Collection
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.text import PlanView

QUIET = 0.5
"""Seconds after a key in which nothing is computed, so that keys are not slowed down."""
_PAUSE = 0.3
"""Seconds before the work begins, so that a first key or a held one does not meet it."""
_NAP = 0.05


class Forecaster:
    """Makes full forecasts, one at a time."""

    def __init__(
        self,
        collection: Collection,
        run: Callable[[Callable[[], Coroutine[None, None, None]]], Worker[None]],
        say: Callable[[str], None],
    ) -> None:
        """Begin with nothing to make.

        Args:
            collection: Holds the plan and stores its forecasts.
            run: Starts work in the event loop of the app.
            say: Shows why a forecast could not be made.
        """
        self._collection, self._run, self._say = collection, run, say
        self._stopped: Event | None = None
        self._worker: Worker[None] | None = None
        self._wanted: tuple[StudyPlan, int] | None = None
        self._show: Callable[[], None] = _nobody
        self._done: PlanView | None = None
        self._key_at = -QUIET
        self.share = 0.0
        """How much of the forecast being made is done, 0 to 1."""

    def known(self, plan: StudyPlan | None) -> PlanView | None:
        """Return today's full view of a plan; None where it was not made."""
        done = self._done
        if plan is None or done is None or (done.plan, done.today) != self._key(plan):
            return None
        return done

    def is_making(self, plan: StudyPlan | None) -> bool:
        """Return whether the forecast of a plan is being made."""
        return plan is not None and self._wanted == self._key(plan)

    def make_way(self) -> None:
        """Rest for a while: a key was pressed."""
        self._key_at = time.monotonic()

    def request(self, plan: StudyPlan | None, show: Callable[[], None]) -> None:
        """Make the forecast of a plan, and tell `show` once it is `known`."""
        if plan is None or self.known(plan) is not None:
            return
        self._show = show
        if self.is_making(plan):
            return
        self.stop()
        self._show, self._wanted = show, self._key(plan)
        self._stopped, self.share = Event(), 0.0
        work = partial(self._make, plan, self._stopped)
        self._worker = self._run(work)

    def stop(self) -> None:
        """Give up what is being made."""
        if self._stopped is not None:
            self._stopped.set()
        if self._worker is not None:
            self._worker.cancel()
        self._forget()

    def _forget(self) -> None:
        self._stopped = self._wanted = self._worker = None
        self._show = _nobody

    def _key(self, plan: StudyPlan) -> tuple[StudyPlan, int]:
        return plan, self._collection.moment().day

    async def _make(self, plan: StudyPlan, stopped: Event) -> None:
        key = self._key(plan)

        def watch(done: int, total: int) -> bool:
            if stopped.is_set():
                return False
            self.share = max(self.share, done / total)
            while not stopped.is_set() and time.monotonic() - self._key_at < QUIET:
                stopped.wait(_NAP)
            return not stopped.is_set()

        try:
            await asyncio.sleep(_PAUSE)
            work = self._collection.plan.forecast_job(plan)
            view = await in_spare_thread(partial(work, watch))
        except FlashcardsError as error:
            self._say(str(error))
            view = None
        finally:
            stopped.set()
        if self._wanted == key:
            show = self._show
            self._forget()
            if view is not None:
                self._keep(view)
                show()

    def _keep(self, view: PlanView) -> None:
        self._done = view
        try:
            self._collection.plan.save_forecasts(view)
        except FlashcardsError as error:
            self._say(str(error))


def _nobody() -> None:
    """Show nothing."""
