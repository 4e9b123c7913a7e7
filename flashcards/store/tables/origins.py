"""The tables of what notes were elsewhere; `flashcards.store.tables.model` has all others, and its rules hold here.

SQLModel reads the annotations while the classes are made, so this module must not
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
    program: str = column("Program that it belongs to, such as `anki`.")
    number: int = column("Its id in that program.")
    definition: str = column(
        "JSON of its name, fields, templates and style as that program has them."
    )
    digest: str = column(
        "Digest of program, number and definition, by which it is found.", unique=True
    )


class NoteOrigin(SQLModel, table=True):
    """What a note was in another program, so that it can go back there."""

    __tablename__ = "origins"
    __table_args__ = (CheckConstraint("part >= 0"),)

    note_id: int = column("Note.", foreign_key="notes.id", primary_key=True)
    note_type_id: int = column("Its note type.", foreign_key="note_types.id")
    guid: str = column("Its id in that program.")
    number: int = column("Its number in that program, 0 where it has none.")
    part: int = column("Which of the notes made of one foreign note this is, from 0.")
    modified: int = column("When it was last changed there, in Unix seconds.")
    tags: str = column("Its tags there, with spaces between them.")
    fields: str = column("Its fields as they were, joined by U+001F.")
    cards: str = column(
        "Its cards with spaces between them, each `place:face:flag:ease in permille:number`."
    )
    digest: str = column(
        "Digest of the note as it was imported, by which a changed one is known."
    )
