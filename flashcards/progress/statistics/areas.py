"""Retention of each area and deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.progress.log.card_table import CardTable
from flashcards.progress.log.review_log import Log
from flashcards.progress.statistics.retention import Share
from flashcards.progress.statistics.weakness import ENOUGH_IN_GROUP, compare_decks
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.store.reader import Reader


def retention_by_area(
    reader: Reader, progress: ProgressCallback | None = None
) -> dict[str, float]:
    """Return the retention of decks and areas by key, 0 to 1.

    Those with fewer than ten reviews that count for retention are left out.

    Args:
        reader: The store.
        progress: Called with the reviews read so far; returns False to stop, which gives an
            empty result.
    """
    with reader.snapshot():
        slices = reader.figures.review_log(progress)
        if slices is None:
            return {}
        log = Log.from_slices(slices)
        cards = CardTable.from_rows(reader.figures.card_rows())
        decks = reader.figures.deck_titles()
    totals: dict[str, Share] = {}
    for group in compare_decks(log, cards, decks):
        for key in list_prefixes(group.deck):
            total = totals.get(key, Share(0, 0))
            totals[key] = Share(
                total.recalled + group.retention.recalled,
                total.asked + group.retention.asked,
            )
    return {
        key: total.recalled / total.asked
        for key, total in totals.items()
        if total.asked >= ENOUGH_IN_GROUP
    }
