"""Compute the memory of every card again from its reviews under the current settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Memory
from flashcards.scheduling.replay import replay_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.settings.settings import Settings
    from flashcards.store.reader import Reader


def rebuild_memories(
    reader: Reader, settings: Settings, day_of: Callable[[int], int]
) -> list[tuple[int, Memory]]:
    """Return the cards whose stored memory differs from a replay of their reviews.

    Each comes with the memory that its reviews lead to.

    Args:
        reader: The store as it is.
        settings: The options of decks.
        day_of: Returns the study day of an instant.
    """
    rows = []
    for deck in reader.content.decks():
        stored = reader.cards.memories(deck.deck_id)
        options = settings.options(deck.key)
        reviews = reader.history.deck_reviews(deck.deck_id)
        anchored = reader.history.deck_anchored(deck.deck_id)
        replayed = dict(replay_many(reviews, options, day_of, anchored))
        for card_id in sorted(stored.keys() | replayed.keys()):
            memory = replayed.get(card_id, Memory())
            if not stored.get(card_id, Memory()).agrees_with(memory):
                rows.append((card_id, memory))
    return rows
