"""Opening the database for writing: pragmas, tables, and transactions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, create_engine, create_mock_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

import flashcards.store.tables.model  # noqa: F401 - the tables are known once this is loaded
from flashcards.disk.private import make_private_directory, make_private_file
from flashcards.store.error_translation import (
    disk_full,
    is_writable,
    lacks_room,
    read_only,
    translated,
)
from flashcards.store.files import (
    SCHEMA_VERSION,
    closed_on_failure,
    has_content,
    open_for_writing,
)
from flashcards.store.maintenance.locks import StoreLock, share
from flashcards.store.maintenance.missing import refuse_missing
from flashcards.store.maintenance.replaced import NOT_SAVED, OpenFile
from flashcards.store.steps.migrations import STEPS, Step, migrate
from flashcards.store.tables.schema import Structure, structure_of

_Found = TypeVar("_Found")

BUSY_SECONDS = 5.0
MIGRATION_SECONDS = 60.0
"""How long to wait for another window that migrates the store."""
_NO_CHANGE = f"PRAGMA user_version = {SCHEMA_VERSION}"
"""Writes a page as it is, which an UPDATE to the same value would not."""
_SHARED_MEMORY = 32_768
"""Minimum size in bytes of the shared memory of a log."""


@cache
def schema_statements() -> tuple[str, ...]:
    """Return the statements that create the tables, indexes and triggers of the model."""
    statements: list[str] = []

    def collect(statement: object, *_: object) -> None:
        statements.append(str(statement.compile(dialect=engine.dialect)))  # type: ignore[attr-defined]

    engine = create_mock_engine("sqlite://", collect)
    SQLModel.metadata.create_all(engine, checkfirst=False)
    return tuple(statements)


class Database:
    """One connection for writing; each `writing()` block is one transaction.

    An idle connection may be closed: then the file alone is the whole store, and can be
    copied or replaced safely.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        lock: StoreLock,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.path = path
        self.uses = 0
        """The number of writes, which shows whether it is idle."""
        self._on_connect: Callable[[], None] = _nothing
        self._busy_seconds = busy_seconds
        self._store_lock = lock
        self._raw: sqlite3.Connection | None = connection
        self._file = OpenFile(connection, path)
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: self._raw,
            poolclass=StaticPool,
            hide_parameters=True,
        )
        event.listen(self._engine, "begin", _begin)
        self._lock = Lock()
        with self._translated():
            self._connection = self._engine.connect()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection inside a transaction that no other writer can interrupt.

        Raises:
            StoreReplacedError: The file was deleted or replaced since it was opened.
        """
        with self._lock, self._translated():
            self.uses += 1
            raw = self._connected()
            self._file.check(raw)
            with self._connection.begin():
                self._file.check_identity(self._connection)
                yield self._connection
            self._file.check(raw)

    def structure(self) -> Structure:
        """Return the tables, indexes and triggers of the database."""
        with self._lock, self._translated():
            return structure_of(self._connected())

    def read(
        self, find: Callable[[sqlite3.Connection], Iterable[_Found]]
    ) -> list[_Found]:
        """Return all items that a function finds in the database."""
        with self._lock, self._translated():
            return list(find(self._connected()))

    def change(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Let a function change the database in one transaction.

        Raises:
            StoreReplacedError: The file was deleted or replaced since it was opened.
        """
        with self.writing():
            # The connection is open during the transaction.
            if self._raw is not None:
                change(self._raw)

    @property
    def is_in_place(self) -> bool:
        """Whether the file is still the one that was opened."""
        return self._file.is_in_place

    def connect(self) -> None:
        """Connect again and start a log, so that the next change does not wait for it.

        Raises:
            StoreReplacedError: The file was deleted or replaced since it was opened.
        """
        with self._lock, self._translated():
            if self._raw is None:
                self._connected()
                with self._connection.begin():
                    self._connection.exec_driver_sql(_NO_CHANGE)

    def disconnect(self, on_connect: Callable[[], None]) -> bool:
        """Write the log into the file and close the connection; return whether it is closed.

        It stays open while it is in use, if the disk is full, and if the file was deleted or
        replaced, so that its content can be saved.

        Args:
            on_connect: Called when it connects again.
        """
        self._on_connect = on_connect
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._raw is None or self._settled(self._raw)
        except sqlite3.Error:
            return False
        finally:
            self._lock.release()

    def check_file(self) -> None:
        """Save the content of the store if its file was deleted or replaced.

        Raises:
            StoreReplacedError: The file was deleted or replaced; the message names the copy.
        """
        with self._lock, self._translated():
            self._file.check(self._connected(lost=""), lost="")

    def close(self) -> None:
        """Close the connection; the last one that is closed removes the log."""
        with self._lock, self._translated():
            self._close_connection()
            self._file.close()
            self._store_lock.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with translated(self.path, (sqlite3.Error, DBAPIError, UnicodeDecodeError)):
            yield

    def _connected(self, lost: str = NOT_SAVED) -> sqlite3.Connection:
        """Return the connection, opened again if it was closed."""
        if self._raw is not None:
            return self._raw
        self._file.check(None, lost)
        raw = open_for_writing(self.path, self._busy_seconds, is_new=False)
        with closed_on_failure(raw):
            self._file.check_contents(raw, lost)
            _use_log(raw, self._busy_seconds)
        self._raw = raw
        self._connection = self._engine.connect()
        self._on_connect()
        return raw

    def _settled(self, raw: sqlite3.Connection) -> bool:
        if lacks_room(self.path) or not self._file.is_in_place:
            return False
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            is_busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.execute(f"PRAGMA busy_timeout = {round(self._busy_seconds * 1000)}")
        if is_busy:
            return False
        self._file.remember(raw)
        self._close_connection()
        return True

    def _close_connection(self) -> None:
        if self._raw is not None:
            self._connection.close()
            self._engine.dispose()
            self._raw = None


