"""Opens database files, and recognizes stores of this program."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

from flashcards.errors import StoreOutdatedError, StoreTooNewError
from flashcards.store.error_translation import damaged, is_writable
from flashcards.store.maintenance.soundness import tolerant_text

SCHEMA_VERSION = 10
"""The version of the tables that this program reads and writes."""

_LONGEST_LOG = 16 * 1024 * 1024
"""Bytes of the write-ahead log that stay on disk after a large import."""

APPLICATION_ID = 0x464C5348
"""Identifies a database file of this program (`FLSH`)."""

_NO_SHARED_MEMORY = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_WRITE,
)
"""Errors of SQLite if it cannot create the shared memory of a log."""


class StillConnection(sqlite3.Connection):
    """A connection that does not see changes made after it was opened."""


def open_for_writing(
    path: Path, busy_seconds: float, *, is_new: bool = True
) -> sqlite3.Connection:
    """Return a connection that any thread may use, one at a time, in autocommit mode.

    Args:
        path: The database file.
        busy_seconds: How long to wait for others.
        is_new: Whether to create the file if there is none.
    """
    connection = _connect(path, "mode=rwc" if is_new else "mode=rw", busy_seconds)
    with closed_on_failure(connection):
        connection.text_factory = tolerant_text
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute(f"PRAGMA journal_size_limit = {_LONGEST_LOG}")
    return connection


def open_for_reading(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Return a connection that cannot write; it works in a read-only directory too.

    A change that a crash interrupted is rolled back first, which needs a writable file. On a full disk the connection is a `StillConnection`.
    """
    if not is_writable(path) and not has_content(log_of(path)):
        # A database in WAL mode needs a `-shm` file even for reading. If it cannot be created
        # and there is no log, nobody can be writing either.
        return _connect(path, "mode=ro&immutable=1", busy_seconds)
    connection = _connect(path, "mode=ro", busy_seconds)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode
        if code == sqlite3.SQLITE_READONLY_ROLLBACK and is_writable(path):
            connection.close()
            _roll_back(path, busy_seconds)
            return _connect(path, "mode=ro", busy_seconds)
        if code in _NO_SHARED_MEMORY:
            connection.close()
            return _open_without_shared_memory(path, busy_seconds)
    except sqlite3.DatabaseError:
        # The first read of the caller gets the same error and translates it.
        pass
    return connection


def log_of(path: Path) -> Path:
    """Return the path of the write-ahead log of a database, which may not exist."""
    return Path(f"{os.path.realpath(path)}-wal")


def _connect(
    path: Path,
    mode: str,
    busy_seconds: float,
    kind: type[sqlite3.Connection] = sqlite3.Connection,
) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        factory=kind,
    )
    with closed_on_failure(connection):
        _distrust(connection)
    return connection


@contextmanager
def closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    """Close the connection where the block fails, since nobody else has it yet."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _distrust(connection: sqlite3.Connection) -> None:
    """Distrust the schema of a file: its expressions may only compute."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")


def _roll_back(path: Path, busy_seconds: float) -> None:
    """Roll back a change that a crash interrupted, with the journal next to the file."""
    with closing(_connect(path, "mode=rw", busy_seconds)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


def _open_without_shared_memory(path: Path, busy_seconds: float) -> StillConnection:
    """Return a connection for a directory in which no `-shm` file can be created."""
    if not has_content(log_of(path)):
        still = _connect(path, "mode=ro&immutable=1", busy_seconds, StillConnection)
        return cast("StillConnection", still)
    # With an exclusive lock a database needs no shared memory, but nobody else could read
    # it meanwhile. So it is copied into memory.
    with closing(_connect(path, "mode=rw", busy_seconds)) as alone:
        alone.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Takes the lock or fails in time; the copy itself would wait forever.
        alone.execute("PRAGMA schema_version").fetchone()
        copy = StillConnection(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        with closed_on_failure(copy):
            alone.backup(copy)
    return copy


def version_of(
    connection: sqlite3.Connection, path: Path, latest: int = SCHEMA_VERSION
) -> int:
    """Return the version of the tables, 0 for an empty database.

    Args:
        connection: An open connection.
        path: The file of that connection.
        latest: The newest supported version.

    Raises:
        StoreDamagedError: The database belongs to another program.
        StoreTooNewError: A newer version of this program created it.
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
    """Return the error for reading a database that must be migrated first."""
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


def has_content(path: Path) -> bool:
    """Return whether a file exists and is not empty."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False
