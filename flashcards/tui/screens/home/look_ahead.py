"""What home knows: today at once, what lies ahead a moment later from a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.screens.home.area_list import AreaNavigation
from flashcards.tui.screens.home.deck_tree import Standing
from flashcards.tui.screens.home.figures import figures_of, forecast_figures
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from flashcards.progress.plan.text import PlanView
    from flashcards.tui.screens.home.figures import ForecastFigures, HomeFigures


_AFTER_FRAME, _PATIENCE = 0.1, 0.6
"""Seconds that what lies ahead, and what is weak, leave to the frame and the first keys."""


class LookAheadBase(AreaNavigation):
    """Reads figures each time that the screen comes up, and has the rest computed."""

    def __init__(self) -> None:
        super().__init__()
        self._loader = BackgroundWorker(self)

    _figures: HomeFigures | None = None
    _foreseen: ForecastFigures | None = None
    _weak_on: int | None = None
    """Study day whose weak areas are known or being computed."""

    @property
    def figures(self) -> HomeFigures:
        """What is shown, read once for each time that the screen comes up, and each day."""
        today = self.collection.moment().day
        if self._figures is None or self._figures.overview.day != today:
            self._figures = figures_of(self.collection)
        return self._figures

    @property
    def view(self) -> PlanView | None:
        """What the plan comes to; None without a date, and until it is computed."""
        if self._foreseen is None or self.figures.interview is None:
            return None
        return self._foreseen.view

    def on_screen_resume(self) -> None:
        """Read the figures anew after a session."""
        self._figures = None
        self.redraw()
        self._foresee()

    def _foresee(self) -> None:
        """Compute in a thread how ready the learner will be, or what is weak without a date.

        The forecast that is kept of each day is begun with it. What is weak hardly moves
        within a day, so it is computed once, and not while the first frame is painted.
        """
        figures = self._figures
        if figures is None or figures.welcome is not None:
            return
        has_date = figures.interview is not None
        if not has_date and self._weak_on == figures.overview.day:
            return
        self._weak_on = None if has_date else figures.overview.day
        forecaster = self.host.forecaster
        work = self.attempt(
            lambda: forecast_figures(self.collection, figures, forecaster)
        )
        if work is not None:
            self._loader.start(
                work, self._found, after=_AFTER_FRAME if has_date else _PATIENCE
            )

    def _found(self, foreseen: ForecastFigures) -> None:
        self._foreseen = foreseen
        self.redraw()
        view = foreseen.view
        if view is not None and self.attempt(self.collection.plan.needs_forecast):
            self.host.forecaster.request(view.plan, self._foresee)

    def redraw(self) -> None:
        """Show everything as it is now; nothing while another screen lies on top."""
        if self.app.screen is self:
            super().redraw()

    def standing(self) -> Standing:
        """Return how the list is sorted, and what it says of each area."""
        view = self.view
        if view is not None and view.readiness is not None and view.plan is not None:
            found = (*view.readiness.decks, *view.readiness.areas)
            recalls = {one.key: one.predicted for one in found}
            return Standing(recalls, view.plan.target, view.readiness.day)
        if self._foreseen is not None and self.figures.interview is None:
            return Standing(retention=self._foreseen.retention)
        return Standing()

    def changed(self, told: str) -> None:
        """Read everything anew after a change, and tell it."""
        self._figures = None
        self.notice(told)
        self.redraw()
        self._foresee()
