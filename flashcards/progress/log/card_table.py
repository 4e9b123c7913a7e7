"""All cards as columns, so that figures about ten thousand of them take a moment."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.settings.settings import prefixes
from flashcards.store.rows import FigureCard

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any

    from flashcards.progress.log.review_log import Floats, Integers, Truths, Weights


@dataclass(frozen=True)
class CardTable:
    """Cards in teaching order, as columns of equal length."""

    card_id: Integers
    deck_id: Integers
    topic: tuple[str, ...]
    state: Integers
    due_day: Floats
    """NaN for a new card."""
    last_day: Floats
    """NaN before the first review."""
    stability: Floats
    """NaN before the first review."""
    difficulty: Floats
    lapses: Integers
    suspended: Truths
    retired: Truths

    def __len__(self) -> int:
        return len(self.card_id)

    @classmethod
    def of(cls, cards: Sequence[Sequence[Any]]) -> CardTable:
        """Return the table of cards in the fields of `FigureCard`."""
        columns = list(zip(*cards, strict=True)) or [()] * len(FigureCard._fields)
        by_name = dict(zip(FigureCard._fields, columns, strict=True))

        def whole(name: str) -> Integers:
            return np.array(by_name[name], dtype=np.int64)

        def part(name: str) -> Floats:
            # NumPy reads None as NaN.
            return np.array(by_name[name], dtype=np.float64)

        return cls(
            card_id=whole("card_id"),
            deck_id=whole("deck_id"),
            topic=by_name["topic"],
            state=whole("state"),
            due_day=part("due_day"),
            last_day=part("last_day"),
            stability=part("stability"),
            difficulty=part("difficulty"),
            lapses=whole("lapses"),
            suspended=np.array(by_name["suspended"], dtype=bool),
            retired=np.array(by_name["retired"], dtype=bool),
        )

    def only(self, chosen: Truths) -> CardTable:
        """Return the cards chosen."""
        columns = {
            field.name: getattr(self, field.name)[chosen]
            for field in fields(self)
            if field.name != "topic"
        }
        topic = (self.topic[place] for place in np.flatnonzero(chosen))
        return CardTable(topic=tuple(topic), **columns)

    def of_decks(self, parts: Collection[str], decks: Mapping[int, str]) -> CardTable:
        """Return the cards of the decks below some keys.

        Args:
            parts: Deck keys, or leading parts of them; none for every deck.
            decks: The key of every deck by its number.
        """
        wanted = [
            number
            for number, key in decks.items()
            if not parts or not set(parts).isdisjoint(prefixes(key))
        ]
        return self.only(np.isin(self.deck_id, wanted))

    @cached_property
    def is_seen(self) -> Truths:
        """Whether a card was ever reviewed."""
        result: Truths = ~np.isnan(self.stability)
        return result

    @cached_property
    def is_live(self) -> Truths:
        """Whether a card is neither suspended nor retired."""
        result: Truths = ~(self.suspended | self.retired)
        return result

    def places(self, card_id: Integers) -> Integers:
        """Return the row of each card asked for, -1 where it is not in the table."""
        if not len(self):
            return np.full(len(card_id), -1)
        order = np.argsort(self.card_id)
        ids = self.card_id[order]
        found = np.minimum(np.searchsorted(ids, card_id), len(self) - 1)
        return np.where(ids[found] == card_id, order[found], -1)

    def weights(self, weights_of: Callable[[int], Weights]) -> Floats:
        """Return the weights of the deck of each card, a row of 21 each."""
        decks, place = np.unique(self.deck_id, return_inverse=True)
        sets = [weights_of(int(deck)) for deck in decks]
        return np.array(sets, dtype=np.float64).reshape(len(decks), -1)[place]
