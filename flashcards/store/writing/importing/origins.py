"""Write the origins of notes in other programs, and record the ones before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from flashcards.domain.content import Note
from flashcards.domain.origin import NoteType
from flashcards.store.tables.model import ForeignNoteType, NoteOrigin, table_of
from flashcards.store.writing import bulk
from flashcards.store.writing.importing.origin_values import (
    note_type_digest,
    origin_values,
)
from flashcards.store.writing.undo_snapshot import UndoSnapshot

_TYPES = table_of(ForeignNoteType)
_ORIGINS = table_of(NoteOrigin)

NoteWithOrigin = tuple[int, Note, str]
"""The id of a note, the note with its origin, and the digest of its content."""
Row = tuple[Any, ...]


class OriginWriter:
    """Writes the origins of the notes of one import."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._types: dict[NoteType, int] = {}
        self._before: dict[int, Row | None] = {}
        self._after: dict[int, Row | None] = {}

    def add(self, notes: Iterable[NoteWithOrigin]) -> None:
        """Write the origins of new notes; an undo retires them with their notes."""
        rows = [self._row(*note) for note in notes if note[1].origin]
        if rows:
            bulk.insert_rows(self._connection, _ORIGINS, rows)

    def replace(self, notes: Sequence[NoteWithOrigin]) -> None:
        """Write the origins of stored notes that changed."""
        rows = {note[0]: self._row(*note) for note in notes if note[1].origin}
        if not rows:
            return
        stored: dict[int, Row] = {
            row.note_id: tuple(row)
            for row in self._connection.execute(
                select(_ORIGINS).where(_ORIGINS.c.note_id.in_(list(rows)))
            )
        }
        changed = {key: row for key, row in rows.items() if stored.get(key) != row}
        write(self._connection, changed)
        for key, row in changed.items():
            self._before.setdefault(key, stored.get(key))
            self._after[key] = row

    def image(self) -> UndoSnapshot:
        """Return the origins before and after, for undo."""
        if not self._after:
            return {}
        return {"origins": {"before": self._before, "after": self._after}}

    def _row(self, number: int, note: Note, digest: str) -> Row:
        origin = note.origin
        if origin is None:
            raise AssertionError("only notes with an origin have a row")
        return (
            number,
            self._number_of(origin.note_type),
            *origin_values(origin),
            # A file may hold a note that was changed after it came from its own program.
            digest if origin.is_unchanged else "",
        )

    def _number_of(self, note_type: NoteType) -> int:
        number = self._types.get(note_type)
        if number is None:
            digest = note_type_digest(note_type)
            number = self._connection.scalar(
                select(_TYPES.c.id).where(_TYPES.c.digest == digest)
            )
            if number is None:
                number = bulk.next_id(self._connection, _TYPES)
                values = (number, note_type.program, note_type.number)
                row = (*values, note_type.definition, digest)
                bulk.insert_rows(self._connection, _TYPES, [row])
            self._types[note_type] = number
        return number


def write(connection: Connection, rows: dict[int, Row | None] | dict[int, Row]) -> None:
    """Set the origins of notes by their numbers; those that are None are removed."""
    if not rows:
        return
    connection.execute(delete(_ORIGINS).where(_ORIGINS.c.note_id.in_(list(rows))))
    bulk.insert_rows(connection, _ORIGINS, (row for row in rows.values() if row))
