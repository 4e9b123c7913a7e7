"""Step to decks that say in columns of their own how their files were read."""

from __future__ import annotations

import sqlite3

_NEW = """
    CREATE TABLE new_decks (
        id INTEGER NOT NULL,
        key VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        description VARCHAR NOT NULL,
        version VARCHAR NOT NULL,
        license VARCHAR NOT NULL,
        topics VARCHAR NOT NULL,
        path VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        is_partial BOOLEAN NOT NULL,
        name VARCHAR NOT NULL,
        is_of_file BOOLEAN NOT NULL,
        given_key VARCHAR NOT NULL,
        given_format VARCHAR NOT NULL,
        format VARCHAR NOT NULL,
        options VARCHAR NOT NULL,
        reader_version INTEGER NOT NULL,
        retired BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        CHECK (key <> ''),
        CHECK (is_partial IN (0, 1) AND is_of_file IN (0, 1)),
        CHECK (retired IN (0, 1)),
        UNIQUE (key)
    )
"""
_HEAD = "id, key, title, description, version, license, topics, path, digest"
_PARTIAL, _GIVEN = "part:", "into:"


def describe_deck_files(connection: sqlite3.Connection) -> None:
    """Split the digests of the first release into columns.

    They were `part:` for a file with only part of a deck, `into:KEY:` for the key of `--into`,
    and the digest of the file. They were made by older readers, so each file is read again.
    """
    rows = connection.execute(f"SELECT {_HEAD}, retired FROM decks").fetchall()  # noqa: S608 - constants
    connection.execute(_NEW)
    for *head, stamp, retired in rows:
        given = stamp.removeprefix(_PARTIAL)
        is_partial = given != stamp
        key = ""
        if given.startswith(_GIVEN):
            key, _, given = given.removeprefix(_GIVEN).rpartition(":")
        values = (*head, given, is_partial, "", False, key, "", "", "", 0, retired)
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO new_decks VALUES ({marks})", values)  # noqa: S608 - constants
    connection.execute("DROP TABLE decks")
    connection.execute("ALTER TABLE new_decks RENAME TO decks")
