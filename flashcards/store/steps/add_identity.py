"""Step to the table that says which store this is."""

from __future__ import annotations

import os
import sqlite3

_TABLE = """
    CREATE TABLE store_identity (
        id INTEGER NOT NULL,
        uid VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CHECK (id = 1),
        CHECK (uid <> '')
    )
"""


def add_identity(connection: sqlite3.Connection) -> None:
    """Make the table and give the store its identity."""
    connection.execute(_TABLE)
    give_identity(connection)


def give_identity(connection: sqlite3.Connection) -> None:
    """Give a store that has none an identity of its own."""
    connection.execute(
        "INSERT OR IGNORE INTO store_identity VALUES (1, ?)", (os.urandom(16).hex(),)
    )
