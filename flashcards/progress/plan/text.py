"""A plan as it is shown: today, this week, and what it comes to, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, short_date
from flashcards.domain.study_plan import weekday
from flashcards.progress.figure_text import listed, percent, whole_percent
from flashcards.progress.plan.feasibility import MOST_MINUTES, Feasibility

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.study_plan import SavedForecast, StudyPlan, Task
    from flashcards.progress.forecast.readiness import Readiness
    from flashcards.progress.plan.state import PlanState

WEEK = 7
LAST_MINUTES = 10
"""Minutes that the day before an interview should have at most."""
_HOLDS = 0.9
_AWAY = 2
"""Days missed from which the plan says how it goes on."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day of the week: what is planned, and what was done."""

    day: int
    is_off: bool
    planned_minutes: int
    new: int | None
    """Expected new cards; None for days past."""
    reviews: int | None
    done_minutes: int
    """At least 1 where there was any review."""
    done_reviews: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class TodayPlan:
    """What the plan asks for today."""

    new: int
    reviews: int
    minutes: int
    tasks: tuple[Task, ...]
    """Not done yet: those of today, and those left over."""

    @property
    def line(self) -> str:
        """Such as `Today: 12 new, 18 reviews, 15 min. Mock interview: banking fraud.`."""
        if not self.minutes:
            cards = "Today: nothing more."
        else:
            cards = (
                f"Today: {self.new:,} new, {count(self.reviews, 'review')}, "
                f"{self.minutes} min."
            )
        return " ".join([cards, *(f"{task.title}." for task in self.tasks[:2])])


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything the plan screen and `plan` show."""

    plan: StudyPlan | None
    today: int
    date_summary: str
    """Such as `Fri, Dec 4 - in 14 days - 15 min a day`; empty without a date."""
    sentence: str
    """What the plan comes to, or what is wrong with it."""
    readiness: Readiness | None
    """None where no interview is ahead or no card counts."""
    feasibility: Feasibility | None
    now: TodayPlan | None
    week: tuple[DayPlan, ...]
    """Monday to Sunday."""
    forecasts: tuple[SavedForecast, ...] = ()
    """What is to be kept of a full forecast."""

    @property
    def days_left(self) -> int | None:
        """Days to the interview; None where none is ahead."""
        interview = self.plan.next_interview(self.today) if self.plan else None
        return interview.day - self.today if interview else None

    @property
    def is_tight(self) -> bool:
        """Whether the target is reached on average, but not by the low end of the band."""
        return (
            self.feasibility is not None
            and self.readiness is not None
            and self.feasibility.is_feasible
            and self.readiness.all.low < self.feasibility.target
        )


def date_summary(plan: StudyPlan, today: int) -> str:
    """Return the date of the plan in words; empty where no interview is ahead."""
    interview = plan.next_interview(today)
    if interview is None:
        return ""
    left = interview.day - today
    when = "tomorrow" if left == 1 else f"in {left} days"
    title = f"{interview.title} - " if interview.title else ""
    return f"{title}{short_date(interview.day)} - {when} - {plan.minutes} min a day"


def without_cards(plan: StudyPlan | None, today: int) -> str:
    """Return what to say where there is nothing to forecast."""
    if plan is None:
        return "There is no plan yet. Set the date of an interview to make one."
    if plan.next_interview(today):
        scope = listed(list(plan.scope)) if plan.scope else "the decks"
        return (
            f"The plan has no cards: none of {scope} counts. "
            "Change its scope or its weights."
        )
    last = plan.last_interview(today)
    if last is None:
        return "The plan has no date yet. Set the date of an interview."
    if last.day == today:
        return "Today is the day. Good luck."
    return "How did it go? Note what was asked."


def verdict(
    state: PlanState, feasibility: Feasibility, last_studied: int | None
) -> str:
    """Return what the plan comes to, in one or two sentences."""
    if state.left == 1:
        return _eve(state)
    away = missed_days(state.plan, state.today, last_studied)
    if away >= _AWAY:
        return _after_pause(away, feasibility)
    return _outlook(state, feasibility)


def missed_days(plan: StudyPlan, today: int, last_studied: int | None) -> int:
    """Return the days of study before today, since the last one, that were missed."""
    first = plan.started_day
    if last_studied is not None:
        first = max(first, last_studied + 1)
    return plan.study_days(first, today) if first < today else 0


def today_of(state: PlanState, readiness: Readiness) -> TodayPlan:
    """Return what is left to do today."""
    budget = state.course().budgets[0]
    return TodayPlan(
        new=round(readiness.new[0]),
        reviews=round(readiness.reviews[0]),
        minutes=ceil(budget / 60),
        tasks=state.plan.open_tasks(state.today),
    )


def week_of(
    plan: StudyPlan,
    today: int,
    done: Mapping[int, tuple[int, float]],
    readiness: Readiness | None,
    minutes_before: int | None = None,
) -> tuple[DayPlan, ...]:
    """Return this week from Monday to Sunday.

    Args:
        plan: The plan.
        today: The study day.
        done: Reviews and seconds of study days that have any.
        readiness: The forecast, which knows what is expected of days to come.
        minutes_before: Minutes planned of days past, where a plan that is looked at has
            others.
    """
    monday = today - weekday(today)
    return tuple(
        _day(
            plan
            if minutes_before is None or day >= today
            else replace(plan, minutes=minutes_before),
            day,
            today,
            done.get(day, (0, 0.0)),
            readiness,
        )
        for day in range(monday, monday + WEEK)
    )


def _day(
    plan: StudyPlan,
    day: int,
    today: int,
    done: tuple[int, float],
    readiness: Readiness | None,
) -> DayPlan:
    ahead = day - today
    known = readiness is not None and 0 <= ahead < len(readiness.new)
    interview = plan.next_interview(today)
    is_over = interview is None or day >= interview.day
    is_off = plan.is_off(day)
    planned = plan.minutes
    if is_off or is_over or day < plan.started_day:
        planned = 0
    return DayPlan(
        day=day,
        is_off=is_off,
        planned_minutes=planned,
        new=round(readiness.new[ahead]) if known and readiness else None,
        reviews=round(readiness.reviews[ahead]) if known and readiness else None,
        done_minutes=max(round(done[1] / 60), min(done[0], 1)),
        done_reviews=done[0],
        tasks=tuple(
            task
            for task in plan.tasks
            if day in (task.done_day, task.day)
            and (task.done_day is None or task.done_day == day)
        ),
    )


def _outlook(state: PlanState, found: Feasibility) -> str:
    day = short_date(state.interview.day)
    reached = percent(found.readiness)
    minutes = count(found.minutes, "minute")
    if not state.plan.study_days(state.today, state.interview.day):
        return f"Every day until {day} is a day off; the plan ends with {reached}."
    if found.is_feasible:
        return f"On track: {reached} on {day} with {minutes} a day."
    target = percent(found.target)
    leave_out = listed([_title(area) for area in found.drop])
    if found.is_out_of_reach:
        left = count(state.left, "day")
        way = f"Leave out {leave_out}." if leave_out else _smaller(state)
        return (
            f"{reached} on {day} with {minutes} a day. {target} is out of reach in "
            f"{left}, even with {MOST_MINUTES} minutes a day. {way}"
        )
    alternative = f", or leave out {leave_out}" if leave_out else ""
    return (
        f"{reached} on the day with {minutes}. "
        f"{target} needs {_needed(found)}{alternative}."
    )


def _after_pause(away: int, found: Feasibility) -> str:
    gone = f"You were away {count(away, 'day')}."
    reached = percent(found.readiness)
    if found.is_feasible:
        return f"{gone} The plan still ends with {reached}."
    if found.is_out_of_reach:
        return f"{gone} The plan now ends with {reached}."
    verb = "brings" if found.needed == 1 else "bring"
    return (
        f"{gone} The plan now ends with {reached}; {_needed(found)} a day {verb} "
        f"back {whole_percent(found.target)}."
    )


def _eve(state: PlanState) -> str:
    if not state.seen:
        return f"Tomorrow is the day, and no card was seen yet. {_smaller(state)}"
    recall = state.recall_now(ahead=1)
    weak = int((state.start.seen & (recall < _HOLDS)).sum())
    room = min(LAST_MINUTES, max(state.plan.minutes, 1))
    fits = int(room * 60 / state.costs.last_review)
    asked = min(weak, fits)
    has_new = _has_room_for_new(state, asked)
    if not asked:
        rest = "look at new cards, or rest" if has_new else "rest, and sleep well"
        return f"Tomorrow is the day. What you learnt will hold: {rest}."
    minutes = ceil(asked * state.costs.last_review / 60)
    weakest = f"{asked} weakest" if asked > 1 else "weakest card"
    return (
        f"Tomorrow is the day. {count(minutes, 'minute').capitalize()} on your "
        f"{weakest}, then {'new ones, then ' if has_new else ''}sleep."
    )


def _has_room_for_new(state: PlanState, asked: int) -> bool:
    """Return whether today's minutes hold a new card behind so many reviews."""
    seconds = float(state.course().budgets[0]) - asked * state.costs.last_review
    return state.seen < len(state.cards) and seconds >= state.costs.new


def _smaller(state: PlanState) -> str:
    """Return how many cards there is time for, where no area can be left out."""
    seconds = float(state.course().budgets.sum())
    each = state.costs.new + state.costs.last_review
    unseen = len(state.cards) - state.seen
    room = max(0, int((seconds - state.seen * state.costs.last_review) / each))
    if not unseen:
        return "The most important cards come first."
    if not room:
        return f"There is time for none of {_new_cards(unseen)}."
    return (
        f"There is time for about {min(room, unseen):,} of {_new_cards(unseen)}; "
        "the most important come first."
    )


def _new_cards(unseen: int) -> str:
    return f"the {unseen:,} new cards" if unseen > 1 else "the one new card"


def _needed(found: Feasibility) -> str:
    about = "" if found.is_exact else "about "
    return f"{about}{count(found.needed or 0, 'minute')}"


def _title(area: str) -> str:
    words = area.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
