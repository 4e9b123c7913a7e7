"""Provenance of a deck: digest of its file, how it was read, and the key given by `--into`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.content import ReadOptions
from flashcards.formats.common.naming import DistinctKeys, to_deck_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.formats.formats import Format, ReadContext
    from flashcards.store.rows import StoredDeck


def is_complete(deck: StoredDeck) -> bool:
    """Return whether a stored deck comes from a file that holds all of it."""
    return bool(deck.path) and not deck.is_partial


def previous_key(stored: Sequence[StoredDeck]) -> str:
    """Return the key given when a file was imported before; empty if there was none.

    Args:
        stored: The decks that came from the file.
    """
    return next((deck.given_key for deck in stored if deck.given_key), "")


def previous_format(stored: Sequence[StoredDeck]) -> str:
    """Return the format given when a file was imported before; empty if there was none.

    Args:
        stored: The decks that came from the file.
    """
    return next((deck.given_format for deck in stored if deck.given_format), "")


def is_unchanged(
    stored: Sequence[StoredDeck], digest: str, file_format: Format, reading: ReadContext
) -> bool:
    """Return whether all decks of a file were read from the same bytes in the same way.

    Args:
        stored: The decks that came from the file.
        digest: The digest of the file; empty where it cannot be read.
        file_format: The format to read it as.
        reading: What the format needs to know.
    """
    now = (digest, file_format.name, reading.options, file_format.reader_version)
    return bool(digest and stored) and all(
        now == (deck.digest, deck.format, deck.options, deck.reader_version)
        for deck in stored
    )


def with_provenance(
    bundle: Bundle, read_options: ReadOptions, stored: Sequence[StoredDeck]
) -> Bundle:
    """Return a bundle whose decks have the key given for the file and know how they were read.

    One deck gets the given key itself; several get it before their own.

    Args:
        bundle: What the file holds.
        read_options: How it was read.
        stored: The decks that came from the file.
    """
    is_only_deck = len(bundle.decks) == 1
    keys = DistinctKeys()
    decks = []
    for deck in bundle.decks:
        key = _key(deck, read_options.given_key, stored, is_only_deck=is_only_deck)
        # Cut to the longest depth, two long keys may become the same one.
        key = keys.key_of(key, deck.key)
        decks.append(replace(deck, key=key, read_options=read_options))
    return replace(bundle, decks=tuple(decks))


def _key(
    deck: DeckContent,
    given_key: str,
    stored: Sequence[StoredDeck],
    *,
    is_only_deck: bool,
) -> str:
    if given_key:
        return (
            given_key if is_only_deck else to_deck_key(f"{given_key}/{deck.key}", "/")
        )
    faulty = [each.key for each in stored if not each.digest and not each.is_partial]
    if is_only_deck and faulty and all(each.key != deck.key for each in stored):
        # A file with faults was stored without a digest; its deck stays its deck.
        return faulty[0]
    return deck.key
