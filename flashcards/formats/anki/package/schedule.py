"""Convert what Anki stores of a card to study days, reviews and memories.

Anki counts days since the collection was created and starts each at the rollover hour. A
replay of the reviews on these days gives Anki's own memory states.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.domain.bundle import CardHistory
from flashcards.domain.cards import DAY_SECONDS, Memory, State
from flashcards.domain.clock import DAY_MS
from flashcards.domain.packed_reviews import PackedReviews
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.formats.anki.package.codes import (
    ANSWERED,
    BURIED,
    EPOCH_DAY,
    EPOCH_DUE,
    HOUR_MS,
    LAST_DAY,
    LATEST_MS,
    LEARNED,
    LEARNING,
    MOST_COUNT,
    NEW,
    RELEARNING,
    RESET,
    REVIEW,
    SUSPENDED,
)
from flashcards.scheduling.formulas import Formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.domain.bundle import PastReview
    from flashcards.formats.anki.package.tables import (
        AnkiCollection,
        CardRow,
        ReviewRow,
    )
    from flashcards.formats.formats import ReadContext


class _Days(dict[int, int]):
    """The study day of each hour since 1970, computed on first use.

    It is 0 for an hour in which a study day ends.
    """

    def __init__(self, day_of: Callable[[int], int]) -> None:
        super().__init__()
        self._day_of = day_of

    def __missing__(self, hour: int) -> int:
        first = self._day_of(hour * HOUR_MS)
        last = self._day_of((hour + 1) * HOUR_MS - 1)
        day = self[hour] = first if first == last else 0
        return day


class Reviews(NamedTuple):
    """The reviews of a card that count, oldest first, and the number of the others."""

    counted: Sequence[PastReview]
    left_out: int


class Calendar:
    """Converts Anki's day numbers and instants to study days."""

    def __init__(self, collection: AnkiCollection, context: ReadContext) -> None:
        self._day_of = context.day_of
        self._moment = context.moment
        self._days = _Days(context.day_of)
        created = min(max(collection.created, 0), LATEST_MS // 1000)
        if collection.minutes_west is None:
            # Day 0 began at this instant, the rollover hour; half a day later is surely in it.
            self._first = context.day_of((created + DAY_SECONDS // 2) * 1000)
        else:
            local = created - collection.minutes_west * 60
            self._first = EPOCH_DAY + local // DAY_SECONDS

    def from_number(self, number: int) -> int:
        """Return the study day of a day number."""
        return min(max(self._first + number, 1), LAST_DAY)

    def from_instant(self, at: int) -> int:
        """Return the study day of an instant between 1970 and 3000, in Unix ms."""
        return self._days[at // HOUR_MS] or self._day_of(at)

    def starts_at(self, day: int) -> int:
        """Return the approximate start of a study day, in Unix ms."""
        days = day - self._moment.day - 1
        return max(0, self._moment.day_ends_at + days * DAY_MS)

    @property
    def tomorrow(self) -> int:
        """The study day after the current one."""
        return self._moment.day + 1

    def past_reviews(self, rows: Sequence[ReviewRow]) -> Reviews:
        """Return the reviews of one card.

        As in Anki, reviews before a reset, or before the card was forgotten by hand, do not
        count.
        """
        kinds = [row[7] for row in rows]
        if kinds[-1] <= ANSWERED and kinds == sorted(kinds):
            return Reviews(self._to_past_reviews(rows), 0)
        counted: list[ReviewRow] = []
        left_out = 0
        was_learned = True
        for row in rows:
            kind = row[7]
            if kind == RESET or (kind == LEARNED and not was_learned):
                left_out += len(counted)
                counted = []
            was_learned = kind == LEARNED
            if kind <= ANSWERED:
                counted.append(row)
            else:
                left_out += row[3] > 0
        return Reviews(self._to_past_reviews(counted), left_out)

    def _to_past_reviews(self, rows: Sequence[ReviewRow]) -> Sequence[PastReview]:
        if not rows:
            return PackedReviews()
        # Whole columns at once, for speed: most rows of a collection are reviews.
        _, hours, times, ratings, spent, states, waits, kinds = zip(*rows, strict=True)
        days = list(map(self._days.__getitem__, hours))
        if 0 in days:
            days = [
                day or self._day_of(at) for day, at in zip(days, times, strict=True)
            ]
        if kinds[0] == LEARNED:
            states = (int(State.NEW), *states[1:])
        return PackedReviews(
            zip(times, days, ratings, spent, states, waits, strict=True)
        )


class Schedule(NamedTuple):
    """The schedule of a card."""

    memory: Memory | None
    position: int
    """The position among new cards, -1 if unknown."""
    is_new: bool
    is_suspended: bool
    is_buried: bool

    def to_history(
        self,
        key: str,
        reviews: Sequence[PastReview],
        calendar: Calendar,
        *,
        leech: bool,
    ) -> CardHistory | None:
        """Return the history of the card, None if it has none."""
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


class ScheduleReader:
    """Reads the schedules of cards."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._formulas = Formulas(DEFAULT_WEIGHTS)

    def read_schedule(self, row: CardRow) -> Schedule:
        """Return the schedule of a card, regardless of filtered decks."""
        kind, queue = row[4], row[5]
        values = _parse_data(row[14])
        due = row[12] if row[13] and row[12] else row[6]
        position = due if kind == NEW else values.get("pos")
        memory = None
        if LEARNING <= kind <= RELEARNING:
            memory = self._memory(row, due, values)
        known_position = position if isinstance(position, int) else -1
        is_buried = queue in BURIED
        return Schedule(
            memory, known_position, kind == NEW, queue == SUSPENDED, is_buried
        )

    def _memory(self, row: CardRow, due: int, values: dict[str, Any]) -> Memory | None:
        kind, interval, factor, reps, lapses, steps_left = row[4], *row[7:12]
        fsrs_state = _parse_fsrs_state(values) or self._convert_sm2(factor, interval)
        if fsrs_state is None:
            return None
        stability, difficulty = fsrs_state
        due_at, due_day = self._due(due)
        last_at = _parse_instant(values.get("lrt"))
        if kind == REVIEW:
            interval = max(interval, 1)
            last_day = (
                self._calendar.from_instant(last_at) if last_at else due_day - interval
            )
            seconds = interval * DAY_SECONDS
            return Memory(
                State.REVIEW, None, stability, difficulty, due_day, None, last_day, seconds, reps, lapses
            )  # fmt: skip
        return Memory(
            state=State.LEARNING if kind == LEARNING else State.RELEARNING,
            # Anki stores the number of steps left; the last step is the second one.
            step=int(kind == LEARNING and steps_left % 1000 == 1),
            stability=stability,
            difficulty=difficulty,
            due_day=due_day,
            due_at=due_at,
            last_day=self._calendar.from_instant(last_at) if last_at else due_day,
            interval_seconds=max(0, due_at - last_at) // 1000 if last_at else 0,
            reps=reps,
            lapses=lapses,
        )

    def _due(self, due: int) -> tuple[int, int]:
        """Return the instant and the study day of a due value."""
        if due > EPOCH_DUE:
            at = min(due * 1000, LATEST_MS - 1)
            return at, self._calendar.from_instant(at)
        day = self._calendar.from_number(due)
        return self._calendar.starts_at(day), day

    def _convert_sm2(self, factor: int, interval: int) -> tuple[float, float] | None:
        if interval < 1 or factor <= 0:
            return None
        return self._formulas.from_sm2(factor / 1000, interval)


def _parse_data(text: str) -> dict[str, Any]:
    """Return the values of the column data; empty if it is invalid."""
    if text in ("", "{}"):
        return {}
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _parse_fsrs_state(values: dict[str, Any]) -> tuple[float, float] | None:
    """Return stability and difficulty if both are stored and in range."""
    stability, difficulty = values.get("s"), values.get("d")
    if not isinstance(stability, float | int) or not isinstance(
        difficulty, float | int
    ):
        return None
    if not (0 < stability <= MOST_COUNT and 1 <= difficulty <= 10):  # noqa: PLR2004
        return None
    return float(stability), float(difficulty)


def _parse_instant(seconds: Any) -> int:
    """Return an instant in Unix ms, 0 for an invalid or missing value."""
    if not isinstance(seconds, int) or not 0 < seconds < LATEST_MS // 1000:
        return 0
    return seconds * 1000
