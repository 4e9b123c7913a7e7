"""What is next after today: tomorrow's cards, the interview, and the next task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope
from flashcards.domain.clock import DAY_MS
from flashcards.domain.study_plan import WEEK, list_open_tasks
from flashcards.study.queue.cards_left import QueueCounts
from flashcards.study.queue.load import load_queue
from flashcards.study.queue.pace import estimate_pace
from flashcards.study.today.overview import find_day_budget

if TYPE_CHECKING:
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import Interview, StudyPlan, Task
    from flashcards.store.reader import Reader
    from flashcards.study.queue.day_budget import DayBudget
    from flashcards.study.queue.pace import Pace

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
    reader: Reader, settings: Settings, pace: Pace, moment: Moment
) -> UpNext:
    """Return what is next after today.

    Tomorrow's cards are those that will be asked if what is left of today is done, and if
    nothing else is done today.
    """
    plan = reader.plan.load()
    interview = plan.next_interview(moment.day) if plan else None
    day, counts, is_off, has_cards = moment.day + 1, _NONE, False, True
    if plan is not None and interview is not None:
        is_off = plan.is_off(day)
        has_cards = not is_off and plan.minutes > 0 and interview.day > day
    if has_cards:
        budget = find_day_budget(reader, plan, moment.day, pace)
        counts = _count_tomorrow(reader, settings, moment, budget)
    return UpNext(
        moment.day,
        counts,
        estimate_pace(reader.log.answer_times(day)).seconds(counts),
        is_off,
        interview,
        find_next_task(reader, plan, moment.day),
    )


def find_next_task(reader: Reader, plan: StudyPlan | None, today: int) -> Task | None:
    """Return the first task of the coming week that is not done, of a plan with a date.

    None on the day of an interview.
    """
    if plan is None or plan.next_interview(today) is None or plan.interview_on(today):
        return None
    tasks = reader.plan.tasks(plan, today)
    return next(iter(list_open_tasks(tasks, today + WEEK)), None)


def _count_tomorrow(
    reader: Reader, settings: Settings, moment: Moment, budget: DayBudget | None
) -> QueueCounts:
    then = replace(
        moment,
        at=moment.day_ends_at,
        day=moment.day + 1,
        day_ends_at=moment.day_ends_at + DAY_MS,
    )
    today = load_queue(reader, settings, Scope(), moment)
    done_today = {card.card_id for card in today.list_left(moment.at, budget)}
    queue = load_queue(reader, settings, Scope(), then, without=done_today)
    return queue.count_left(then.at).counts
