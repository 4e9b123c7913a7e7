"""Notes under the ids that the store knows them by, with everything that names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.content import note_from_json
from flashcards.importing.identity import Wording, matches, wording_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flashcards.bundle import Bundle, CardHistory
    from flashcards.content import DeckContent, Note
    from flashcards.store.reader import Reader
    from flashcards.store.rows import KnownDeck


def known_by_wording(
    bundle: Bundle, stored: Mapping[str, KnownDeck], reader: Reader
) -> Bundle:
    """Return a bundle whose notes without ids of their own have those of the same stored notes.

    Args:
        bundle: What a file holds.
        stored: The decks of the store by key.
        reader: Reads the store.
    """
    ids: dict[str, str] = {}
    in_file = {note.id for deck in bundle.decks for note in deck.notes}
    for deck in bundle.decks:
        known = stored.get(deck.key)
        if known and deck.derived_ids:
            was_edited = known.path == deck.path or is_gone(known)
            derived = [note for note in deck.notes if note.id in deck.derived_ids]
            strange = reader.unknown_keys([note.id for note in derived])
            new = [wording_of(note) for note in derived if note.id in strange]
            left = left_of(known, in_file, reader) if new else []
            found = matches(new, left, was_edited=was_edited)
            ids.update(found)
            in_file.update(found.values())
    return renamed(bundle, ids) if ids else bundle


def renamed(bundle: Bundle, ids: Mapping[str, str]) -> Bundle:
    """Return a bundle with some notes under other ids, wherever it names them."""
    return replace(
        bundle,
        decks=tuple(_deck(deck, ids) for deck in bundle.decks),
        histories=tuple(_history(history, ids) for history in bundle.histories),
        marked=frozenset(ids.get(note, note) for note in bundle.marked),
    )


def left_of(
    known: KnownDeck, in_file: Collection[str], reader: Reader
) -> list[Wording]:
    """Return the wordings of a deck's stored notes whose ids a file does not have."""
    return [
        wording_of(note_from_json(content))
        for key, content in reader.contents_of_deck(known.deck_id)
        if key not in in_file
    ]


def is_gone(known: KnownDeck) -> bool:
    """Tell whether the file that a stored deck came from is there no more."""
    try:
        return bool(known.path) and not Path(known.path).exists()
    except OSError:
        # It may well be there, where nobody may look.
        return False


def _deck(deck: DeckContent, ids: Mapping[str, str]) -> DeckContent:
    return replace(
        deck,
        notes=tuple(_note(note, ids) for note in deck.notes),
        derived_ids=frozenset(ids.get(note, note) for note in deck.derived_ids),
    )


def _note(note: Note, ids: Mapping[str, str]) -> Note:
    named = (note.id, *note.links, *note.requires)
    if ids.keys().isdisjoint(named):
        return note
    return replace(
        note,
        id=ids.get(note.id, note.id),
        links=tuple(ids.get(other, other) for other in note.links),
        requires=tuple(ids.get(other, other) for other in note.requires),
    )


def _history(history: CardHistory, ids: Mapping[str, str]) -> CardHistory:
    note, colon, face = history.card.partition(":")
    return (
        replace(history, card=f"{ids[note]}{colon}{face}") if note in ids else history
    )
