"""What a copy of the store holds of the review log, compared with another copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from flashcards.store.maintenance.copies import open_still

if TYPE_CHECKING:
    from pathlib import Path

_LOGS = ("reviews", "operations")
"""Tables that only ever grow, except that undoing an import removes its reviews."""


def holds_all(newer: Path, older: Path) -> bool:
    """Return whether every review and operation in one copy is also in another one.

    Entries are only appended, and each has a random identifier: two logs are equal up to
    an entry where they have that entry and equally many before it.

    Args:
        newer: The copy that may hold all of the other.
        older: The copy that may be removed; one that cannot be read is in no other copy.
    """
    try:
        with closing(open_still(newer)) as there, closing(open_still(older)) as here:
            return all(_is_beginning(here, there, table) for table in _LOGS)
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
    same = newer.execute(
        f"SELECT 1 FROM {table} WHERE id = ? AND uid = ?",  # noqa: S608 - a constant
        last,
    ).fetchone()
    counting = f"SELECT count(*) FROM {table} WHERE id <= ?"  # noqa: S608 - a constant
    counts = [each.execute(counting, last[:1]).fetchone() for each in (older, newer)]
    return same is not None and counts[0] == counts[1]
