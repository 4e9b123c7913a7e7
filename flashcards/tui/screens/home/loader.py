"""The figures of the home screen: today's are read at once, forecasts in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.tui.screens.home.deck_tree import AreaFigures
from flashcards.tui.workers.plan_reader import plan_view_work
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flashcards.collection.collection import Collection
    from flashcards.domain.study_plan import Interview, Task
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.statistics.habit import Habit
    from flashcards.study.today.backlog import Backlog
    from flashcards.study.today.overview import Overview
    from flashcards.study.today.up_next import UpNext
    from flashcards.study.today.welcome import Welcome
    from flashcards.tui.screens.common.base import BaseScreen
    from flashcards.tui.workers.forecaster import Forecaster
    from flashcards.tui.workers.worker import Job

_VIEW_DELAY, _RETENTION_DELAY = 0.1, 0.6
"""Seconds left to the first frame and the first keys before the thread starts."""


class HomeFigures(NamedTuple):
    """The figures that are read at once."""

    overview: Overview
    habit: Habit
    interview: Interview | None
    """The next interview; None where none is planned."""
    last_interview: Interview | None
    """The newest interview that is today or over; None where there is none."""
    up_next: UpNext | None
    """What comes after today; None where the screen does not show it."""
    backlog: Backlog | None
    """Overdue cards; None where they fit into one day."""
    welcome: Welcome | None
    """The figures of the first day; None once a card was reviewed."""
    unfinished_diagnostic: int
    """Answers of a diagnostic that was left unfinished; 0 where there is none."""
    next_task: Task | None
    """The first open task of the coming week."""


class ForecastFigures(NamedTuple):
    """The figures that are computed in a thread."""

    view: PlanView | None
    """The view of the plan; None without an interview date."""
    retention: Mapping[str, float]
    """Retention by area and deck, where there are enough answers; empty with a date."""


class FigureLoader:
    """Reads the figures of a screen and computes its forecasts in the background."""

    def __init__(self, screen: BaseScreen) -> None:
        """Begin with no figures.

        Args:
            screen: Is redrawn when the forecasts are computed.
        """
        self._screen = screen
        self._worker = BackgroundWorker(screen)
        self._figures: HomeFigures | None = None
        self._forecast: ForecastFigures | None = None
        self._retention_day: int | None = None
        """Study day whose retention is known or being computed."""

    @property
    def figures(self) -> HomeFigures:
        """Today's figures, read once until `forget`, and again on each study day."""
        today = self._screen.collection.moment().day
        if self._figures is None or self._figures.overview.day != today:
            self._figures = load_figures(self._screen.collection)
        return self._figures

    def forget(self) -> None:
        """Read the figures again when they are needed next."""
        self._figures = None

    @property
    def view(self) -> PlanView | None:
        """The view of the plan; None without a date, and until it is computed."""
        if self._forecast is None or self.figures.interview is None:
            return None
        return self._forecast.view

    @property
    def area_figures(self) -> AreaFigures:
        """The figures by which the areas are sorted, as far as they are computed."""
        view = self.view
        if view is not None and view.readiness is not None and view.plan is not None:
            decks = (*view.readiness.decks, *view.readiness.areas)
            recalls = {deck.key: deck.predicted for deck in decks}
            return AreaFigures(recalls, view.plan.target, view.readiness.day)
        if self._forecast is not None and self.figures.interview is None:
            return AreaFigures(retention=self._forecast.retention)
        return AreaFigures()

    def start(self) -> None:
        """Compute the view of the plan, or retention by area without an interview date.

        The view leads to the full forecast of the day, where that was not computed yet.
        Retention hardly changes within a day, so it is computed once.
        """
        figures = self._figures
        if figures is None or figures.welcome is not None:
            return
        has_date = figures.interview is not None
        if not has_date and self._retention_day == figures.overview.day:
            return
        self._retention_day = None if has_date else figures.overview.day
        screen = self._screen
        work = screen.attempt(
            lambda: forecast_work(
                screen.collection, screen.host.forecaster, has_date=has_date
            )
        )
        if work is not None:
            delay = _VIEW_DELAY if has_date else _RETENTION_DELAY
            self._worker.start(work, self._show, after=delay)

    def _show(self, forecast: ForecastFigures) -> None:
        self._forecast = forecast
        screen, view = self._screen, forecast.view
        screen.redraw()
        if view is not None and screen.attempt(screen.collection.plan.needs_forecast):
            screen.host.forecaster.request(view.plan, self.start)


def load_figures(collection: Collection) -> HomeFigures:
    """Read the figures that the screen shows at once."""
    overview = collection.figures.overview()
    plan = collection.reader.plan.load()
    interview = plan.next_interview(overview.day) if plan else None
    is_up_next_shown = interview is None or not overview.counts.total
    return HomeFigures(
        overview=overview,
        habit=collection.figures.habit(),
        interview=interview,
        last_interview=plan.last_interview(overview.day) if plan else None,
        up_next=collection.figures.up_next() if is_up_next_shown else None,
        backlog=collection.figures.backlog(),
        welcome=collection.figures.welcome(),
        unfinished_diagnostic=collection.figures.unfinished_diagnostic(),
        next_task=collection.figures.next_task(),
    )


def forecast_work(
    collection: Collection, forecaster: Forecaster, *, has_date: bool
) -> Callable[[Job], ForecastFigures]:
    """Return work that computes the forecast figures in a thread."""
    known = forecaster.known(collection.reader.plan.load())
    compute_view = plan_view_work(collection, None, known)

    def work(job: Job) -> ForecastFigures:
        if has_date:
            return ForecastFigures(compute_view(job), {})
        from flashcards.progress.statistics.areas import retention_by_area

        # The app must not wait for a log of hundreds of thousands of reviews at its end.
        retention = retention_by_area(job.reader, lambda *_: not job.is_stopping)
        return ForecastFigures(None, retention)

    return work
