"""Today and this week of a plan: what is planned, and what was done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.formatting import count, minutes
from flashcards.domain.study_plan import list_open_tasks, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashcards.domain.study_plan import StudyPlan, Task
    from flashcards.progress.forecast.readiness import Readiness
    from flashcards.progress.plan.state import PlanState

_WEEK = 7


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of the week: what is planned, and what was done."""

    day: int
    is_off: bool
    planned_minutes: int
    new: int | None
    """Expected new cards; None for days in the past."""
    reviews: int | None
    done_minutes: int
    """At least 1 if there was any review."""
    done_reviews: int
    tasks: tuple[Task, ...]


class CardsToday(NamedTuple):
    """The cards left today, as every place counts them."""

    new: int
    learning: int
    reviews: int
    seconds: float
    """Predicted seconds of those."""
    waiting: str = ""
    """A sentence about cards that come back later today; empty where there are none."""
    sentence: str = ""
    """What the day before an interview, or its day, is about; empty on other days."""
    is_interview_day: bool = False

    @property
    def total(self) -> int:
        """All cards left."""
        return self.new + self.learning + self.reviews


@dataclass(frozen=True, slots=True)
class WorkToday:
    """What is left to do today under the plan."""

    cards: CardsToday
    is_off: bool
    tasks: tuple[Task, ...]
    """Open tasks of today."""

    @property
    def line(self) -> str:
        """Such as `Today: 30 cards, about 15 min: 12 new, 18 review. Mock interview.`."""
        return " ".join(
            [self._cards_text(), *(f"{task.title}." for task in self.tasks[:2])]
        )

    def _cards_text(self) -> str:
        cards = self.cards
        if cards.total:
            numbers = (
                (cards.new, "new"),
                (cards.learning, "learning"),
                (cards.reviews, "review"),
            )
            kinds = ", ".join(
                f"{number:,} {kind}" for number, kind in numbers if number
            )
            text = (
                f"Today: {count(cards.total, 'card')}, about {minutes(cards.seconds)}: "
                f"{kinds}."
            )
        else:
            text = "Today is a day off." if self.is_off else "Nothing left today."
            text = "Nothing is due today." if cards.is_interview_day else text
            text = "" if cards.waiting and not self.is_off else text
        return f"{text} {cards.waiting}".strip()


def work_today(state: PlanState, cards: CardsToday, tasks: Iterable[Task]) -> WorkToday:
    """Return what is left to do today, with those of the tasks that are due."""
    return WorkToday(
        cards=cards,
        is_off=state.plan.is_off(state.today),
        tasks=() if cards.is_interview_day else list_open_tasks(tasks, state.today),
    )


def build_week(
    plan: StudyPlan,
    today: int,
    done: Mapping[int, tuple[int, float]],
    readiness: Readiness | None,
    past_minutes: int | None = None,
    cards_today: CardsToday | None = None,
) -> tuple[PlannedDay, ...]:
    """Return this week from Monday to Sunday.

    Args:
        plan: The plan, with its tasks as they are today.
        today: The study day.
        done: Reviews and seconds of study days that have any.
        readiness: The forecast, which holds the expected work of the days ahead.
        past_minutes: Planned minutes of days in the past, if a draft has other ones.
        cards_today: The cards left today.
    """
    past_plan = plan if past_minutes is None else replace(plan, minutes=past_minutes)
    monday = today - weekday(today)
    days = tuple(
        _planned_day(
            plan if day >= today else past_plan,
            day,
            today,
            done.get(day, (0, 0.0)),
            readiness,
        )
        for day in range(monday, monday + _WEEK)
    )
    if cards_today is None:
        return days
    new, reviews = cards_today.new, cards_today.learning + cards_today.reviews
    return tuple(
        replace(day, new=new, reviews=reviews) if day.day == today else day
        for day in days
    )


def _planned_day(
    plan: StudyPlan,
    day: int,
    today: int,
    done: tuple[int, float],
    readiness: Readiness | None,
) -> PlannedDay:
    ahead = day - today
    is_forecast = readiness is not None and 0 <= ahead < len(readiness.new)
    interview = plan.next_interview(today)
    is_over = interview is None or day >= interview.day
    is_off = plan.is_off(day)
    reviews, seconds = done
    return PlannedDay(
        day=day,
        is_off=is_off,
        planned_minutes=0
        if is_over or day < plan.started_day
        else plan.minutes_on(day),
        new=round(readiness.new[ahead]) if is_forecast and readiness else None,
        reviews=round(readiness.reviews[ahead]) if is_forecast and readiness else None,
        done_minutes=max(round(seconds / 60), min(reviews, 1)),
        done_reviews=reviews,
        tasks=tuple(
            task
            for task in plan.tasks
            if day in (task.done_day, task.day)
            and (task.done_day is None or task.done_day == day)
        ),
    )
