"""Database files as files: opening them, and telling ours from others."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flashcards.errors import StoreOutdatedError, StoreTooNewError
from flashcards.store.faults import damaged, is_writable

SCHEMA_VERSION = 5
"""The version of the tables that this program reads and writes."""

_LONGEST_LOG = 16 * 1024 * 1024
"""Bytes that the write-ahead log keeps on disk after a large import."""

APPLICATION_ID = 0x464C5348
"""Marks a database file as ours (`FLSH`)."""


def open_for_writing(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Return a connection that any thread may use, one at a time, without own transactions."""
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute(f"PRAGMA journal_size_limit = {_LONGEST_LOG}")
    return connection


def open_for_reading(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Return a connection that cannot write; it works in a read-only directory too."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    if not is_writable(path) and not _has_content(path.with_name(path.name + "-wal")):
        # A database in WAL mode needs to make a `-shm` file even for reading. Where that
        # is refused and there is no log to be read, nobody can be writing either.
        address += "&immutable=1"
    return sqlite3.connect(
        address,
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )


def version_of(
    connection: sqlite3.Connection, path: Path, latest: int = SCHEMA_VERSION
) -> int:
    """Return the version of the tables, 0 for an empty database.

    Args:
        connection: An open connection.
        path: The file of that connection.
        latest: The newest version that is understood.

    Raises:
        StoreDamagedError: The database belongs to another program.
        StoreTooNewError: A newer version of this program made it.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION_ID:
        if not owner and not version and not _has_tables(connection):
            return 0
        raise damaged(path, "it is a database of another program")
    if version > latest:
        raise _too_new(path, version, latest)
    return version


def outdated(path: Path, version: int) -> StoreOutdatedError:
    """Return the error for reading a database that has to be brought up to date first."""
    return StoreOutdatedError(
        f"The store {path} was made by an older version of flashcards (tables {version}, this "
        f"program needs {SCHEMA_VERSION}). Start `flashcards` once to bring it up to date."
    )


def _too_new(path: Path, version: int, latest: int) -> StoreTooNewError:
    return StoreTooNewError(
        f"The store {path} was made by a newer version of flashcards (tables {version}, this "
        f"program knows {latest}). Update the program; nothing was changed."
    )


def _has_tables(connection: sqlite3.Connection) -> bool:
    return (
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
    )


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
