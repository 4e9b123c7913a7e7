"""What is next after today: tomorrow's cards, the interview, and the next task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope
from flashcards.domain.clock import DAY_MS
from flashcards.study.queue.load import load_queue
from flashcards.study.queue.queue import QueueCounts
from flashcards.study.today.overview import predict_tomorrow

if TYPE_CHECKING:
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import Interview, StudyPlan, Task
    from flashcards.store.reader import Reader
    from flashcards.study.queue.pace import Pace
    from flashcards.study.today.overview import Overview

_WEEK = 7
_NONE = QueueCounts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class UpNext:
    """What is next once today is done."""

    today: int
    counts: QueueCounts
    """Tomorrow's cards."""
    seconds: float
    """Predicted seconds of those."""
    is_off: bool = False
    """Whether tomorrow is a day off."""
    interview: Interview | None = None
    """The next interview, None where no interview is ahead."""
    task: Task | None = None
    """The first task of the coming week that is not done."""


def load_up_next(
    reader: Reader, settings: Settings, pace: Pace, moment: Moment, today: Overview
) -> UpNext:
    """Return what is next after today.

    With a study plan tomorrow's cards are those that it would ask if nothing more is done
    today; without one, those that become due within the limits.
    """
    plan = reader.plan.load()
    interview = plan.next_interview(moment.day) if plan else None
    if plan is None or interview is None:
        return UpNext(moment.day, *predict_tomorrow(reader, settings, pace, today))
    day = moment.day + 1
    is_off = plan.is_off(day)
    counts = _NONE
    if not is_off and interview.day > day:
        counts = _count_tomorrow(reader, settings, moment)
    return UpNext(
        moment.day,
        counts,
        pace.seconds(counts),
        is_off,
        interview,
        find_next_task(plan, moment.day),
    )


def find_next_task(plan: StudyPlan | None, today: int) -> Task | None:
    """Return the first task of the coming week that is not done, of a plan with a date."""
    if plan is None or plan.next_interview(today) is None:
        return None
    return next(iter(plan.open_tasks(today + _WEEK)), None)


def _count_tomorrow(reader: Reader, settings: Settings, moment: Moment) -> QueueCounts:
    then = replace(
        moment,
        at=moment.day_ends_at,
        day=moment.day + 1,
        day_ends_at=moment.day_ends_at + DAY_MS,
    )
    return load_queue(reader, settings, Scope(), then).counts
