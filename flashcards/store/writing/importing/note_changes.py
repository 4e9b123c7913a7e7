"""Change stored notes and their cards in an import, and record their values before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, select

from flashcards.domain.content import Note
from flashcards.domain.faces import faces_of
from flashcards.store.comparison.compare import new_faces
from flashcards.store.comparison.import_changes import NoteChange, PlacedNote
from flashcards.store.tables import model
from flashcards.store.tables.model import Link, Requirement, table_of
from flashcards.store.writing import before_after
from flashcards.store.writing.importing.note_rows import NOTE_COLUMNS, note_values
from flashcards.store.writing.undo_snapshot import UndoSnapshot

Rows = list[before_after.Row]
NewFace = tuple[int, PlacedNote, str]
"""The id of a note, the note, and a face of it that has no card yet."""

_NOTE_LOCATION = ("deck_id", "position", "line", "retired")
_CARD_LOCATION = ("deck_id", "position", "retired")
_LISTS: dict[str, tuple[Table, str, Callable[[Note], tuple[str, ...]]]] = {
    "requirements": (table_of(Requirement), "required_key", lambda note: note.requires),
    "links": (table_of(Link), "linked_key", lambda note: note.links),
}
_NOTES = table_of(model.Note)


class ChangeRecorder:
    """Writes the changes of one operation, and records them for its undo."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[str, tuple[str, ...]], tuple[Rows, Rows]] = {}
        self._lists: dict[str, dict[str, dict[int, list[str]]]] = {}

    def image(self) -> UndoSnapshot:
        """Return all recorded changes."""
        return {
            "changes": [
                before_after.change(table, columns, before, after)
                for (table, columns), (before, after) in self._rows.items()
            ],
            "lists": self._lists,
        }

    def record(
        self, table: str, columns: tuple[str, ...], before: Rows, after: Rows
    ) -> None:
        """Record a change that is written already."""
        recorded = self._rows.setdefault((table, columns), ([], []))
        recorded[0].extend(before)
        recorded[1].extend(after)

    def set_rows(
        self, table: str, columns: tuple[str, ...], before: Rows, after: Rows
    ) -> None:
        """Write a change and record it."""
        before_after.write_rows(self._connection, table, columns, after)
        self.record(table, columns, before, after)

    def write(self, changes: Sequence[NoteChange], deck_id: int) -> list[NewFace]:
        """Change the notes of a deck with their cards; return the faces that need new cards."""
        self._move_notes(changes, deck_id)
        self._move_cards(changes, deck_id)
        reworded = {
            change.stored.note_id: change.placed
            for change in changes
            if change.placed and not change.same_content
        }
        self._rewrite(reworded)
        for name in _LISTS:
            self._set_lists(name, reworded)
        return [
            (change.stored.note_id, change.placed, face)
            for change in changes
            if change.placed
            for face in new_faces(change)
        ]

    def _move_notes(self, changes: Sequence[NoteChange], deck_id: int) -> None:
        before: Rows = []
        after: Rows = []
        for stored, placed, _ in changes:
            old = (stored.deck_id, stored.position, stored.line, stored.retired)
            new = (*old[:-1], True)
            if placed:
                new = (deck_id, placed.position, placed.note.line, False)
            if old != new:
                before.append((stored.note_id, *old))
                after.append((stored.note_id, *new))
        self.set_rows("notes", _NOTE_LOCATION, before, after)

    def _move_cards(self, changes: Sequence[NoteChange], deck_id: int) -> None:
        before: Rows = []
        after: Rows = []
        for stored, placed, _ in changes:
            faces = faces_of(placed.note) if placed else ()
            home, position = (stored.deck_id, stored.position)
            if placed:
                home, position = deck_id, placed.position
            for card in stored.cards:
                old = (stored.deck_id, stored.position, card.retired)
                new = (home, position, card.face not in faces)
                if old != new:
                    before.append((card.card_id, *old))
                    after.append((card.card_id, *new))
        self.set_rows("cards", _CARD_LOCATION, before, after)

    def _rewrite(self, notes: dict[int, PlacedNote]) -> None:
        after: Rows = [(note_id, *note_values(item)) for note_id, item in notes.items()]
        columns = [_NOTES.c[name] for name in ("id", *NOTE_COLUMNS)]
        stored = self._connection.execute(
            select(*columns).where(_NOTES.c.id.in_(list(notes)))
        )
        self.set_rows("notes", NOTE_COLUMNS, [tuple(row) for row in stored], after)

    def _set_lists(self, name: str, notes: dict[int, PlacedNote]) -> None:
        table, column, keys_of = _LISTS[name]
        before: dict[int, list[str]] = {note_id: [] for note_id in notes}
        stored = select(table.c.note_id, table.c[column]).where(
            table.c.note_id.in_(list(notes))
        )
        for note_id, key in self._connection.execute(stored.order_by(table.c[column])):
            before[note_id].append(key)
        after = {
            note_id: sorted(set(keys_of(item.note))) for note_id, item in notes.items()
        }
        changed = [note_id for note_id in notes if before[note_id] != after[note_id]]
        before_after.write_lists(self._connection, name, {n: after[n] for n in changed})
        sides = self._lists.setdefault(name, {"before": {}, "after": {}})
        sides["before"].update({n: before[n] for n in changed})
        sides["after"].update({n: after[n] for n in changed})
