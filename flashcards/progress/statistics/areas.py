"""How well each area and deck is remembered, where there are answers enough to say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.settings.settings import prefixes
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.log.review_log import Log
from flashcards.progress.statistics.retention import Share
from flashcards.progress.statistics.weakness import ENOUGH_IN_GROUP, by_deck

if TYPE_CHECKING:
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.store.reader import Reader


def retention_by_area(
    reader: Reader, watch: ProgressCallback | None = None
) -> dict[str, float]:
    """Return the retention of decks and of every leading part of their keys, 0 to 1.

    Those with fewer than ten reviews that tested a memory are left out.

    Args:
        reader: The store.
        watch: Is told how much of the log was read; nothing is returned where it stops that.
    """
    with reader.snapshot():
        slices = reader.figures.review_log(watch)
        if slices is None:
            return {}
        log = Log.unpacked(slices)
        cards = CardTable.of(reader.figures.card_rows())
        decks = reader.figures.deck_titles()
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
