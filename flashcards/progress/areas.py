"""How well each area and deck is remembered, where there are answers enough to say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.progress.card_table import CardTable
from flashcards.progress.log import Log
from flashcards.progress.retention import Share
from flashcards.progress.weakness import ENOUGH_IN_GROUP, by_deck
from flashcards.settings import prefixes

if TYPE_CHECKING:
    from flashcards.store.reader import Reader


def retention_by_area(reader: Reader) -> dict[str, float]:
    """Return the retention of decks and of every leading part of their keys, 0 to 1.

    Those with fewer than ten reviews that tested a memory are left out.
    """
    with reader.snapshot():
        log = Log.unpacked(reader.review_log() or [])
        cards = CardTable.of(reader.figure_rows())
        decks = reader.deck_titles()
    asked: dict[str, Share] = {}
    for group in by_deck(log, cards, decks):
        for key in prefixes(group.deck):
            before = asked.get(key, Share(0, 0))
            asked[key] = Share(
                before.recalled + group.retention.recalled,
                before.asked + group.retention.asked,
            )
    return {
        key: one.recalled / one.asked
        for key, one in asked.items()
        if one.asked >= ENOUGH_IN_GROUP
    }
