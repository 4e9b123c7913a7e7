"""Step to the tables of what notes were in other programs."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE note_types (
        id INTEGER NOT NULL,
        program VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        definition VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CHECK (program <> ''),
        UNIQUE (digest)
    )
    """,
    """
    CREATE TABLE origins (
        note_id INTEGER NOT NULL,
        note_type_id INTEGER NOT NULL,
        guid VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        part INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        tags VARCHAR NOT NULL,
        fields VARCHAR NOT NULL,
        cards VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        PRIMARY KEY (note_id),
        CHECK (part >= 0),
        FOREIGN KEY(note_id) REFERENCES notes (id),
        FOREIGN KEY(note_type_id) REFERENCES note_types (id)
    )
    """,
)


def add_origins(connection: sqlite3.Connection) -> None:
    """Create the tables; notes get their rows when their files are imported again."""
    for statement in _STATEMENTS:
        connection.execute(statement)
