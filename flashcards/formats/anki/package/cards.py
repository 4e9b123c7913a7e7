"""Convert cards with their memories and reviews to rows of an Anki collection."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, Reason, State
from flashcards.domain.clock import DAY_MS
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS, DeckOptions
from flashcards.formats.anki.package.codes import (
    EPOCH_DAY,
    LATEST_MS,
    LEARN,
    LEARNING,
    NEW,
    RELEARN,
    RELEARNING,
    REVIEW,
    REVIEWED,
    SUSPENDED,
)
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.replay import Replayer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flashcards.domain.bundle import CardHistory, PastReview
    from flashcards.formats.formats import WriteContext

FIRST_DAY = 732_312
"""The date ordinal of 1 January 2006, day 0 of every package: before Anki's first release."""
_NOON = 43_200
_BURIED = -3
_FACTOR = 2500
_TYPES = {State.LEARNING: LEARNING, State.REVIEW: REVIEW, State.RELEARNING: RELEARNING}
_STEPS_LEFT, _LAST_STEP_LEFT = 2002, 1001
_RETENTION, _DECAY = 0.9, 0.1542
_DIGITS = 6

CardValues = tuple[int, int, int, int, int, int, int, int, str]
"""Type, queue, due, interval, factor, reviews, lapses, steps left, data."""
RevlogRow = tuple[int, int, int, int, int, int, int, int, int]
"""Id, card id, update sequence number, ease, interval, last interval, factor, duration, type."""

# Big-endian, so that sorted bytes are in the order of instants, then cards, then answers.
_PACKED = struct.Struct(">QQIBiiHIB")


class CardWriter:
    """Converts the histories of cards to the values of their rows."""

    def __init__(self, context: WriteContext) -> None:
        self._today = context.moment.day
        self._seconds_ahead = context.utc_offset_minutes * 60
        self._rollover = context.rollover_hour * 3600
        self._formulas = Formulas(DEFAULT_WEIGHTS)
        self._first = {
            rating: self._formulas.first(rating)[1] for rating in map(int, Rating)
        }
        self._replayer = Replayer(DeckOptions(), self._day_of)

    @property
    def created(self) -> int:
        """The instant of day 0 in Unix seconds."""
        return (FIRST_DAY - EPOCH_DAY) * DAY_SECONDS - self._seconds_ahead

    def card(self, history: CardHistory | None, position: int) -> CardValues:
        """Return the values of the card at a position among all cards."""
        if history is None:
            return NEW, NEW, position, 0, 0, 0, 0, 0, ""
        memory = self._memory(history)
        if memory.state is State.NEW:
            kind, due, days, steps_left, factor, data = NEW, position, 0, 0, 0, ""
        else:
            kind, factor = _TYPES[memory.state], _FACTOR
            due, last = self._due_and_last_review(memory, reviews_since_reset(history))
            days = (
                max(1, memory.interval_days)
                if kind == REVIEW
                else int(kind == RELEARNING)
            )
            steps_left = 0 if kind == REVIEW else _STEPS_LEFT
            if kind == RELEARNING or (kind == LEARNING and memory.step):
                steps_left = _LAST_STEP_LEFT
            data = _to_json_data(memory, position, last)
        queue = LEARNING if kind == RELEARNING else kind
        if history.suspended:
            queue = SUSPENDED
        elif history.buried_until is not None and history.buried_until > self._today:
            queue = _BURIED
        return (
            kind,
            queue,
            due,
            days,
            factor,
            memory.reps,
            memory.lapses,
            steps_left,
            data,
        )

    def reviews(self, history: CardHistory, card_id: int) -> Iterator[bytes]:
        """Yield the reviews of a card, each packed so that they can be sorted."""
        pack, next_difficulty = _PACKED.pack, self._formulas.next_difficulty
        difficulty = 0.0
        before = 0
        is_learning = True
        for index, (at, _, rating, spent, state, wait, *_) in enumerate(
            reviews_since_reset(history)
        ):
            difficulty = (
                next_difficulty(difficulty, rating) if index else self._first[rating]
            )
            # Anki drops the reviews before a later one of the type "learn".
            is_learning = is_learning and state <= State.LEARNING
            interval = -wait if wait % DAY_SECONDS else wait // DAY_SECONDS
            yield pack(
                at if 0 < at < LATEST_MS else 1,
                card_id,
                index,
                rating,
                interval,
                before,
                round((difficulty - 1) / 9 * 1000) + 100,
                spent if 0 <= spent < DAY_MS else 0,
                LEARN
                if is_learning
                else REVIEWED
                if state == State.REVIEW
                else RELEARN,
            )
            before = interval

    def _memory(self, history: CardHistory) -> Memory:
        if history.memory is not None:
            return history.memory
        return self._replayer.compute_memory(
            [
                (review.day, review.rating, review.interval_seconds, review.at)
                for review in reviews_since_reset(history)
            ]
        )

    def _due_and_last_review(
        self, memory: Memory, reviews: Sequence[PastReview]
    ) -> tuple[int, int]:
        """Return a card's due value as Anki counts it, and its last review in Unix seconds."""
        if memory.state is State.REVIEW:
            due_day = memory.due_day or self._today
            last_day = memory.last_day or due_day - max(1, memory.interval_days)
            due, last = due_day - FIRST_DAY, self._noon_of(last_day)
        else:
            due = (memory.due_at or 0) // 1000
            last = due - memory.interval_seconds
        if reviews:
            # Anki's database check expects the instant of the last review.
            last = reviews[-1].at // 1000
        return due, max(last, 1)

    def _noon_of(self, day: int) -> int:
        """Return the middle of a study day in Unix seconds."""
        midnight = (day - EPOCH_DAY) * DAY_SECONDS - self._seconds_ahead
        return midnight + self._rollover + _NOON

    def _day_of(self, at: int) -> int:
        local = at // 1000 + self._seconds_ahead - self._rollover
        return EPOCH_DAY + local // DAY_SECONDS


def reviews_since_reset(history: CardHistory) -> Sequence[PastReview]:
    """Return the reviews of a card since it was last reset, oldest first."""
    if not history.anchors:
        return history.reviews
    resets = [
        anchor.after for anchor in history.anchors if anchor.reason is Reason.RESET
    ]
    return history.reviews[max(resets, default=0) :]


def revlog_rows(packed: Iterable[bytes]) -> Iterator[RevlogRow]:
    """Yield the rows of packed and sorted reviews, each with a unique id."""
    unpack = _PACKED.unpack
    last = 0
    for review in packed:
        at, card, _, rating, interval, before, factor, duration, kind = unpack(review)
        last = at if at > last else last + 1
        yield last, card, -1, rating, interval, before, factor, duration, kind


def _to_json_data(memory: Memory, position: int, last: int) -> str:
    strength = ""
    if memory.stability is not None and memory.difficulty is not None:
        stability, difficulty = memory.stability, memory.difficulty
        strength = (
            f',"s":{round(stability, _DIGITS)!r},"d":{round(difficulty, _DIGITS)!r}'
        )
    return f'{{"pos":{position}{strength},"dr":{_RETENTION},"decay":{_DECAY},"lrt":{last}}}'
