"""Replay: compute the memory of a card from its reviews after its newest anchor.

Stability and difficulty depend on study days and ratings alone. State and step depend on the
options, but the interval recorded with a review wins: a card that graduated under other
learning steps stays graduated.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from flashcards.domain.cards import (
    DAY_SECONDS,
    FROM_THE_START,
    FoldStart,
    Memory,
    Rating,
    State,
)
from flashcards.domain.clock import LAST_DAY
from flashcards.scheduling.formulas import Formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flashcards.domain.cards import ReviewHistory
    from flashcards.domain.settings.settings import DeckOptions

ReplayedReview = tuple[int, int, int, int]
"""Study day, rating, scheduled wait in seconds (0 where unknown), instant in Unix ms."""

CardReview = tuple[int, int, int, int, int]
"""Card id, then the fields of a `PastReview`."""

_Transition = tuple[int, int, int]
"""State, step (0 in Review), and the wait in seconds that the step asks for (0 likewise)."""

_NEW, _LEARNING, _REVIEW, _RELEARNING = map(int, State)
_AGAIN, _HARD, _GOOD = map(int, (Rating.AGAIN, Rating.HARD, Rating.GOOD))


def replay(
    history: ReviewHistory, options: DeckOptions, day_of: Callable[[int], int]
) -> Memory:
    """Return the memory that a card's review history leads to.

    Args:
        history: The reviews of the card that count, and the memory before them.
        options: The options of its deck.
        day_of: Returns the study day of an instant; places a last learning step on its day.
    """
    reviews = [
        (row.day, int(row.rating), row.interval_seconds, row.at)
        for row in history.reviews
    ]
    return Replayer(options, day_of).compute_memory(reviews, history.anchored)


def replay_many(
    rows: Iterable[CardReview],
    options: DeckOptions,
    day_of: Callable[[int], int],
    anchored: Mapping[int, FoldStart] = MappingProxyType({}),
) -> Iterator[tuple[int, Memory]]:
    """Yield every card id with the memory that its reviews lead to.

    Args:
        rows: Reviews of cards with the same options, card by card, oldest first.
        options: The options of those cards.
        day_of: As for `replay`.
        anchored: The memory before the reviews of some cards; cards without a review are
            yielded last.
    """
    replayer = Replayer(options, day_of)
    starts = dict(anchored)
    for card_id, group in groupby(rows, key=itemgetter(0)):
        reviews = [row[1:] for row in group]
        yield (
            card_id,
            replayer.compute_memory(reviews, starts.pop(card_id, FROM_THE_START)),
        )
    for card_id, start in starts.items():
        yield card_id, replayer.compute_memory((), start)


class Replayer:
    """Replays the reviews of cards that share their options."""

    def __init__(self, options: DeckOptions, day_of: Callable[[int], int]) -> None:
        self._options = options
        self._day_of = day_of
        self._formulas = Formulas(options.weights)
        self._transitions = _build_transitions(options)
        self._steps = {
            _LEARNING: len(options.learning_steps),
            _REVIEW: 0,
            _RELEARNING: len(options.relearning_steps),
        }

    def compute_memory(
        self, reviews: Sequence[ReplayedReview], anchored: FoldStart = FROM_THE_START
    ) -> Memory:
        """Return the memory that the reviews of a card lead to.

        Args:
            reviews: The reviews, oldest first.
            anchored: The memory before them, and whether the card was made due after them.
        """
        start, made_due = anchored
        memory = self._replay_reviews(reviews, start) if reviews else start
        return memory if made_due is None else _with_earlier_due_day(memory, made_due)

    def _replay_reviews(
        self, reviews: Sequence[ReplayedReview], start: Memory
    ) -> Memory:
        stability, difficulty = self._replay_strength(reviews, start)
        state, step, step_wait, lapses = self._replay_state(reviews, start)
        day, _, wait, at = reviews[-1]
        due_at = None
        if state == _REVIEW:
            wait = wait if wait > 0 else self._days(stability) * DAY_SECONDS
            due_day = min(day + wait // DAY_SECONDS, LAST_DAY)
        else:
            wait = wait if wait > 0 else step_wait
            due_at = at + wait * 1000
            due_day = self._day_of(due_at)
        return Memory(
            state=State(state),
            step=None if state == _REVIEW else step,
            stability=stability,
            difficulty=difficulty,
            due_day=due_day,
            due_at=due_at,
            last_day=day,
            interval_seconds=wait,
            reps=start.reps + len(reviews),
            lapses=lapses,
        )

    def _replay_strength(
        self, reviews: Sequence[ReplayedReview], start: Memory
    ) -> tuple[float, float]:
        following = self._formulas.following
        remaining = iter(reviews)
        if start.stability is None or start.difficulty is None:
            last_day, rating, _, _ = next(remaining)
            stability, difficulty = self._formulas.first(rating)
        else:
            stability, difficulty = start.stability, start.difficulty
            last_day = reviews[0][0] if start.last_day is None else start.last_day
        for day, rating, _, _ in remaining:
            stability, difficulty = following(
                stability, difficulty, day - last_day, rating
            )
            last_day = day
        return stability, difficulty

    def _replay_state(
        self, reviews: Sequence[ReplayedReview], start: Memory
    ) -> tuple[int, int, int, int]:
        """Return state, step, the step's wait and lapses after the reviews."""
        transitions = self._transitions
        state, step, step_wait, lapses = _LEARNING, 0, 0, start.lapses
        if start.state != _NEW:
            state = int(start.state)
            # The options may have fewer steps now.
            step = min(start.step or 0, self._steps[state])
        for _, rating, wait, _ in reviews:
            if state == _REVIEW and rating == _AGAIN:
                lapses += 1
            before = state
            state, step, step_wait = transitions[state, step, rating]
            if wait > 0 and wait != step_wait:
                if wait % DAY_SECONDS == 0:
                    state, step = _REVIEW, 0
                elif state == _REVIEW:
                    state, step = _state_with_steps(before), 0
        return state, step, step_wait, lapses

    def _days(self, stability: float) -> int:
        interval = self._formulas.interval(stability, self._options.desired_retention)
        return min(max(round(interval), 1), self._options.maximum_interval)


