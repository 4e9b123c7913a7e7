"""Deck keys that were given in an import, and stay with their file.

The digest of such a deck remembers them: `into:KEY:DIGEST`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.exchange.naming import deck_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.bundle import Bundle
    from flashcards.content import DeckContent
    from flashcards.store.rows import KnownDeck

_INTO = "into:"


def file_digest(stored: str) -> str:
    """Return the digest of the file from the digest that is stored of its deck."""
    return stored.rpartition(":")[2]


def remembered(stored: Sequence[KnownDeck]) -> str:
    """Return the key that was given when a file was imported before, else nothing.

    Args:
        stored: The decks that came from the file.
    """
    for deck in stored:
        if deck.digest.startswith(_INTO):
            return deck.digest.removeprefix(_INTO).rpartition(":")[0]
    return ""


def rekeyed(bundle: Bundle, given: str, stored: Sequence[KnownDeck]) -> Bundle:
    """Return what a file holds under the keys that were given for it.

    One deck gets the given key itself; several get it before their own.

    Args:
        bundle: What the file holds.
        given: The key given now or before; may be empty.
        stored: The decks that came from the file.
    """
    if given:
        is_one = len(bundle.decks) == 1
        decks = tuple(
            _under(deck, given if is_one else deck_key(f"{given}/{deck.key}", "/"))
            for deck in bundle.decks
        )
        digests = tuple(
            replace(deck, digest=deck.digest and f"{_INTO}{given}:{deck.digest}")
            for deck in decks
        )
        return replace(bundle, decks=digests)
    if len(bundle.decks) == 1:
        # A file that had faults left no digest to tell, and keeps its deck.
        (deck,) = bundle.decks
        faulty = [each.key for each in stored if not each.digest]
        if faulty and all(each.key != deck.key for each in stored):
            return replace(bundle, decks=(_under(deck, faulty[0]),))
    return bundle


def _under(deck: DeckContent, key: str) -> DeckContent:
    return deck if deck.key == key else replace(deck, key=key)
