"""A study plan while it is edited on the screen; its figures are computed in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.progress.plan.edits import areas_of_decks
from flashcards.tui.workers.plan_reader import plan_view_work
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from flashcards.domain.study_plan import StudyPlan, Task
    from flashcards.progress.plan.view import PlanView
    from flashcards.tui.screens.common.base import BaseScreen
    from flashcards.tui.workers.forecaster import Forecaster

_DEBOUNCE = 0.03
"""Seconds without a key after which figures are computed."""


class PlanDraft:
    """The saved plan, the edited plan, and the figures of the edited one."""

    def __init__(self, screen: BaseScreen) -> None:
        """Start empty; `load` fills the draft.

        Args:
            screen: The screen that shows the draft; it is redrawn on every change.
        """
        self._screen = screen
        self._loader = BackgroundWorker(screen)
        self.saved_plan: StudyPlan | None = None
        self.plan: StudyPlan | None = None
        """As edited so far."""
        self.tasks: tuple[Task, ...] = ()
        """The tasks of the edited plan as they are today."""
        self.areas: tuple[str, ...] = ()
        self.view: PlanView | None = None
        self.is_waiting = True
        """Whether the figures of the last change are still being computed."""

    @property
    def is_changed(self) -> bool:
        """Whether the edited plan differs from the saved one."""
        return self.plan != self.saved_plan

    @property
    def share_done(self) -> float | None:
        """How much of the exact forecast is computed, 0 to 1; None if it is not running."""
        is_running = self._forecaster.is_making(self.plan)
        return self._forecaster.share if is_running else None

    def load(self) -> None:
        """Read the saved plan and the areas of all decks from the store."""
        reader = self._screen.collection.reader
        self.saved_plan = self.plan = reader.plan.load()
        self.tasks = self._load_tasks()
        self.areas = areas_of_decks(deck.key for deck in reader.cards.decks())

    def _load_tasks(self) -> tuple[Task, ...]:
        collection = self._screen.collection
        if self.plan is None:
            return ()
        return collection.reader.plan.tasks(self.plan, collection.moment().day)

    def change(self, plan: StudyPlan | None) -> None:
        """Show another plan: its date at once, its figures when they are computed."""
        if plan is None or plan == self.plan:
            return
        self.plan, self.is_waiting = plan, True
        self.tasks = self._load_tasks()
        self._forecaster.stop()
        self._screen.redraw()
        self.compute(_DEBOUNCE)

    def save(self, plan: StudyPlan | None = None) -> bool:
        """Save the plan as edited so far, or another one, as one step that can be undone.

        Return whether there was anything to save.

        Raises:
            FlashcardsError: it cannot be saved.
        """
        plan = plan or self.plan
        if plan is None or plan == self.saved_plan:
            return False
        self._screen.collection.plan.save_edited(plan)
        self.reload()
        return True

    def reload(self) -> None:
        """Show the saved plan as it is now, and compute its figures."""
        shown_plan = self.plan
        self.load()
        if self.plan != shown_plan:
            self.is_waiting = True
            self._forecaster.stop()
        self.compute()

    def compute(self, after: float = 0.0) -> None:
        """Compute the figures in a thread, after some seconds, and show them."""
        collection = self._screen.collection
        known = self._forecaster.known(self.plan)
        work = plan_view_work(collection, self.plan, known)
        self._loader.start(work, self._show_view, after=after)

    def close(self) -> None:
        """Stop the exact forecast of a plan that was not saved."""
        if not self._forecaster.is_making(self.saved_plan):
            self._forecaster.stop()

    @property
    def _forecaster(self) -> Forecaster:
        return self._screen.host.forecaster

    def _show_view(self, view: PlanView) -> None:
        """Show an estimate, and request the exact forecast if it is not known yet."""
        self.view, self.is_waiting = view, False
        if view.readiness is not None:
            self._forecaster.request(self.plan, self._show_exact_forecast)
        self._screen.redraw()

    def _show_exact_forecast(self) -> None:
        if self._screen.is_attached:
            self.compute()