def _with_earlier_due_day(memory: Memory, made_due: Memory) -> Memory:
    """Return the memory, due no later than when the card was made due."""
    if memory.due_day is None or made_due.due_day is None:
        return memory
    due_at = memory.due_at
    if due_at is not None and made_due.due_at is not None:
        due_at = min(due_at, made_due.due_at)
    due_day = min(memory.due_day, made_due.due_day)
    return replace(memory, due_day=due_day, due_at=due_at)


def _state_with_steps(before: int) -> int:
    return _LEARNING if before == _LEARNING else _RELEARNING


def _build_transitions(options: DeckOptions) -> dict[_Transition, _Transition]:
    """Return the next state, step and wait by state, step and rating."""
    transitions: dict[_Transition, _Transition] = {}
    for state, steps in (
        (_LEARNING, options.learning_steps),
        (_RELEARNING, options.relearning_steps),
    ):
        # One row more than there are steps: a card may be at a step that was removed.
        for step in range(len(steps) + 1):
            for rating in map(int, Rating):
                transitions[state, step, rating] = _next_state(
                    state, steps, step, rating
                )
    first = options.relearning_steps[:1]
    for rating in map(int, Rating):
        lapsed = rating == _AGAIN and first
        transitions[_REVIEW, 0, rating] = (
            (_RELEARNING, 0, first[0]) if lapsed else (_REVIEW, 0, 0)
        )
    return transitions


def _next_state(
    state: int, steps: Sequence[int], step: int, rating: int
) -> _Transition:
    if rating == _AGAIN and steps:
        return state, 0, steps[0]
    if rating == _HARD and step < len(steps):
        return state, step, _hard_wait(steps, step)
    if rating == _GOOD and step + 1 < len(steps):
        return state, step + 1, steps[step + 1]
    return _REVIEW, 0, 0


def _hard_wait(steps: Sequence[int], step: int) -> int:
    if step > 0:
        return steps[step]
    return round(steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2)
