"""What is stored with a deck of the file it came from.

The digest of the file, after `part:` where the file need not be all there is of the deck,
and after `into:KEY:` where the key was given in the import. The digest is empty where the
file had faults.
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

_PART = "part:"
_INTO = "into:"


def file_digest(stamp: str) -> str:
    """Return the digest of the file; empty where it had faults."""
    return stamp.rpartition(":")[2]


def is_whole(deck: KnownDeck) -> bool:
    """Tell whether a stored deck comes from a file that is all there is of it."""
    return bool(deck.path) and not deck.digest.startswith(_PART)


def remembered(stored: Sequence[KnownDeck]) -> str:
    """Return the key that was given when a file was imported before, else nothing.

    Args:
        stored: The decks that came from the file.
    """
    for deck in stored:
        given = deck.digest.removeprefix(_PART)
        if given.startswith(_INTO):
            return given.removeprefix(_INTO).rpartition(":")[0]
    return ""


def stamped(bundle: Bundle, given: str, stored: Sequence[KnownDeck]) -> Bundle:
    """Return what a file holds, with its stamps, under the keys that were given for it.

    One deck gets the given key itself; several get it before their own.

    Args:
        bundle: What the file holds.
        given: The key given now or before; may be empty.
        stored: The decks that came from the file.
    """
    is_one = len(bundle.decks) == 1
    return replace(
        bundle,
        decks=tuple(
            _stamped(deck, _key(deck, given, stored, is_one=is_one), given)
            for deck in bundle.decks
        ),
    )


def _key(
    deck: DeckContent, given: str, stored: Sequence[KnownDeck], *, is_one: bool
) -> str:
    if given:
        return given if is_one else deck_key(f"{given}/{deck.key}", "/")
    faulty = [each.key for each in stored if not each.digest]
    if is_one and faulty and all(each.key != deck.key for each in stored):
        # A file that had faults left no digest to tell, and keeps its deck.
        return faulty[0]
    return deck.key


def _stamped(deck: DeckContent, key: str, given: str) -> DeckContent:
    into = f"{_INTO}{given}:" if given else ""
    stamp = f"{into}{deck.digest}" if deck.digest else ""
    if deck.is_partial:
        stamp = f"{_PART}{into}{deck.digest}"
    if (key, stamp) == (deck.key, deck.digest):
        return deck
    return replace(deck, key=key, digest=stamp)
