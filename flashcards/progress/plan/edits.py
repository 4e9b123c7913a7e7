"""Pure edits of a study plan; each returns a new plan."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from flashcards.domain.study_plan import (
    DEFAULT_MINUTES,
    MOST_DAYS_AHEAD,
    MOST_NOTE,
    MOST_WEIGHT,
    WEEK,
    Interview,
    StudyPlan,
    Task,
    is_within,
    weekday,
)
from flashcards.errors import UsageError
from flashcards.progress.plan.day_input import read_day
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_MINUTES, MOST_MINUTES = 1, 240
LEAST_TARGET, MOST_TARGET = 1, 99
"""In percent."""
WEIGHT_STEP = 0.5
_QUIZ_TITLE = "Quiz on the weakest deck"
_SUGGESTED_TASK = re.compile(r"(?:quiz|mock)-([0-9]{1,6})", re.ASCII)


def new_plan(today: int, minutes: int) -> StudyPlan:
    """Return a plan without a date; 0 minutes stands for the default."""
    return StudyPlan(today, minutes=minutes or DEFAULT_MINUTES)


# Interviews.


def interview_date_error(day: int, today: int) -> str:
    """Return why no interview can be planned for a study day; empty if one can."""
    iso_date = date.fromordinal(day).isoformat()
    if day == today:
        return f"{iso_date} is today. A plan needs a day of study before the interview."
    if day < today:
        return f"{iso_date} is in the past. Set a date that is still ahead."
    if day > today + MOST_DAYS_AHEAD:
        return (
            f"{iso_date} is more than {MOST_DAYS_AHEAD} days ahead. Set a closer date."
        )
    return ""


def parse_interview_day(text: str, today: int) -> int:
    """Return the study day of a date that was typed.

    Raises:
        UsageError: the text is not a date, or no interview can be planned for that day.
    """
    return require_interview_day(read_day(text, today), today)


def require_interview_day(day: int, today: int) -> int:
    """Return the day if an interview can be planned for it.

    Raises:
        UsageError: it cannot.
    """
    if reason := interview_date_error(day, today):
        raise UsageError(reason)
    return day


def with_interview_day(plan: StudyPlan, day: int, today: int) -> StudyPlan:
    """Return the plan with its next interview on another day.

    A plan whose interviews are all over starts again today.
    """
    upcoming = plan.next_interview(today)
    others = [item for item in plan.interviews if item != upcoming and item.day != day]
    title = upcoming.title if upcoming else ""
    interviews = sorted([*others, Interview(day, title)], key=lambda item: item.day)
    moved = replace(restarted(plan, today), interviews=tuple(interviews))
    return _with_tasks_moved(moved, plan, today)


def with_interviews(plan: StudyPlan, days: Iterable[int], today: int) -> StudyPlan:
    """Return the plan with interviews on these days in place of all that are ahead.

    A day that had an interview keeps its title and note. A plan whose interviews are all over
    starts again today.
    """
    past = tuple(item for item in plan.interviews if item.day <= today)
    known = {item.day: item for item in plan.interviews}
    ahead = tuple(known.get(day, Interview(day)) for day in sorted(set(days)))
    moved = replace(restarted(plan, today), interviews=(*past, *ahead))
    return _with_tasks_moved(moved, plan, today)


def with_interview_moved(plan: StudyPlan, days: int, today: int) -> StudyPlan:
    """Return the plan with its next interview some days earlier or later.

    The interview stays ahead of today and skips the days of other interviews.
    """
    upcoming = plan.next_interview(today)
    if upcoming is None:
        return plan
    day = upcoming.day + days
    occupied = {item.day for item in plan.interviews if item != upcoming}
    while day in occupied:
        day += 1 if days > 0 else -1
    if interview_date_error(day, today):
        return plan
    return with_interview_day(plan, day, today)


def with_note(plan: StudyPlan, day: int, text: str) -> StudyPlan:
    """Return the plan with a note about the interview of a day; empty for no note.

    The note is one line without characters that a terminal would obey.

    Raises:
        UsageError: the note is too long.
    """
    note = one_line(text)
    if len(note) > MOST_NOTE:
        raise UsageError(f"A note has at most {MOST_NOTE:,} characters.")
    interviews = tuple(
        replace(item, note=note) if item.day == day else item
        for item in plan.interviews
    )
    return replace(plan, interviews=interviews)


def restarted(plan: StudyPlan, today: int) -> StudyPlan:
    """Return the plan as if made today, if it has no interview ahead.

    Days between the last interview and today then do not count as missed, and tasks
    that were open before the last interview are dropped.
    """
    if plan.next_interview(today):
        return plan
    tasks = tuple(
        task
        for task in plan.tasks
        if task.done_day is not None or task.day is None or task.day >= today
    )
    return replace(plan, started_day=today, tasks=tasks)


# Minutes, target and weights.


def with_minutes_changed(plan: StudyPlan, difference: int) -> StudyPlan:
    """Return the plan with more or fewer minutes a day."""
    minutes = min(max(plan.minutes + difference, LEAST_MINUTES), MOST_MINUTES)
    return replace(plan, minutes=minutes)


def with_target_changed(plan: StudyPlan, points: int) -> StudyPlan:
    """Return the plan with its target raised or lowered by some percentage points."""
    percent = round(plan.target * 100) + points
    return replace(plan, target=min(max(percent, LEAST_TARGET), MOST_TARGET) / 100)


def with_weight(plan: StudyPlan, deck: str, weight: float) -> StudyPlan:
    """Return the plan with this weight for a deck or area."""
    return _with_weights(plan, {**dict(plan.weights), deck: weight})


def with_weight_changed(plan: StudyPlan, area: str, steps: int) -> StudyPlan:
    """Return the plan with the weights of an area and of the decks in it changed by steps."""
    if not plan.weight_of(area):
        return plan
    own_weights = {
        key: weight for key, weight in plan.weights if weight and is_within(key, area)
    }
    weights = dict(plan.weights)
    for key, weight in {area: plan.weight_of(area), **own_weights}.items():
        weights[key] = min(max(weight + WEIGHT_STEP * steps, WEIGHT_STEP), MOST_WEIGHT)
    return _with_weights(plan, weights)


def with_area_toggled(plan: StudyPlan, area: str) -> StudyPlan:
    """Return the plan without an area, or with an area that was left out."""
    others = {key: weight for key, weight in plan.weights if not is_within(key, area)}
    if plan.weight_of(area):
        return _with_weights(plan, {**others, area: 0.0})
    scope = plan.scope
    if scope and not any(is_within(area, key) for key in scope):
        scope = (*(key for key in scope if not is_within(key, area)), area)
    return replace(_with_weights(plan, others), scope=scope)


def _with_weights(plan: StudyPlan, weights: dict[str, float]) -> StudyPlan:
    return replace(plan, weights=tuple(sorted(weights.items())))


# Days off.


def with_day_off_toggled(plan: StudyPlan, day: int) -> StudyPlan:
    """Return the plan with a single day off, or with that day as a study day again."""
    if weekday(day) in plan.weekdays_off:
        return plan
    return replace(plan, dates_off=tuple(sorted({*plan.dates_off} ^ {day})))


def with_weekday_off_toggled(plan: StudyPlan, day: int) -> StudyPlan:
    """Return the plan with this day of every week off, or as a study day again."""
    weekdays = {*plan.weekdays_off} ^ {weekday(day)}
    return replace(plan, weekdays_off=tuple(sorted(weekdays)))


def with_weekdays_off(plan: StudyPlan, weekdays: Iterable[int]) -> StudyPlan:
    """Return the plan with exactly these days of every week off, Monday 0 to Sunday 6."""
    return replace(plan, weekdays_off=tuple(sorted(set(weekdays))))


def with_days_off(plan: StudyPlan, days: Iterable[int]) -> StudyPlan:
    """Return the plan with some more single days off."""
    return replace(plan, dates_off=tuple(sorted({*plan.dates_off, *days})))


# Tasks.


def with_task_toggled(plan: StudyPlan, name: str, today: int) -> StudyPlan:
    """Return the plan with a task marked as done today, or as open again."""
    tasks = tuple(
        replace(task, done_day=today if task.done_day is None else None)
        if task.name == name
        else task
        for task in plan.tasks
    )
    return replace(plan, tasks=tasks)


def with_suggested_tasks(plan: StudyPlan, today: int) -> StudyPlan:
    """Return the plan with a quiz for each whole week ahead that has none."""
    return replace(plan, tasks=(*plan.tasks, *suggest_tasks(plan, today)))


def suggest_tasks(plan: StudyPlan, today: int) -> tuple[Task, ...]:
    """Return a quiz for each whole week from the start of the plan until the interview.

    Weeks that are over by half or have a suggested quiz get none. The names differ from
    those of all tasks that the plan has.
    """
    interview = plan.next_interview(today)
    if interview is None:
        return ()
    matches = [(_SUGGESTED_TASK.fullmatch(task.name), task) for task in plan.tasks]
    number = max((int(match[1]) for match, _ in matches if match), default=0)
    quiz_days = {task.day for match, task in matches if match and task.kind == "quiz"}
    weeks_over = max(0, today - plan.started_day) // WEEK
    first_week = plan.started_day + weeks_over * WEEK
    tasks: list[Task] = []
    for first in range(first_week, interview.day - WEEK + 1, WEEK):
        days = [day for day in range(first, first + WEEK) if not plan.is_off(day)]
        if not days or quiz_days.intersection(range(first, first + WEEK)):
            continue
        middle = days[len(days) // 2]
        if middle >= today:
            number += 1
            tasks.append(Task(f"quiz-{number}", "quiz", _QUIZ_TITLE, 15, middle))
    return tuple(tasks)


def _with_tasks_moved(plan: StudyPlan, before: StudyPlan, today: int) -> StudyPlan:
    """Return the plan with its tasks as its new interview date needs them.

    Suggested tasks beyond the date are dropped, others move to the last study day, and
    weeks that are new get their quiz if the plan had suggested ones.
    """
    interview = plan.next_interview(today)
    if interview is None or before.next_interview(today) is None:
        return plan
    had_suggested = any(_SUGGESTED_TASK.fullmatch(task.name) for task in plan.tasks)
    tasks = tuple(
        replace(task, day=min(task.day, interview.day - 1)) if task.day else task
        for task in plan.tasks
        if task.done_day is not None
        or task.day is None
        or task.day < interview.day
        or not _SUGGESTED_TASK.fullmatch(task.name)
    )
    plan = with_tasks_on_study_days(replace(plan, tasks=tasks), today)
    return with_suggested_tasks(plan, today) if had_suggested else plan


def with_tasks_on_study_days(plan: StudyPlan, today: int) -> StudyPlan:
    """Return the plan with every task ahead moved off the free days.

    Such a task moves to the next study day before the interview, or to the last study
    day if none follows.
    """
    interview = plan.next_interview(today)
    if interview is None:
        return plan
    study_days = [day for day in range(today, interview.day) if not plan.is_off(day)]

    def move_to_study_day(task: Task) -> Task:
        day = task.day
        if day is None or task.done_day is not None or not today <= day < interview.day:
            return task
        if not study_days or day in study_days:
            return task
        later = [study_day for study_day in study_days if study_day > day]
        return replace(task, day=later[0] if later else study_days[-1])

    return replace(plan, tasks=tuple(move_to_study_day(task) for task in plan.tasks))


def areas_of_decks(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the areas of some decks: the first parts of their keys, in order."""
    return tuple(sorted({key.partition("/")[0] for key in keys}))
