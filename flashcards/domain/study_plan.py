"""What a learner plans: interview dates, minutes a day, days off, weights, tasks.

A plan is a plain value. It is kept by the store, written as text by `decks.plan_file`, and
read by the queue of the day and by every forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MONDAY, SUNDAY = 0, 6
DEFAULT_MINUTES = 15
DEFAULT_TARGET = 0.85
TIER_WEIGHTS = (1.0, 0.5, 0.25)
"""Weight of a note by its tier: core, depth, stretch."""
MOST_WEIGHT = 10.0
MOST_DAYS_AHEAD = 730
"""Days ahead that forecasts look; no interview can be planned further away."""
TASK_KINDS = ("read", "watch", "mock", "quiz")


@dataclass(frozen=True, slots=True)
class Interview:
    """A day on which the learner wants to know everything."""

    day: int
    """Study day; the last day of study is the one before."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do besides cards."""

    name: str
    """Short name by which it is ticked off, unique within a plan."""
    kind: str
    """`read`, `watch`, `mock` or `quiz`."""
    title: str
    minutes: int = 0
    """Expected minutes; 0 where nobody knows."""
    day: int | None = None
    """Study day on which it is meant to be done."""
    done_day: int | None = None
    """Study day on which it was ticked off."""


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """Everything planned."""

    started_day: int
    """Study day on which the plan was made."""
    interviews: tuple[Interview, ...] = ()
    """By day."""
    minutes: int = DEFAULT_MINUTES
    """Minutes a study day."""
    target: float = DEFAULT_TARGET
    """Readiness wished for on the day, 0 to 1."""
    weekdays_off: tuple[int, ...] = ()
    """Days of the week without study, Monday 0 to Sunday 6."""
    dates_off: tuple[int, ...] = ()
    """Single study days without study."""
    scope: tuple[str, ...] = ()
    """Decks meant, by key or leading part; empty for all."""
    weights: tuple[tuple[str, float], ...] = ()
    """Weight by deck key or leading part; 0 leaves it out, what is not named has 1."""
    tasks: tuple[Task, ...] = ()

    def next_interview(self, today: int) -> Interview | None:
        """Return the first interview that is still ahead; None where there is none."""
        ahead = [one for one in self.interviews if one.day > today]
        return min(ahead, key=lambda one: one.day) if ahead else None

    def last_interview(self, today: int) -> Interview | None:
        """Return the newest interview that is today or past."""
        past = [one for one in self.interviews if one.day <= today]
        return max(past, key=lambda one: one.day) if past else None

    def is_off(self, day: int) -> bool:
        """Return whether a study day is planned to be free."""
        return day in self.dates_off or weekday(day) in self.weekdays_off

    def open_tasks(self, until: int) -> tuple[Task, ...]:
        """Return the tasks not done that are meant for a day up to `until`, by day."""
        dated = [
            (task.day, place, task)
            for place, task in enumerate(self.tasks)
            if task.done_day is None and task.day is not None and task.day <= until
        ]
        return tuple(task for _, _, task in sorted(dated, key=lambda one: one[:2]))

    def study_days(self, first: int, end: int) -> int:
        """Return the days of study from `first` up to but not including `end`."""
        if end <= first:
            return 0
        # Counted by weeks: a plan from elsewhere may begin or end thousands of years away.
        weekdays = set(self.weekdays_off)
        off = sum(
            (name - first + 1) // 7 - (name - end + 1) // 7 for name in weekdays
        ) + sum(
            first <= day < end and weekday(day) not in weekdays
            for day in set(self.dates_off)
        )
        return end - first - off

    def length(self, day: int) -> int:
        """Return the days from the start of the plan to an interview, at least 1."""
        before = [one.day for one in self.interviews if one.day < day]
        return max(1, day - max([self.started_day, *before]))

    def weight_of(self, deck: str) -> float:
        """Return the weight of a deck: that of the longest part of its key that has one.

        A deck outside of the scope weighs 0.
        """
        if self.scope and not any(is_within(deck, part) for part in self.scope):
            return 0.0
        named = [(len(part), w) for part, w in self.weights if is_within(deck, part)]
        return max(named)[1] if named else 1.0

    def card_weight(self, deck: str, tier: int) -> float:
        """Return the weight of a card by its deck and the tier of its note, core 0."""
        return self.weight_of(deck) * TIER_WEIGHTS[min(tier, len(TIER_WEIGHTS) - 1)]


def weekday(day: int) -> int:
    """Return the day of the week of a study day, Monday 0 to Sunday 6."""
    return (day - 1) % 7


def is_within(deck: str, part: str) -> bool:
    """Return whether a deck has this key, or lies below it."""
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
