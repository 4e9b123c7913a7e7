"""How many cards are left today, by what they are to the learner."""

from __future__ import annotations

from typing import NamedTuple

from flashcards.domain.cards import State


class QueueCounts(NamedTuple):
    """Cards left, by what they are to the learner."""

    new: int
    learning: int
    """Cards in learning or relearning."""
    review: int

    @property
    def total(self) -> int:
        """All cards left."""
        return self.new + self.learning + self.review


class CardsLeft(NamedTuple):
    """Cards left today: those to ask now, and those that wait for a learning step."""

    counts: QueueCounts
    """Cards that can be asked now or by learning ahead."""
    waiting: int = 0
    """Cards in learning that come back later today."""
    waiting_until: int | None = None
    """The instant at which the first of them is due; None where none is asked today."""

    @property
    def total(self) -> int:
        """All cards to ask now."""
        return self.counts.total

    def with_current(self, state: State | None) -> CardsLeft:
        """Return the cards left with a card in this state; None for no card."""
        if state is None:
            return self
        name = {State.NEW: "new", State.REVIEW: "review"}.get(state, "learning")
        counts = self.counts._replace(**{name: getattr(self.counts, name) + 1})
        return self._replace(counts=counts)
