"""Removes from a store what later versions added."""

from __future__ import annotations

import sqlite3

from flashcards.store.tables.ranges import index_name, large_tables


def drop_plan_notes(connection: sqlite3.Connection) -> None:
    """Remove the table of notes about interviews, as before version 10."""
    connection.execute("DROP TABLE IF EXISTS plan_notes")


def drop_damage_indexes(connection: sqlite3.Connection) -> None:
    """Remove the indexes over damaged rows, as before version 9."""
    drop_plan_notes(connection)
    for table in large_tables():
        connection.execute(f"DROP INDEX IF EXISTS {index_name(table)}")


def drop_origins(connection: sqlite3.Connection) -> None:
    """Remove the tables of origins, as before version 8."""
    drop_damage_indexes(connection)
    for table in ("origins", "note_types"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
