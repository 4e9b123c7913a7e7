"""What the home screen reads: at once what it shows first, the rest in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.tui.workers.plan_reader import plan_view_work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flashcards.collection.collection import Collection
    from flashcards.domain.study_plan import Interview, Task
    from flashcards.progress.plan.text import PlanView
    from flashcards.progress.statistics.habit import Habit
    from flashcards.study.today.backlog import Backlog
    from flashcards.study.today.overview import Overview
    from flashcards.study.today.up_next import UpNext
    from flashcards.study.today.welcome import Welcome
    from flashcards.tui.workers.forecaster import Forecaster
    from flashcards.tui.workers.worker import Job


class HomeFigures(NamedTuple):
    """What the screen shows at once."""

    overview: Overview
    habit: Habit
    interview: Interview | None
    """The next interview; None where none is planned."""
    passed: Interview | None
    """The newest interview that is today or over; None where none was planned."""
    following: UpNext | None
    """What comes after today, where that is said."""
    backlog: Backlog | None
    """Cards that waited; None where one day holds them."""
    welcome: Welcome | None
    """The first day; None once a card was reviewed."""
    unfinished_diagnostic: int
    """Answers of a diagnostic that was left half-way."""
    task: Task | None
    """The first task of the coming week."""


class ForecastFigures(NamedTuple):
    """What takes a moment to compute."""

    view: PlanView | None
    """Under a date."""
    retention: Mapping[str, float]
    """By area and deck; without a date, where there are answers enough."""


def figures_of(collection: Collection) -> HomeFigures:
    """Return what is shown at once."""
    overview = collection.figures.overview()
    plan = collection.reader.plan.load()
    interview = plan.next_interview(overview.day) if plan else None
    is_said = interview is None or not overview.counts.total
    return HomeFigures(
        overview=overview,
        habit=collection.figures.habit(),
        interview=interview,
        passed=plan.last_interview(overview.day) if plan else None,
        following=collection.figures.up_next(overview) if is_said else None,
        backlog=collection.figures.backlog(),
        welcome=collection.figures.welcome(),
        unfinished_diagnostic=collection.figures.unfinished_diagnostic(),
        task=collection.figures.next_task(),
    )


def forecast_figures(
    collection: Collection, figures: HomeFigures, forecaster: Forecaster
) -> Callable[[Job], ForecastFigures]:
    """Return what computes the rest, with a reader of its own."""
    has_date = figures.interview is not None
    known = forecaster.known(collection.reader.plan.load())
    view_work = plan_view_work(collection, None, known)

    def work(job: Job) -> ForecastFigures:
        if has_date:
            return ForecastFigures(view_work(job), {})
        from flashcards.progress.statistics.areas import retention_by_area

        # Leaving must not wait for a log of hundreds of thousands of reviews.
        found = retention_by_area(job.reader, lambda *_: not job.is_stopping)
        return ForecastFigures(None, found)

    return work
