"""Step to the indexes over damaged rows, by which a reader knows of them when it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.store.tables.ranges import RULES, index_name, large_tables

if TYPE_CHECKING:
    import sqlite3


def add_damage_indexes(connection: sqlite3.Connection) -> None:
    """Create the indexes; they are empty in an undamaged store."""
    for table in large_tables():
        connection.execute(
            f"CREATE INDEX IF NOT EXISTS {index_name(table)} ON {table} (id) "
            f"WHERE {RULES[table].damaged}"
        )
