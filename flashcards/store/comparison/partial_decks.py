"""Decks from files that may hold only part of a deck: imports add and update notes, never retire them.

Notes of such a deck that come from a deck file stay as that file has them.
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
    complete: Collection[str],
) -> list[DeckContent]:
    """Return the decks, with notes of partial decks moved to the stored decks that have them.

    The learner may have moved a note since its last import: it is updated where it is,
    unless its deck is imported too. A note of a deck file never leaves its deck.

    Args:
        known: What the store has.
        decks: The decks as their files have them.
        gone: Keys of stored decks whose files are gone.
        complete: Keys of stored decks whose files hold all of them.
    """
    whole = {deck.key for deck in decks if not deck.is_partial}
    partial = {deck.key: deck for deck in decks if deck.is_partial}
    imported_or_gone = {*whole, *partial, *gone}
    keys = {deck.deck_id: deck.key for deck in known.decks.values()}
    notes: dict[str, list[Note]] = {key: [] for key in partial}
    for deck in list(partial.values()):
        for note in deck.notes:
            stored = known.notes.get(note.id)
            home = keys[stored.deck_id] if stored and not stored.retired else deck.key
            is_fixed = (
                home in complete
                and home not in whole
                and stored is not None
                and is_of_deck_file(stored)
            )
            target = home if is_fixed or home not in imported_or_gone else deck.key
            if target not in notes:
                partial[target] = replace(deck, key=target)
                notes[target] = []
            notes[target].append(note)
    result = [deck for deck in decks if not deck.is_partial]
    # A deck whose notes are all in other decks is not created.
    result += [
        replace(deck, notes=tuple(notes[key]))
        for key, deck in partial.items()
        if notes[key] or key in known.decks
    ]
    return result


def with_stored_head(
    deck: DeckContent, known: StoredDeck, *, takes_over: bool
) -> DeckContent:
    """Return a deck with its title, topics and other head fields as they are stored.

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
    """Return the stored fields of a deck that say where it came from."""
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
    """Return whether a deck was stored from the same content, read in the same way."""
    return (
        stored is not None
        and not stored.retired
        and not deck.is_of_several_files
        and stored.digest == deck.digest != ""
        and read_options(stored) == deck.read_options
    )


def was_read_as_other_format(stored: StoredDeck, deck: DeckContent) -> bool:
    """Return whether the file of a deck was read as another format before.

    Notes that were read then and not now were never notes.
    """
    return (
        stored.is_of_file
        and deck.is_of_file
        and not deck.is_of_several_files
        and stored.path == deck.path
        and stored.format not in ("", deck.read_options.format)
    )


def marked_for_reread(deck: DeckContent) -> DeckContent:
    """Return a deck whose file counts as changed at the next import."""
    return replace(deck, digest="")


def is_of_deck_file(stored: StoredNote) -> bool:
    """Return whether a stored note is in the file of its deck, if the deck has one."""
    # Notes that other files added to the deck have no line in it.
    return stored.line > 0
