"""Write the retired notes and cards of an import, so that their log is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select

from flashcards.domain.content import DeckContent
from flashcards.domain.faces import REVERSE, card_key, faces_of
from flashcards.store.comparison.import_changes import (
    CardChanges,
    RetiredNote,
    deck_values,
)
from flashcards.store.rows import StoredDeck
from flashcards.store.tables.model import Card, Deck, Note, table_of
from flashcards.store.writing import bulk
from flashcards.store.writing.importing.note_rows import DIGEST, learned_card, new_note
from flashcards.store.writing.importing.origins import OriginWriter

_DECKS = table_of(Deck)
_NOTES = table_of(Note)
_CARDS = table_of(Card)

_FACE = re.compile(rf"{REVERSE}|c[1-9][0-9]?", re.ASCII)
_CHUNK = 500


def write(
    connection: Connection,
    notes: Sequence[RetiredNote],
    origins: OriginWriter,
    learned: Mapping[str, CardChanges],
) -> dict[str, int]:
    """Write retired notes, and cards with a history whose face no longer exists.

    Args:
        connection: An open transaction, in which all notes in use are written.
        notes: Notes that are not stored yet.
        origins: Writes the origins of the notes.
        learned: The histories, by card key.

    Returns:
        The ids of the cards with a history, by key.
    """
    rows: list[tuple[Any, ...]] = []
    decks: dict[str, int] = {}
    for deck, placed in notes:
        if deck.key not in decks:
            decks[deck.key] = _deck_id(connection, deck)
        row = new_note(
            placed, bulk.next_id(connection, _NOTES), decks[deck.key], retired=True
        )
        bulk.insert_rows(connection, _NOTES, [row])
        origins.add([(row[0], placed.note, row[DIGEST])])
        location = (row[0], decks[deck.key], placed.position)
        rows.extend(
            (*location, face, card_key(placed.note.id, face))
            for face in faces_of(placed.note)
        )
    known = {row[-1] for row in rows}
    rows.extend(_lost_faces(connection, [key for key in learned if key not in known]))
    first = bulk.next_id(connection, _CARDS)
    bulk.insert_rows(
        connection,
        _CARDS,
        (
            (
                number,
                *row,
                *learned_card(learned.get(row[-1], CardChanges("")), retired=True),
            )
            for number, row in enumerate(rows, first)
        ),
    )
    return {
        row[-1]: number for number, row in enumerate(rows, first) if row[-1] in learned
    }


def _lost_faces(
    connection: Connection, keys: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield rows for the missing cards of stored notes."""
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        stored = connection.execute(select(_CARDS.c.key).where(_CARDS.c.key.in_(chunk)))
        missing = {key.partition(":")[::2] for key in chunk} - {
            key.partition(":")[::2] for (key,) in stored
        }
        notes = {note for note, _ in missing}
        columns = (_NOTES.c.key, _NOTES.c.id, _NOTES.c.deck_id, _NOTES.c.position)
        locations = {
            key: location
            for key, *location in connection.execute(
                select(*columns).where(_NOTES.c.key.in_(notes))
            )
        }
        for note, face in sorted(missing):
            if note in locations and _FACE.fullmatch(face):
                yield (*locations[note], face, card_key(note, face))


def _deck_id(connection: Connection, deck: DeckContent) -> int:
    deck_id = connection.scalar(select(_DECKS.c.id).where(_DECKS.c.key == deck.key))
    if deck_id is not None:
        return int(deck_id)
    values = (deck.key, *deck_values(replace(deck, digest="")), True)
    row = dict(zip(StoredDeck._fields[1:], values, strict=True))
    return int(connection.execute(insert(_DECKS), row).lastrowid)
