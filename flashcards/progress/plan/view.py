"""The plan as it is shown: its forecast in sentences, today's work, and this week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.progress.plan import text, week
from flashcards.progress.plan.forecast import estimate, refine
from flashcards.progress.plan.state import load_plan_state

if TYPE_CHECKING:
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan, Task
    from flashcards.progress.forecast.readiness import Readiness
    from flashcards.progress.plan.feasibility import Feasibility
    from flashcards.progress.plan.forecast import PlanForecast
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.plan.week import CardsToday, PlannedDay, WorkToday
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that the plan screen and `flashcards plan` show."""

    plan: StudyPlan | None
    today: int
    date_summary: str
    """Such as `Fri, Dec 4 - in 14 days - 15 min a day`; empty without a date."""
    sentence: str
    """What the plan will reach, or what is wrong with it."""
    forecast: PlanForecast | None
    """None if no interview is ahead or no card counts."""
    work_today: WorkToday | None
    week: tuple[PlannedDay, ...]
    """Monday to Sunday."""
    tasks: tuple[Task, ...] = ()
    """The tasks as they are today."""

    @property
    def readiness(self) -> Readiness | None:
        """The predicted readiness; None without a forecast."""
        return self.forecast.readiness if self.forecast else None

    @property
    def feasibility(self) -> Feasibility | None:
        """Whether the plan reaches its target; None without a forecast."""
        return self.forecast.feasibility if self.forecast else None

    @property
    def days_left(self) -> int | None:
        """Days to the interview; None if none is ahead."""
        interview = self.plan.next_interview(self.today) if self.plan else None
        return interview.day - self.today if interview else None

    @property
    def is_tight(self) -> bool:
        """Whether the target is reached on average, but not by the low end of the band."""
        return (
            self.forecast is not None
            and self.forecast.feasibility.is_feasible
            and self.forecast.readiness.all.low < self.forecast.feasibility.target
        )


def load_plan_view(
    reader: Reader,
    settings: Settings,
    moment: Moment,
    cards_today: CardsToday,
    *,
    draft: StudyPlan | None = None,
    exact: PlanForecast | None = None,
) -> PlanView:
    """Return the plan as shown today, with a forecast that takes no waiting.

    Args:
        reader: Reads the store.
        settings: The settings.
        moment: Now.
        cards_today: The cards left today under the plan or the draft.
        draft: A plan that is not saved; None for the saved one.
        exact: A forecast refined before. It is shown if it is of the same plan and day,
            with what is left to do now.
    """
    state = load_plan_state(reader, settings, moment, draft)
    forecast = estimate(state) if state else None
    if (
        forecast is not None
        and exact is not None
        and (exact.plan, exact.today) == (forecast.plan, forecast.today)
    ):
        forecast = exact.with_days_of(forecast)
    return _build_view(reader, moment.day, draft, state, forecast, cards_today)


def refine_plan_view(
    reader: Reader,
    settings: Settings,
    moment: Moment,
    cards_today: CardsToday,
    progress: ProgressCallback | None = None,
) -> PlanView | None:
    """Return the saved plan with its exact forecast, in seconds.

    Args:
        reader: Reads the store.
        settings: The settings.
        moment: Now.
        cards_today: The cards left today under the plan.
        progress: Called with each simulated day; returns False to stop.

    Returns:
        The view, or None if `progress` stopped it.
    """
    state = load_plan_state(reader, settings, moment)
    if state is None:
        return _build_view(reader, moment.day, None, None, None, cards_today)
    forecast = refine(state, reader, progress)
    if forecast is None:
        return None
    return _build_view(reader, moment.day, None, state, forecast, cards_today)


def _build_view(
    reader: Reader,
    today: int,
    draft: StudyPlan | None,
    state: PlanState | None,
    forecast: PlanForecast | None,
    cards_today: CardsToday,
) -> PlanView:
    saved_plan = reader.plan.load()
    plan = draft or saved_plan
    done = {
        row.day: (row.reviews, row.milliseconds / 1000)
        for row in reader.log.review_days()
    }
    tasks = reader.plan.tasks(plan, today) if plan else ()
    plan_of_week = replace(plan, tasks=tasks) if plan else None
    if plan is None or plan_of_week is None or state is None or forecast is None:
        return PlanView(
            plan=plan,
            today=today,
            date_summary=text.date_summary(plan, today) if plan else "",
            sentence=cards_today.sentence or text.explain_missing_forecast(plan, today),
            forecast=None,
            work_today=None,
            week=week.build_week(plan_of_week, today, done, None)
            if plan_of_week
            else (),
            tasks=tasks,
        )
    last_studied = max((day for day in done if day <= today), default=None)
    return PlanView(
        plan=plan,
        today=today,
        date_summary=text.date_summary(plan, today),
        sentence=cards_today.sentence
        or text.summarize(state, forecast.feasibility, last_studied),
        forecast=forecast,
        work_today=week.work_today(state, cards_today, tasks),
        tasks=tasks,
        week=week.build_week(
            plan_of_week,
            today,
            done,
            forecast.readiness,
            saved_plan.minutes if saved_plan else None,
            cards_today,
        ),
    )
