"""Step to the table with the identity of the store."""

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
    """Create the table and give the store its identity."""
    connection.execute(_TABLE)
    give_identity(connection)


def give_identity(connection: sqlite3.Connection) -> None:
    """Set the identity of a store, unless it has one."""
    connection.execute(
        "INSERT OR IGNORE INTO store_identity VALUES (1, ?)", (os.urandom(16).hex(),)
    )
