"""Decks of files that need not be all there is of them: what they leave as it is.

A file of another program adds notes and changes those it has. It never retires any, and
notes that a deck file keeps stay as that file says.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from flashcards.domain.content import DeckContent, Note, ReadOptions
from flashcards.store.comparison.import_changes import StoredState
from flashcards.store.rows import StoredDeck, StoredNote


def assign_to_owning_decks(
    known: StoredState,
    decks: Sequence[DeckContent],
    gone: Collection[str],
    kept: Collection[str],
) -> list[DeckContent]:
    """Return the decks with the notes of partial ones in the stored decks that have them.

    The learner may have moved a note since it came: it is updated where it is, unless
    the deck it is in is imported too. A note of a deck file is never taken from it.

    Args:
        known: What the store holds.
        decks: The decks as their files have them.
        gone: Keys of stored decks that give up their notes.
        kept: Keys of stored decks that come from deck files.
    """
    whole = {deck.key for deck in decks if not deck.is_partial}
    partial = {deck.key: deck for deck in decks if deck.is_partial}
    given_up = {*whole, *partial, *gone}
    keys = {deck.deck_id: deck.key for deck in known.decks.values()}
    notes: dict[str, list[Note]] = {key: [] for key in partial}
    for deck in list(partial.values()):
        for note in deck.notes:
            stored = known.notes.get(note.id)
            home = keys[stored.deck_id] if stored and not stored.retired else deck.key
            is_fixed = (
                home in kept
                and home not in whole
                and stored is not None
                and is_of_deck_file(stored)
            )
            target = home if is_fixed or home not in given_up else deck.key
            if target not in notes:
                partial[target] = replace(deck, key=target)
                notes[target] = []
            notes[target].append(note)
    found = [deck for deck in decks if not deck.is_partial]
    # A deck all of whose notes are elsewhere need not come into being.
    found += [
        replace(deck, notes=tuple(notes[key]))
        for key, deck in partial.items()
        if notes[key] or key in known.decks
    ]
    return found


def with_stored_head(
    deck: DeckContent, known: StoredDeck, *, takes_over: bool
) -> DeckContent:
    """Return a deck with title, topics and the rest as they are stored.

    Args:
        deck: The deck as its file has it.
        known: The stored deck.
        takes_over: Whether the stored deck comes from this file from now on.
    """
    return replace(
        deck,
        title=known.title,
        description=known.description,
        version=known.version,
        license=known.license,
        topics=tuple((slug, title) for slug, title in json.loads(known.topics)),
        **({} if takes_over else _provenance(known)),
    )


def _provenance(known: StoredDeck) -> dict[str, Any]:
    """Return the fields of a deck that say where it came from, as they are stored."""
    return {
        "path": known.path,
        "digest": known.digest,
        "is_partial": known.is_partial,
        "name": known.name,
        "is_of_file": known.is_of_file,
        "read_options": read_options(known),
    }


def read_options(known: StoredDeck) -> ReadOptions:
    """Return how the file of a stored deck was read."""
    return ReadOptions(*(getattr(known, name) for name in ReadOptions._fields))


def is_as_stored(stored: StoredDeck | None, deck: DeckContent) -> bool:
    """Tell whether a deck was stored from the very file that it was read from now."""
    return (
        stored is not None
        and not stored.retired
        and not deck.is_of_several_files
        and stored.digest == deck.digest != ""
        and read_options(stored) == deck.read_options
    )


def was_read_otherwise(stored: StoredDeck, deck: DeckContent) -> bool:
    """Tell whether a deck is its file's own, which was taken for another format before.

    What was found in the file then and is not there now never was a note.
    """
    return (
        stored.is_of_file
        and deck.is_of_file
        and not deck.is_of_several_files
        and stored.path == deck.path
        and stored.format not in ("", deck.read_options.format)
    )


def marked_for_reread(deck: DeckContent) -> DeckContent:
    """Return a deck whose file counts as changed the next time."""
    return replace(deck, digest="")


def is_of_deck_file(stored: StoredNote) -> bool:
    """Tell whether a stored note of a deck with a file of its own stands in that file."""
    # Notes that other files added to such a deck have no line in it.
    return stored.line > 0
