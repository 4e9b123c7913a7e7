"""Whether a store that is opened again is still the same store, with all that it held."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from flashcards.errors import StoreReplacedError
from flashcards.store.files import SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_IDENTITY = "SELECT uid FROM store_identity"
_NEWEST = "SELECT uid FROM operations ORDER BY id DESC LIMIT 1"
_HAS_OPERATION = "SELECT 1 FROM operations WHERE uid = ?"


class Marks(NamedTuple):
    """Values that identify a store, and distinguish it from an older copy of itself."""

    identity: str | None
    newest_operation: str | None

    def are_in(self, connection: sqlite3.Connection) -> bool:
        """Return whether a database is the same store and has the newest operation, too."""
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        # A copy from before a migration may hold every operation.
        if version < SCHEMA_VERSION or marks_of(connection).identity != self.identity:
            return False
        if self.newest_operation is None:
            return True
        row = connection.execute(_HAS_OPERATION, (self.newest_operation,)).fetchone()
        return row is not None


def marks_of(connection: sqlite3.Connection) -> Marks:
    """Return the marks of an open store."""
    identity, newest = (
        connection.execute(query).fetchone() for query in (_IDENTITY, _NEWEST)
    )
    return Marks(identity and identity[0], newest and newest[0])


def file_number(path: Path) -> tuple[int, int] | None:
    """Return the device and inode number of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def replaced(path: Path, reason: str = "") -> StoreReplacedError:
    """Return the error for a store that is no longer the one that was opened.

    Args:
        path: The database file.
        reason: What else to say, after a space.
    """
    home = shlex.quote(str(path.parent))
    what = "replaced" if file_number(path) else "deleted"
    return StoreReplacedError(
        f"The store {path} was {what} by another program while this window was open."
        f"{reason} Close this window; `flashcards --home {home} restore` lists the backups."
    )
