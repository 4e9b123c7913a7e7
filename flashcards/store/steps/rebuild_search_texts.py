"""Step to search texts and fronts as this version makes them, and to composed tags."""

from __future__ import annotations

import sqlite3
from unicodedata import normalize

from flashcards.domain.faces import faces_of, list_text
from flashcards.domain.note_json import note_from_json
from flashcards.text.folding import fold_text

_ALL = "SELECT id, kind, tags, front, searchable FROM notes"
_CONTENTS = "SELECT content FROM notes WHERE id = ?"
_WRITE = "UPDATE notes SET tags = ?, front = ?, searchable = ? WHERE id = ?"
_WITH_NEW_FRONTS = ("cloze", "numeric")
"""Kinds whose fronts held marks around gaps, or the names of variables."""


def fold_search_texts(connection: sqlite3.Connection) -> None:
    """Fold the search texts of all notes, and make those of gaps and formulas again.

    Most notes hold nothing that folding changes, so that few rows are written.
    """
    changed = []
    for note_id, kind, tags, front, searchable in connection.execute(_ALL).fetchall():
        new = (normalize("NFC", tags), front, fold_text(searchable))
        if kind in _WITH_NEW_FRONTS or _may_hold_formulas(searchable):
            (content,) = connection.execute(_CONTENTS, (note_id,)).fetchone()
            new = (new[0], *(_texts_of(content) or new[1:]))
        if new != (tags, front, searchable):
            changed.append((*new, note_id))
    connection.executemany(_WRITE, changed)


def _may_hold_formulas(text: str) -> bool:
    return "$" in text or "\\(" in text or "\\[" in text


def _texts_of(content: str) -> tuple[str, str] | None:
    """Return the front and the search text of a note; None where its content is damaged."""
    # Writing loads slowly, and a store needs this step only once.
    from flashcards.store.writing.importing.note_rows import searchable_text

    try:
        note = note_from_json(content)
        return list_text(note, faces_of(note)[0]), searchable_text(note)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        # `doctor` reports the note.
        return None
