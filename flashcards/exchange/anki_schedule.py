"""What Anki knows of a card as what we know of it: study days, reviews and memories.

Anki counts days since the collection was made and starts each at the rollover hour. A replay
of the reviews with the days that stand here comes to Anki's own memory states.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.bundle import CardHistory, PastReview
from flashcards.cards import DAY_SECONDS, Memory, State
from flashcards.clock import DAY_MS
from flashcards.scheduling.formulas import Formulas
from flashcards.settings import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.exchange.anki_tables import CardRow, Collection, ReviewRow
    from flashcards.exchange.formats import Reading

EPOCH_DAY = 719_163
"""The date ordinal of 1 January 1970."""
LAST_DAY = 2_958_465
"""The date ordinal of the year 8100: a later day is a mistake of the file."""
LATEST_MS = 32_503_680_000_000
"""1 January 3000: a later instant is a mistake of the file."""

NEW, LEARNING, REVIEW, RELEARNING = range(4)
"""Types of cards."""
SUSPENDED = -1
BURIED = (-2, -3)
"""Queues of cards that are not asked."""
_EPOCH_DUE = 1_000_000_000
"""A due above is an instant in Unix seconds, one below a day."""

LEARN, REVIEWED, RELEARN, FILTERED, MANUAL = range(5)
"""Types of reviews; a fifth type and later ones are no answers."""
_RESCALED = (LEARN, RELEARN)
_MIDDLE = (2, 3)
_EASES = range(1, 5)
_STATES = {
    LEARN: int(State.LEARNING),
    REVIEWED: int(State.REVIEW),
    RELEARN: int(State.RELEARNING),
}
_LONGEST_DAYS = 36_500
_MOST_COUNT = 1_000_000
_HOUR_MS = 3_600_000
_MIXED = -1


class Calendar:
    """The study days of Anki's day numbers, and of instants."""

    def __init__(self, collection: Collection, reading: Reading) -> None:
        self._day_of = reading.day_of
        self._moment = reading.moment
        self._days: dict[int, int] = {}
        created = min(max(collection.created, 0), LATEST_MS // 1000)
        if collection.minutes_west is None:
            # Day 0 began at this instant, at the rollover hour; its noon is surely within it.
            self._first = reading.day_of((created + DAY_SECONDS // 2) * 1000)
        else:
            local = created - collection.minutes_west * 60
            self._first = EPOCH_DAY + local // DAY_SECONDS

    def of_number(self, number: int) -> int:
        """Return the study day of a day number."""
        return min(max(self._first + number, 1), LAST_DAY)

    def of_instant(self, at: int) -> int:
        """Return the study day of an instant between 1970 and 3000, in Unix ms."""
        hour = at // _HOUR_MS
        day = self._days.get(hour)
        if day is None:
            start = hour * _HOUR_MS
            day, last = self._day_of(start), self._day_of(start + _HOUR_MS - 1)
            if day != last:
                day = _MIXED
            self._days[hour] = day
        return self._day_of(at) if day == _MIXED else day

    def starts_at(self, day: int) -> int:
        """Return about the instant at which a study day begins, in Unix ms."""
        days = day - self._moment.day - 1
        return max(0, self._moment.day_ends_at + days * DAY_MS)

    @property
    def tomorrow(self) -> int:
        """The study day after the current one."""
        return self._moment.day + 1


class Reviews(NamedTuple):
    """The reviews of one card that count, oldest first, and how many do not."""

    kept: list[PastReview]
    left_out: int


def past_reviews(
    rows: Iterable[ReviewRow], calendar: Calendar, *, is_second_scheduler: bool
) -> Reviews:
    """Return the reviews of one card.

    What came before a reset, or before the card was learnt anew, does not count, as in Anki;
    neither do reviews that changed no schedule.
    """
    kept: list[PastReview] = []
    left_out = 0
    was_learning = True
    day_of, new = calendar.of_instant, tuple.__new__
    for _, at, ease, interval, factor, duration, kind in rows:
        if kind == FILTERED and factor == 0:
            continue
        if ease not in _EASES or not 0 < at < LATEST_MS:
            if kind == MANUAL and factor == 0:
                left_out += len(kept)
                kept = []
            left_out += ease > 0
            was_learning = False
            continue
        if kind == LEARN and not was_learning:
            left_out += len(kept)
            kept = []
        was_learning = kind == LEARN
        if kind in _RESCALED and ease in _MIDDLE and not is_second_scheduler:
            rating = ease + 1
        else:
            rating = ease
        state = _STATES.get(kind, 2) if kept or kind != LEARN else 0
        spent = duration if 0 <= duration < DAY_MS else 0
        wait = (
            interval * DAY_SECONDS
            if 0 < interval <= _LONGEST_DAYS
            else _seconds(interval)
        )
        # Of nothing else are there so many that the call of a class would count.
        kept.append(
            new(PastReview, (at, day_of(at), rating, spent, state, wait, "", None))
        )
    return Reviews(kept, left_out)


class Schedule(NamedTuple):
    """Where a card stands."""

    memory: Memory | None
    position: int
    """The place among new cards, -1 where it is not told."""
    is_new: bool
    is_suspended: bool
    is_buried: bool

    def history(
        self,
        key: str,
        reviews: Sequence[PastReview],
        calendar: Calendar,
        *,
        leech: bool,
    ) -> CardHistory | None:
        """Return what was learnt of the card, None where there is nothing to tell."""
        if not (self.memory or reviews or self.is_suspended or self.is_buried or leech):
            return None
        return CardHistory(
            card=key,
            reviews=reviews,
            memory=self.memory,
            suspended=self.is_suspended,
            buried_until=calendar.tomorrow if self.is_buried else None,
            leech=leech,
        )


class Scheduler:
    """Reads where the cards of a collection stand."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._formulas = Formulas(DEFAULT_WEIGHTS)

    def schedule(self, row: CardRow) -> Schedule:
        """Return where a card stands, wherever a filtered deck has put it."""
        kind, queue = row[4], row[5]
        values = _data(row[14])
        due = row[12] if row[13] and row[12] else row[6]
        position = due if kind == NEW else values.get("pos")
        memory = None
        if LEARNING <= kind <= RELEARNING:
            memory = self._memory(row, due, values)
        return Schedule(
            memory=memory,
            position=position if isinstance(position, int) else -1,
            is_new=kind == NEW,
            is_suspended=queue == SUSPENDED,
            is_buried=queue in BURIED,
        )

    def _memory(self, row: CardRow, due: int, values: dict[str, Any]) -> Memory | None:
        kind, factor, reps, lapses, left = row[4], *row[8:12]
        interval = min(max(row[7], 0), _LONGEST_DAYS)
        strength = _strength(values) or self._of_sm2(factor, interval)
        if strength is None:
            return None
        due_at, due_day = self._due(due)
        last_at = _instant(values.get("lrt"))
        if kind == REVIEW:
            interval = max(interval, 1)
            last_day = (
                self._calendar.of_instant(last_at) if last_at else due_day - interval
            )
            return Memory(
                state=State.REVIEW,
                stability=strength[0],
                difficulty=strength[1],
                due_day=due_day,
                last_day=last_day,
                interval_seconds=interval * DAY_SECONDS,
                reps=_count(reps),
                lapses=_count(lapses),
            )
        return Memory(
            state=State.LEARNING if kind == LEARNING else State.RELEARNING,
            # Of the steps only those that remain are told; the last one is the second.
            step=int(kind == LEARNING and left % 1000 == 1),
            stability=strength[0],
            difficulty=strength[1],
            due_day=due_day,
            due_at=due_at,
            last_day=self._calendar.of_instant(last_at) if last_at else due_day,
            interval_seconds=max(0, due_at - last_at) // 1000 if last_at else 0,
            reps=_count(reps),
            lapses=_count(lapses),
        )

    def _due(self, due: int) -> tuple[int, int]:
        """Return the instant and the study day of a due."""
        if due > _EPOCH_DUE:
            at = min(due * 1000, LATEST_MS - 1)
            return at, self._calendar.of_instant(at)
        day = self._calendar.of_number(due)
        return self._calendar.starts_at(day), day

    def _of_sm2(self, factor: int, interval: int) -> tuple[float, float] | None:
        if interval < 1 or factor <= 0:
            return None
        ease = min(factor, _MOST_COUNT) / 1000
        return self._formulas.from_sm2(ease, interval)


def _data(text: str) -> dict[str, Any]:
    """Return what the column of everything else says."""
    if text in ("", "{}"):
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _seconds(interval: int) -> int:
    """Return a wait in seconds, which Anki counts in days, or in seconds below 0."""
    if interval > 0:
        return min(interval, _LONGEST_DAYS) * DAY_SECONDS
    return min(-interval, _LONGEST_DAYS * DAY_SECONDS)


def _strength(values: dict[str, Any]) -> tuple[float, float] | None:
    """Return stability and difficulty, where both are told and can be."""
    stability, difficulty = values.get("s"), values.get("d")
    if not isinstance(stability, float | int) or not isinstance(
        difficulty, float | int
    ):
        return None
    if not (0 < stability <= _MOST_COUNT and 1 <= difficulty <= 10):  # noqa: PLR2004
        return None
    return float(stability), float(difficulty)


def _instant(seconds: Any) -> int:
    """Return an instant in Unix ms, 0 where none is told."""
    if not isinstance(seconds, int) or not 0 < seconds < LATEST_MS // 1000:
        return 0
    return seconds * 1000


def _count(number: int) -> int:
    return min(max(number, 0), _MOST_COUNT)
