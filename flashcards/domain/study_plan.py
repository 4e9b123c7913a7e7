"""The study plan: interview dates, minutes per day, days off, weights and tasks.

A plan is a plain value. The store saves it, `decks.plan_file` writes it as text, and the
queue of the day and every forecast use it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MONDAY, SUNDAY = 0, 6
WEEK = 7
QUIZ_QUESTIONS = 10
"""The questions of a quiz that does a quiz task."""
DEFAULT_MINUTES = 15
DEFAULT_TARGET = 0.85
TIER_WEIGHTS = (1.0, 0.5, 0.25)
"""Weight of a note by its tier: core, depth, stretch."""
MOST_WEIGHT = 10.0
MOST_NOTE = 1000
"""Characters of a note about an interview."""
MOST_DAYS_AHEAD = 730
"""The horizon of forecasts in days; no interview can be planned further ahead."""
LAST_DAY_MINUTES = 10
"""Minutes of study on the day before an interview, at most."""
FOLLOW_UP_DAYS = 7
"""Days after an interview on which the learner is asked how it went."""
TASK_KINDS = ("read", "watch", "mock", "quiz")


@dataclass(frozen=True, slots=True)
class Interview:
    """The date of an interview."""

    day: int
    """Study day of the interview; the last day of study is the one before."""
    title: str = ""
    note: str = ""
    """How it went, in the learner's words; empty for no note."""


