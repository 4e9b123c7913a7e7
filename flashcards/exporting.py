"""From the store to a bundle that a format can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.bundle import Bundle
from flashcards.store.export import deck_contents, history

if TYPE_CHECKING:
    from collections.abc import Collection

    from flashcards.store.reader import Reader


def bundle_of(
    reader: Reader, keys: Collection[str], *, with_history: bool = True
) -> Bundle:
    """Return some decks as they are stored.

    Args:
        reader: The store.
        keys: The keys of the decks.
        with_history: Whether schedule and reviews come along.
    """
    extra: dict[str, Any] = {}
    if with_history:
        extra["history"] = history(reader)
        extra["history"]["cards"] = [
            card for card in extra["history"]["cards"] if card["deck"] in keys
        ]
    return Bundle(decks=tuple(deck_contents(reader, keys)), extra=extra)