def open_database(
    path: Path,
    *,
    busy_seconds: float = BUSY_SECONDS,
    migration_seconds: float = MIGRATION_SECONDS,
    steps: Mapping[int, Step] = STEPS,
    is_new: bool = False,
) -> Database:
    """Open the database; create or migrate it if necessary.

    Args:
        path: The file; it and its directory are created if they do not exist.
        busy_seconds: How long a change waits for another program.
        migration_seconds: How long to wait for tables that another program is creating.
        steps: The migrations.
        is_new: Whether to create the store even if backups show that there was one.

    Raises:
        StoreMissingError: There was a store: its backups or its log exist.
    """
    with translated(path):
        make_private_directory(path.parent)
        if not is_writable(path):
            raise read_only(path)
    lock = share(path, migration_seconds)
    try:
        connection = _open(path, migration_seconds, steps, is_new=is_new)
        try:
            connection.execute(f"PRAGMA busy_timeout = {round(busy_seconds * 1000)}")
            return Database(connection, path, lock, busy_seconds)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.close()
        raise


def _open(
    path: Path, seconds: float, steps: Mapping[int, Step], *, is_new: bool
) -> sqlite3.Connection:
    def statements() -> tuple[str, ...]:
        if not is_new:
            refuse_missing(path)
        return schema_statements()

    with translated(path):
        if not is_new and not has_content(path) and not path.is_dir():
            refuse_missing(path)
        if has_content(path) and lacks_room(path) and not _has_shared_memory(path):
            # Trying would leave a lock of SQLite that blocks readers.
            raise disk_full(path)
        # SQLite gives its log and its shared memory the permissions of the file.
        make_private_file(path)
        connection = open_for_writing(path, seconds)
        try:
            _use_log(connection, seconds)
            migrate(connection, path, statements, steps)
        except BaseException:
            connection.close()
            raise
    return connection


def _nothing() -> None:
    """Do nothing."""


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _has_shared_memory(path: Path) -> bool:
    """Return whether another connection has created the shared memory of the log."""
    file = path.with_name(f"{path.name}-shm")
    return file.exists() and file.stat().st_size >= _SHARED_MEMORY


def _use_log(connection: sqlite3.Connection, seconds: float) -> None:
    """Switch to WAL mode; SQLite does not wait for others by itself while switching."""
    deadline = time.monotonic() + seconds
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if (
                error.sqlite_errorcode != sqlite3.SQLITE_BUSY
                or time.monotonic() > deadline
            ):
                raise
            time.sleep(0.02)
