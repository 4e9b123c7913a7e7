"""Compares the logs of two copies of the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from flashcards.store.maintenance.copies import open_still

if TYPE_CHECKING:
    from pathlib import Path

_LOGS = ("reviews", "operations")
"""Tables that only grow."""


def holds_all(newer: Path, older: Path) -> bool:
    """Return whether a newer copy has every review and operation of an older one.

    Entries are only appended, and each has a random identifier: two logs are equal up to an
    entry if both have this entry and the same number of entries before it.

    Args:
        newer: The copy that may have all entries of the other.
        older: The copy that may be deleted; for one that cannot be read the result is False.
    """
    try:
        with closing(open_still(newer)) as new, closing(open_still(older)) as old:
            return all(_is_beginning(old, new, table) for table in _LOGS)
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return False


def _is_beginning(
    older: sqlite3.Connection, newer: sqlite3.Connection, table: str
) -> bool:
    last = older.execute(
        f"SELECT id, uid FROM {table} ORDER BY id DESC LIMIT 1"  # noqa: S608 - a constant
    ).fetchone()
    if last is None:
        return True
    same_entry = newer.execute(
        f"SELECT 1 FROM {table} WHERE id = ? AND uid = ?",  # noqa: S608 - a constant
        last,
    ).fetchone()
    count_query = f"SELECT count(*) FROM {table} WHERE id <= ?"  # noqa: S608 - a constant
    counts = [
        connection.execute(count_query, last[:1]).fetchone()
        for connection in (older, newer)
    ]
    return same_entry is not None and counts[0] == counts[1]
