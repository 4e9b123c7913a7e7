"""Predicted seconds of a card: the learner's own medians, or assumptions before there are any.

The assumptions: the first look at a new card 30 s, a learning step 12 s (a new card meets
1.37 of them on average), a recalled review 10 s, a forgotten one 20 s and a step. A review
is assumed to be recalled nine times in ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import LEAST_ANSWER_MS, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.study.queue.cards_left import QueueCounts

AnswerTime = tuple[int, bool, float, int]
"""State before the answer, whether it was Again, median milliseconds, number of answers."""

ENOUGH_ANSWERS = 30
"""Answers of one class from which the learner's own median is used."""

_FIRST_LOOK, _STEP, _RECALLED, _FORGOTTEN = 30.0, 12.0, 10.0, 20.0
_STEPS_OF_NEW = 1.37
_RECALL = 0.9


@dataclass(frozen=True, slots=True)
class Pace:
    """Predicted seconds that a card takes today, its learning steps of today included."""

    new: float = _FIRST_LOOK + _STEPS_OF_NEW * _STEP
    learning: float = _STEP
    review: float = _RECALL * _RECALLED + (1 - _RECALL) * (_FORGOTTEN + _STEP)

    @property
    def first_look(self) -> float:
        """Predicted seconds of a new card without its learning steps."""
        return self.new - _STEPS_OF_NEW * self.learning

    def seconds(self, counts: QueueCounts) -> float:
        """Return the predicted seconds of some cards."""
        return (
            counts.new * self.new
            + counts.learning * self.learning
            + counts.review * self.review
        )

    def of(self, state: int) -> float:
        """Return the predicted seconds of one card in this state."""
        if state == State.NEW:
            return self.new
        return self.review if state == State.REVIEW else self.learning


def estimate_pace(times: Iterable[AnswerTime]) -> Pace:
    """Return the pace in a learner's answers; a class with too few of them is assumed."""
    rows = list(times)
    both = (False, True)
    step = _seconds(rows, (State.LEARNING, State.RELEARNING), both, _STEP)
    first = _seconds(rows, (State.NEW,), both, _FIRST_LOOK)
    recalled = _seconds(rows, (State.REVIEW,), (False,), _RECALLED)
    forgotten = _seconds(rows, (State.REVIEW,), (True,), _FORGOTTEN)
    return Pace(
        new=first + _STEPS_OF_NEW * step,
        learning=step,
        review=_RECALL * recalled + (1 - _RECALL) * (forgotten + step),
    )


def _seconds(
    rows: list[AnswerTime],
    states: Collection[int],
    again: Collection[bool],
    assumed: float,
) -> float:
    """Return the mean of the medians of one class, weighted by their answers."""
    own = [
        (time, n)
        for state, is_again, time, n in rows
        if state in states and is_again in again
    ]
    answers = sum(n for _, n in own)
    if answers < ENOUGH_ANSWERS:
        return assumed
    return max(sum(time * n for time, n in own) / answers, LEAST_ANSWER_MS) / 1000
