"""The backlog: overdue reviews, and the day by which it is cleared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flashcards.domain.settings.settings import Settings
    from flashcards.store.reader import Reader
    from flashcards.study.queue.pace import Pace

_LONGEST = 365
"""Days ahead within which the backlog must be cleared."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Reviews that were due before today and do not fit into one day."""

    cards: int
    minutes: int
    """Minutes of reviews a day; 0 for no limit."""
    clear_day: int | None
    """The study day at whose end no card waits; None where that takes longer than a year."""


def compute_backlog(
    reader: Reader, settings: Settings, pace: Pace, day: int
) -> Backlog | None:
    """Return the backlog; None where the overdue cards fit into one day."""
    waiting = sum(row.review for row in reader.queue.due_counts(day - 1, 0))
    if not waiting:
        return None
    minutes = settings.minutes
    _, most = settings.limits()[""]
    a_day = min(most, int(minutes * 60 / pace.review)) if minutes else most
    if waiting <= a_day:
        return None
    today = sum(row.review for row in reader.queue.due_counts(day, 0))
    ahead = reader.figures.due_by_day(day)
    due = {day: today, **{then: n for then, n in ahead.items() if then > day}}
    return Backlog(waiting, minutes, find_clear_day(due, day, a_day))


def find_clear_day(due: dict[int, int], day: int, a_day: int) -> int | None:
    """Return the study day at whose end no card waits.

    Args:
        due: Cards by the study day on which they are due; overdue cards count as today's.
        day: Today.
        a_day: Cards reviewed a day. Their own later reviews are not counted.
    """
    left = 0
    for then in range(day, day + _LONGEST):
        left = max(0, left + due.get(then, 0) - a_day)
        if not left:
            return then
    return None
