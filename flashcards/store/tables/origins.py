"""The tables of imported notes of other programs; their conventions are those of `model`.

SQLModel evaluates the annotations when the classes are created, so this module must not
postpone them with `from __future__ import annotations`.
"""

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from flashcards.store.tables.columns import column, key


class ForeignNoteType(SQLModel, table=True):
    """A note type of another program."""

    __tablename__ = "note_types"
    __table_args__ = (CheckConstraint("program <> ''"),)

    id: int | None = key()
    program: str = column("The program, such as `anki`.")
    number: int = column("Its id in that program.")
    definition: str = column(
        "JSON of its name, fields, templates and style in that program."
    )
    digest: str = column(
        "Digest of program, number and definition, for finding it.", unique=True
    )


class NoteOrigin(SQLModel, table=True):
    """The note of another program that a note was imported from, for exporting it again."""

    __tablename__ = "origins"
    __table_args__ = (CheckConstraint("part >= 0"),)

    note_id: int = column("Note.", foreign_key="notes.id", primary_key=True)
    note_type_id: int = column("Its note type.", foreign_key="note_types.id")
    guid: str = column("Its id in that program.")
    number: int = column("Its number in that program, 0 without one.")
    part: int = column("Index among the notes made from one foreign note, from 0.")
    modified: int = column("Time of its last change there, in Unix seconds.")
    tags: str = column("Its tags there, with spaces between them.")
    fields: str = column("Its original fields, joined by U+001F.")
    cards: str = column(
        "Its cards with spaces between them, each `place:face:flag:ease in permille:number`."
    )
    digest: str = column(
        "Digest of the note as imported, which shows whether it changed."
    )
