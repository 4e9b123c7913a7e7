"""Predicted seconds of a review of one card, from its answers and those of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ReviewTime = tuple[int, str, int]
"""Card, kind of its note, and milliseconds of one answer to a card in Review."""

ENOUGH_ANSWERS = 30
"""Answers of one kind from which their median is used."""
_WEIGHT_OF_KIND = 2
"""Own answers after which a card's mean counts as much as the median of its kind."""


@dataclass(frozen=True, slots=True)
class CardSeconds:
    """Predicted seconds of a review, by card, by kind of note, or for any card."""

    usual: float
    """Seconds where there are too few answers of the card and its kind."""
    by_kind: Mapping[str, float] = field(default_factory=dict)
    by_card: Mapping[int, float] = field(default_factory=dict)

    def of(self, card_id: int, kind: str) -> float:
        """Return the predicted seconds of one card."""
        return self.by_card.get(card_id) or self.of_kind(kind)

    def of_kind(self, kind: str) -> float:
        """Return the predicted seconds of a card that has no answers of its own."""
        return self.by_kind.get(kind, self.usual)


def estimate_card_seconds(times: Iterable[ReviewTime], usual: float) -> CardSeconds:
    """Return the predicted seconds of reviews from a learner's answers.

    Args:
        times: Recent answers to cards in Review.
        usual: Seconds of a review of any card.
    """
    of_kinds: dict[str, list[int]] = {}
    of_cards: dict[tuple[int, str], list[int]] = {}
    for card_id, kind, milliseconds in times:
        # A time of 0 was not measured.
        if milliseconds > 0:
            of_kinds.setdefault(kind, []).append(milliseconds)
            of_cards.setdefault((card_id, kind), []).append(milliseconds)
    by_kind = {
        kind: median(times_ms) / 1000
        for kind, times_ms in of_kinds.items()
        if len(times_ms) >= ENOUGH_ANSWERS
    }
    by_card = {
        card_id: (sum(times_ms) / 1000 + _WEIGHT_OF_KIND * by_kind.get(kind, usual))
        / (len(times_ms) + _WEIGHT_OF_KIND)
        for (card_id, kind), times_ms in of_cards.items()
    }
    return CardSeconds(usual, by_kind, by_card)
