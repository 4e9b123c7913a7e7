"""How the files of an import were read before, and are read now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.content import ReadOptions
from flashcards.formats.common.naming import DistinctKeys, deck_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.formats.formats import Format, ReadContext
    from flashcards.store.rows import StoredDeck


def is_whole(deck: StoredDeck) -> bool:
    """Tell whether a stored deck comes from a file that is all there is of it."""
    return bool(deck.path) and not deck.is_partial


def given_key(stored: Sequence[StoredDeck]) -> str:
    """Return the key that was given when a file was imported before, else nothing.

    Args:
        stored: The decks that came from the file.
    """
    return next((deck.given_key for deck in stored if deck.given_key), "")


def given_format(stored: Sequence[StoredDeck]) -> str:
    """Return the format that was given when a file was imported before, else nothing.

    Args:
        stored: The decks that came from the file.
    """
    return next((deck.given_format for deck in stored if deck.given_format), "")


def is_read_alike(
    stored: Sequence[StoredDeck], digest: str, file_format: Format, reading: ReadContext
) -> bool:
    """Tell whether all decks of a file were read from these bytes, in this very way.

    Args:
        stored: The decks that came from the file.
        digest: The digest of the file; empty where it cannot be read.
        file_format: The format to read it as.
        reading: What the format needs to know.
    """
    wanted = (digest, file_format.name, reading.options, file_format.reader_version)
    return bool(digest and stored) and all(
        wanted == (deck.digest, deck.format, deck.options, deck.reader_version)
        for deck in stored
    )


def with_provenance(
    bundle: Bundle, read_options: ReadOptions, stored: Sequence[StoredDeck]
) -> Bundle:
    """Return what a file holds under the keys that were given for it, and how it was read.

    One deck gets the given key itself; several get it before their own.

    Args:
        bundle: What the file holds.
        read_options: How it was read.
        stored: The decks that came from the file.
    """
    is_one = len(bundle.decks) == 1
    keys = DistinctKeys()
    decks = []
    for deck in bundle.decks:
        key = _key(deck, read_options.given_key, stored, is_one=is_one)
        # Keys of many parts may become one below the one that is given.
        key = keys.key_of(key, deck.key)
        decks.append(replace(deck, key=key, read_options=read_options))
    return replace(bundle, decks=tuple(decks))


def _key(
    deck: DeckContent, given: str, stored: Sequence[StoredDeck], *, is_one: bool
) -> str:
    if given:
        return given if is_one else deck_key(f"{given}/{deck.key}", "/")
    faulty = [each.key for each in stored if not each.digest and not each.is_partial]
    if is_one and faulty and all(each.key != deck.key for each in stored):
        # A file that had faults left no digest to tell, and keeps its deck.
        return faulty[0]
    return deck.key
