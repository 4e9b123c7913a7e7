"""Predicted seconds of a card: assumptions that the learner's own answers replace one by one.

The assumptions: the first look at a new card 30 s, a learning step 12 s (a new card meets
1.37 of them on average), a recalled review 10 s, a forgotten one 20 s and a step. A review
is assumed to be recalled nine times in ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import State
from flashcards.scheduling.date_policy import Costs, estimate_costs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.study.queue.cards_left import QueueCounts

AnswerTime = tuple[int, bool, float, int]
"""State before the answer, whether it was Again, median milliseconds, number of answers."""

_ASSUMED = Costs()
_STEPS_OF_NEW = 1.37
_RECALL = 0.9


@dataclass(frozen=True, slots=True)
class Pace:
    """Predicted seconds that a card takes today, its learning steps of today included."""

    new: float = _ASSUMED.first_look + _STEPS_OF_NEW * _ASSUMED.step
    learning: float = _ASSUMED.step
    review: float = _RECALL * _ASSUMED.recalled + (1 - _RECALL) * _ASSUMED.lapse

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
    """Return the pace in a learner's answers, blended with the assumed one."""
    costs = estimate_costs(times, {})
    return Pace(
        new=costs.first_look + _STEPS_OF_NEW * costs.step,
        learning=costs.step,
        review=_RECALL * costs.recalled + (1 - _RECALL) * costs.lapse,
    )
