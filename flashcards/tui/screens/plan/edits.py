"""Changes to a plan that is being looked at: each returns another plan, kept by nobody yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from flashcards.domain.dates import day_named
from flashcards.domain.study_plan import (
    MOST_WEIGHT,
    Interview,
    StudyPlan,
    interview_date_error,
    is_within,
    restarted,
    weekday,
)
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_MINUTES, MOST_MINUTES = 1, 240
LEAST_TARGET, MOST_TARGET = 1, 99
"""In percent."""
WEIGHT_STEP = 0.5
_EXAMPLE_DAYS = 28
"""How far ahead the date lies that shows how one is written."""


def with_minutes(plan: StudyPlan, more: int) -> StudyPlan:
    """Return the plan with more or fewer minutes a day."""
    minutes = min(max(plan.minutes + more, LEAST_MINUTES), MOST_MINUTES)
    return replace(plan, minutes=minutes)


def with_weight(plan: StudyPlan, area: str, steps: int) -> StudyPlan:
    """Return the plan with another weight of an area, and of what in it has its own."""
    if not plan.weight_of(area):
        return plan
    own = {part: w for part, w in plan.weights if w and is_within(part, area)}
    changed = {area: plan.weight_of(area), **own}
    for part, weight in changed.items():
        wanted = weight + WEIGHT_STEP * steps
        changed[part] = min(max(wanted, WEIGHT_STEP), MOST_WEIGHT)
    return _weighed(plan, {**dict(plan.weights), **changed})


def with_area_toggled(plan: StudyPlan, area: str) -> StudyPlan:
    """Return the plan without an area, or with one that was left out."""
    others = {part: w for part, w in plan.weights if not is_within(part, area)}
    if plan.weight_of(area):
        return _weighed(plan, {**others, area: 0.0})
    scope = plan.scope
    if scope and not any(is_within(area, part) for part in scope):
        scope = (*(part for part in scope if not is_within(part, area)), area)
    return replace(_weighed(plan, others), scope=scope)


def with_day(plan: StudyPlan, day: int, today: int) -> StudyPlan:
    """Return the plan with another day in the place of its next interview.

    A plan whose interviews are all over begins anew.
    """
    following = plan.next_interview(today)
    kept = [one for one in plan.interviews if one != following and one.day != day]
    title = following.title if following else ""
    days = sorted([*kept, Interview(day, title)], key=lambda one: one.day)
    return replace(restarted(plan, today), interviews=tuple(days))


def with_day_moved(plan: StudyPlan, days: int, today: int) -> StudyPlan:
    """Return the plan with its next interview some days earlier or later.

    It stays ahead, and away from the days of other interviews.
    """
    following = plan.next_interview(today)
    if following is None:
        return plan
    day = following.day + days
    taken = {one.day for one in plan.interviews if one != following}
    while day in taken:
        day += 1 if days > 0 else -1
    return plan if interview_date_error(day, today) else with_day(plan, day, today)


def with_target(plan: StudyPlan, points: int) -> StudyPlan:
    """Return the plan with another target, so many percent more."""
    percent = round(plan.target * 100) + points
    return replace(plan, target=min(max(percent, LEAST_TARGET), MOST_TARGET) / 100)


def read_day(text: str, today: int) -> int:
    """Return the study day that a text means.

    Raises:
        UsageError: it is no date, or none that is ahead.
    """
    example = date.fromordinal(today + _EXAMPLE_DAYS).isoformat()
    day = day_named(text, example)
    if reason := interview_date_error(day, today):
        raise UsageError(reason)
    return day


def with_day_off(plan: StudyPlan, day: int) -> StudyPlan:
    """Return the plan with a single day off, or with that day studied again."""
    if weekday(day) in plan.weekdays_off:
        return plan
    return replace(plan, dates_off=tuple(sorted({*plan.dates_off} ^ {day})))


def with_weekday_off(plan: StudyPlan, day: int) -> StudyPlan:
    """Return the plan with a day of every week off, or with it studied again."""
    days = {*plan.weekdays_off} ^ {weekday(day)}
    return replace(plan, weekdays_off=tuple(sorted(days)))


def with_tick(plan: StudyPlan, name: str, today: int) -> StudyPlan:
    """Return the plan with a task ticked off, or open again."""
    tasks = tuple(
        replace(task, done_day=today if task.done_day is None else None)
        if task.name == name
        else task
        for task in plan.tasks
    )
    return replace(plan, tasks=tasks)


def areas_of(decks: Iterable[str]) -> tuple[str, ...]:
    """Return the first parts of deck keys, in order."""
    return tuple(sorted({key.partition("/")[0] for key in decks}))


def _weighed(plan: StudyPlan, weights: dict[str, float]) -> StudyPlan:
    return replace(plan, weights=tuple(sorted(weights.items())))