class NearInterviews(NamedTuple):
    """The interviews that a study day is about."""

    today: Interview | None = None
    tomorrow: Interview | None = None
    without_note: Interview | None = None
    """The latest interview of the days before, if nothing is noted about it yet."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task besides cards."""

    name: str
    """Short name for marking it as done, unique within a plan."""
    kind: str
    """`read`, `watch`, `mock` or `quiz`."""
    title: str
    minutes: int = 0
    """Expected minutes; 0 if unknown."""
    day: int | None = None
    """Study day on which it is planned."""
    done_day: int | None = None
    """Study day on which it was marked as done."""


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """The study plan."""

    started_day: int
    """Study day on which the plan was made."""
    interviews: tuple[Interview, ...] = ()
    """In the order of their days."""
    minutes: int = DEFAULT_MINUTES
    """Minutes per study day."""
    target: float = DEFAULT_TARGET
    """Target readiness on the interview day, 0 to 1."""
    weekdays_off: tuple[int, ...] = ()
    """Days of the week without study, Monday 0 to Sunday 6."""
    dates_off: tuple[int, ...] = ()
    """Single days without study."""
    scope: tuple[str, ...] = ()
    """Decks of the plan, by key or leading part; empty for all."""
    weights: tuple[tuple[str, float], ...] = ()
    """Weight by deck key or leading part; 0 excludes it, others have 1."""
    tasks: tuple[Task, ...] = ()

    def next_interview(self, today: int) -> Interview | None:
        """Return the next interview after today, None without one."""
        future = [item for item in self.interviews if item.day > today]
        return min(future, key=lambda interview: interview.day) if future else None

    def last_interview(self, today: int) -> Interview | None:
        """Return the latest interview up to today, None without one."""
        past = [item for item in self.interviews if item.day <= today]
        return max(past, key=lambda interview: interview.day) if past else None

    def interview_on(self, day: int) -> Interview | None:
        """Return the interview of a study day, None without one."""
        return next((item for item in self.interviews if item.day == day), None)

    def near_interviews(self, today: int) -> NearInterviews:
        """Return the interviews that a study day is about."""
        last = self.last_interview(today - 1)
        if last is not None and (last.note or last.day < today - FOLLOW_UP_DAYS):
            last = None
        return NearInterviews(
            self.interview_on(today), self.interview_on(today + 1), last
        )

    def rests_on(self, day: int) -> bool:
        """Return whether a study day is a day off or the day of an interview."""
        return self.is_off(day) or self.interview_on(day) is not None

    def minutes_on(self, day: int) -> int:
        """Return the minutes of study on a day.

        None on a day off and on the day of an interview, and few on the day before one,
        unless the plan was made on that day.
        """
        if self.rests_on(day):
            return 0
        is_last_day = self.interview_on(day + 1) is not None
        if is_last_day and self.started_day < day:
            return min(self.minutes, LAST_DAY_MINUTES)
        return self.minutes

    def is_off(self, day: int) -> bool:
        """Return whether a study day is a day off."""
        return day in self.dates_off or weekday(day) in self.weekdays_off

    def tasks_on(self, today: int, quiz_days: Sequence[int] = ()) -> tuple[Task, ...]:
        """Return the tasks as they are on a study day.

        A finished quiz does the first open quiz task that is due by the end of the week
        that begins with its day. An open task whose day is over is due on the next study
        day.

        Args:
            today: The study day.
            quiz_days: The study days of finished quizzes, in order.
        """
        done_days = self._match_quizzes(quiz_days)
        return tuple(
            replace(task, done_day=done_days[task.name])
            if task.name in done_days
            else self._as_due(task, today)
            for task in self.tasks
        )

    def _match_quizzes(self, quiz_days: Sequence[int]) -> dict[str, int]:
        """Return the day of the quiz that does each open quiz task, by the task's name."""
        quizzes = [task for task in self.tasks if task.kind == "quiz"]
        days = list(quiz_days)
        for task in quizzes:
            # The learner marked this task as done for that quiz.
            if task.done_day in days:
                days.remove(task.done_day)
        open_quizzes = sorted(
            (task for task in quizzes if task.done_day is None),
            key=lambda task: task.day or 0,
        )
        done_days: dict[str, int] = {}
        for day in days:
            for task in open_quizzes:
                if task.name not in done_days and (task.day or 0) < day + WEEK:
                    done_days[task.name] = day
                    break
        return done_days

    def _as_due(self, task: Task, today: int) -> Task:
        if task.day is None or task.done_day is not None or task.day >= today:
            return task
        interview = self.next_interview(today)
        end = min(interview.day, today + MOST_DAYS_AHEAD) if interview else today + 1
        days = (day for day in range(today, end) if not self.is_off(day))
        return replace(task, day=next(days, today))

    def study_days(self, first: int, end: int) -> int:
        """Return the number of study days from `first` up to but not including `end`."""
        if end <= first:
            return 0
        # Counted by weeks, because an imported plan may cover thousands of years.
        weekdays = set(self.weekdays_off)
        days_off = sum(
            (off_day - first + 1) // 7 - (off_day - end + 1) // 7
            for off_day in weekdays
        ) + sum(
            first <= day < end and weekday(day) not in weekdays
            for day in set(self.dates_off)
        )
        return end - first - days_off

    def length(self, day: int) -> int:
        """Return the days from the start or the previous interview to a day, at least 1."""
        previous = [item.day for item in self.interviews if item.day < day]
        return max(1, day - max([self.started_day, *previous]))

    def weight_of(self, deck: str) -> float:
        """Return the weight of a deck: that of the longest leading part of its key with a weight.

        A deck outside of the scope weighs 0.
        """
        if self.scope and not any(is_within(deck, part) for part in self.scope):
            return 0.0
        matches = [
            (len(part), weight)
            for part, weight in self.weights
            if is_within(deck, part)
        ]
        return max(matches)[1] if matches else 1.0

    def card_weight(self, deck: str, tier: int) -> float:
        """Return the weight of a card by its deck and the tier of its note, core 0."""
        return self.weight_of(deck) * TIER_WEIGHTS[min(tier, len(TIER_WEIGHTS) - 1)]


def list_open_tasks(tasks: Iterable[Task], until: int) -> tuple[Task, ...]:
    """Return the open tasks that are due on a day up to `until`, ordered by day."""
    open_tasks = [
        (task.day, index, task)
        for index, task in enumerate(tasks)
        if task.done_day is None and task.day is not None and task.day <= until
    ]
    return tuple(task for _, _, task in sorted(open_tasks, key=lambda item: item[:2]))


def weekday(day: int) -> int:
    """Return the day of the week of a study day, Monday 0 to Sunday 6."""
    return (day - 1) % 7


def is_within(deck: str, part: str) -> bool:
    """Return whether a deck has this key or is below it."""
    return deck == part or deck.startswith(f"{part.rstrip('/')}/")


class SavedForecast(NamedTuple):
    """A readiness forecast as it was saved on the morning it was made."""

    made_day: int
    """Study day on which it was made."""
    target_day: int
    """Study day that it is about."""
    readiness: float
    """Expected readiness, 0 to 1."""
    low: float
    """Lower end of the likely range, 0 to 1."""
    high: float
    """Upper end of the likely range, 0 to 1."""
    minutes: int
    """Minutes a day that were planned."""
    cards: int
    """Cards that it is about."""
    is_full: bool
    """Whether value and range come from simulated learners, not from the quick estimate."""
