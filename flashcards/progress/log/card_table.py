"""All cards as NumPy columns, so that figures about ten thousand cards are fast."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from flashcards.store.rows import FigureCard
from flashcards.text.deck_keys import list_prefixes

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
    def from_rows(cls, cards: Sequence[Sequence[Any]]) -> CardTable:
        """Return the table of rows with the fields of `FigureCard`."""
        columns = list(zip(*cards, strict=True)) or [()] * len(FigureCard._fields)
        by_name = dict(zip(FigureCard._fields, columns, strict=True))

        def integers(name: str) -> Integers:
            return np.array(by_name[name], dtype=np.int64)

        def floats(name: str) -> Floats:
            # NumPy reads None as NaN.
            return np.array(by_name[name], dtype=np.float64)

        return cls(
            card_id=integers("card_id"),
            deck_id=integers("deck_id"),
            topic=by_name["topic"],
            state=integers("state"),
            due_day=floats("due_day"),
            last_day=floats("last_day"),
            stability=floats("stability"),
            difficulty=floats("difficulty"),
            lapses=integers("lapses"),
            suspended=np.array(by_name["suspended"], dtype=bool),
            retired=np.array(by_name["retired"], dtype=bool),
        )

    def select(self, chosen: Truths) -> CardTable:
        """Return the rows where `chosen` is true."""
        columns = {
            field.name: getattr(self, field.name)[chosen]
            for field in fields(self)
            if field.name != "topic"
        }
        topic = (self.topic[index] for index in np.flatnonzero(chosen))
        return CardTable(topic=tuple(topic), **columns)

    def select_decks(
        self, keys: Collection[str], decks: Mapping[int, str]
    ) -> CardTable:
        """Return the cards of some decks and areas.

        Args:
            keys: Deck keys, or leading parts of them; none for every deck.
            decks: The key of every deck by its number.
        """
        numbers = [
            number
            for number, key in decks.items()
            if not keys or not set(keys).isdisjoint(list_prefixes(key))
        ]
        return self.select(np.isin(self.deck_id, numbers))

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

    def find_rows(self, card_id: Integers) -> Integers:
        """Return the row of each card, -1 for cards that are not in the table."""
        if not len(self):
            return np.full(len(card_id), -1)
        order = np.argsort(self.card_id)
        ids = self.card_id[order]
        positions = np.minimum(np.searchsorted(ids, card_id), len(self) - 1)
        return np.where(ids[positions] == card_id, order[positions], -1)

    def weights(self, weights_of: Callable[[int], Weights]) -> Floats:
        """Return the FSRS weights of each card's deck: a row of 21 per card."""
        decks, deck_index = np.unique(self.deck_id, return_inverse=True)
        sets = [weights_of(int(deck)) for deck in decks]
        return np.array(sets, dtype=np.float64).reshape(len(decks), -1)[deck_index]
