"""Takes from a store what later versions of its tables added."""

from __future__ import annotations

import sqlite3


def drop_origins(connection: sqlite3.Connection) -> None:
    """Take the tables of what notes were elsewhere, as before version 8."""
    for table in ("origins", "note_types"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
