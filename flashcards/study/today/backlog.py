"""Cards that waited: how many, and by when some minutes a day clear them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flashcards.domain.settings.settings import Settings
    from flashcards.store.reader import Reader
    from flashcards.study.queue.pace import Pace

_LONGEST = 365
"""Days ahead that are looked at."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Reviews that were due before today and do not fit into one day."""

    cards: int
    minutes: int
    """Minutes of reviews a day; 0 where a day has no end."""
    clear_day: int | None
    """Study day at whose end none is left waiting; None where that is not in sight."""


def compute_backlog(
    reader: Reader, settings: Settings, pace: Pace, day: int
) -> Backlog | None:
    """Return the cards that waited; None where one day's minutes and limits hold them."""
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
    """Return the day at whose end no card waits, with so many cards a day.

    Args:
        due: Cards by the study day on which they fall due, all that wait among today's.
        day: Today.
        a_day: Cards that are reviewed a day. What they bring back later is not counted.
    """
    left = 0
    for then in range(day, day + _LONGEST):
        left = max(0, left + due.get(then, 0) - a_day)
        if not left:
            return then
    return None
