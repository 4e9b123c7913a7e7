"""The read-only connection that all facets of a reader share."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from itertools import islice
from pathlib import Path
from threading import RLock
from types import FunctionType
from typing import Any

from flashcards.domain.cards import Scope
from flashcards.errors import NothingFoundError, StoreOutdatedError
from flashcards.store.error_translation import UNREADABLE, store_error, translated
from flashcards.store.files import (
    SCHEMA_VERSION,
    StillConnection,
    closed_on_failure,
    has_content,
    log_of,
    open_for_reading,
    outdated,
    version_of,
)
from flashcards.store.maintenance.locks import share
from flashcards.store.maintenance.soundness import is_sound, tolerant_text
from flashcards.store.reading.damaged_rows import DamagedRow, leave_out_damaged
from flashcards.store.reading.search.fronts import front_of_face
from flashcards.store.tables.marks import Marks, file_number, marks_of, replaced
from flashcards.text.folding import fold_text

BUSY_SECONDS = 5.0

COUNTS = "reviews.id NOT IN (SELECT review_id FROM retractions)"
"""Condition: a row of `reviews` was not undone."""

Values = Sequence[Any] | Mapping[str, Any]


class ReadConnection:
    """A connection to the store that cannot write.

    It may be made in one thread and used in another, by one at a time. Every method raises an
    error of the `StoreError` family where the store cannot be read. Another thread may
    disconnect it at any time; it connects again with its next use.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open the store of a file.

        Args:
            path: The database file.
            busy_seconds: How long to wait for another window that holds the whole store.

        Raises:
            NothingFoundError: There is no store yet.
            StoreMissingError: There was one: its backups or its log are there.
            StoreError: It cannot be used, or must be brought up to date by `Store.open`.
        """
        with translated(path):
            if not path.is_dir() and not has_content(path):
                raise _no_store(path)
        self.path = path
        self._busy_seconds = busy_seconds
        self.damaged_notes: list[str] = []
        """Keys of the notes that were left out so far because they are damaged."""
        self.damaged_rows: list[DamagedRow] = []
        """Rows with impossible values, which are left out of everything."""
        self.uses = 0
        """The number of reads, which shows whether the store is idle."""
        self._on_connect: Callable[[], None] = _nothing
        self._guard = RLock()
        self._holders = 0
        self._is_closed = False
        self._marks: Marks | None = None
        self._lock = share(path, busy_seconds)
        try:
            self._connected: sqlite3.Connection | None = self._connect()
        except BaseException:
            self._lock.close()
            raise

    def close(self) -> None:
        """Close the store; it cannot be read any more."""
        with self._guard:
            if self._connected is not None:
                self._connected.close()
            self._is_closed = True
            self._lock.close()

    def disconnect(self, on_connect: Callable[[], None]) -> bool:
        """Close the connection until the next use; return whether it is closed.

        It stays open while somebody reads, and on a full disk, where it could not be opened
        again.

        Args:
            on_connect: Is called when the reader connects again.
        """
        self._on_connect = on_connect
        if not self._guard.acquire(blocking=False):
            return False
        try:
            if self._connected is None or self._is_closed:
                return True
            if self._holders or self.is_full or self._connected.in_transaction:
                return False
            with suppress(sqlite3.Error):
                self._marks = marks_of(self._connected)
            self._connected.close()
            self._connected = None
        finally:
            self._guard.release()
        return True

    @property
    def is_full(self) -> bool:
        """Whether the disk is full, so that the store can be read but not changed."""
        return isinstance(self._connected, StillConnection)

    @property
    def _connection(self) -> sqlite3.Connection:
        """The open connection, opened again where it was closed meanwhile.

        Raises:
            StoreReplacedError: the file was deleted or replaced meanwhile.
        """
        with self._guard:
            self.uses += 1
            if self._is_closed:
                raise sqlite3.ProgrammingError("it was closed")
            if self._connected is None:
                self._connected = self._connect_again()
                self._on_connect()
            return self._connected

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every read inside see one and the same state of the store."""
        if self._connection.in_transaction:
            yield
            return
        self.rows("BEGIN")
        try:
            yield
        finally:
            self.rows("COMMIT")

    def _connect_again(self) -> sqlite3.Connection:
        if file_number(self.path) != self._number:
            raise replaced(self.path)
        try:
            # A sound store was looked through when it was opened, which takes time.
            is_damaged = bool(self.damaged_rows or self.damaged_notes)
            connection = self._connect(looks_for_damage=is_damaged)
        except StoreOutdatedError as error:
            raise replaced(self.path) from error
        with closed_on_failure(connection), translated(self.path):
            is_same = self._marks is None or self._marks.are_in(connection)
            if not is_same:
                raise replaced(self.path)
        return connection

    def _connect(self, *, looks_for_damage: bool = True) -> sqlite3.Connection:
        with translated(self.path):
            self._number = file_number(self.path)
            self._state = _state_of(self.path)
            connection = open_for_reading(self.path, self._busy_seconds)
            with closed_on_failure(connection):
                _check_version(connection, self.path)
                if looks_for_damage:
                    connection.text_factory = tolerant_text
                    self._leave_out(leave_out_damaged(connection))
                    connection.text_factory = str
                connection.create_function(
                    "front_of_face", 3, front_of_face, deterministic=True
                )
                connection.create_function("fold", 1, fold_text, deterministic=True)
        return connection

    def _leave_out(self, rows: list[DamagedRow]) -> None:
        self.damaged_rows = [row for row in rows if row.table != "notes"]
        for row in rows:
            if row.table == "notes":
                self.remember_damaged(row.label)

    def _refresh(self) -> None:
        """Open a store again that was opened on a full disk and was written since."""
        before = self._connected
        if not isinstance(before, StillConnection) or before.in_transaction:
            return
        if _state_of(self.path) != self._state:
            self._connected = self._connect()
            before.close()

    def define_function(
        self, name: str, parameters: int, function: Callable[..., Any]
    ) -> None:
        """Let queries call a function that depends on its arguments alone."""
        self._connection.create_function(name, parameters, function, deterministic=True)

    def rows(self, query: str, values: Values = ()) -> list[Any]:
        """Return all rows of a query."""
        with self._guard, translated(self.path):
            self._refresh()
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                if not _is_no_text(error):
                    raise
            # Slower for every text, so only where it is needed.
            self._connection.text_factory = tolerant_text
            return self._connection.execute(query, values).fetchall()

    def sound(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Yield content and further columns of the rows whose note is undamaged.

        Each row is the note's key, its digest, its content and whatever else; the keys of
        notes that are not as they were written are remembered.
        """
        for key, digest, content, *rest in rows:
            if is_sound(content, digest):
                yield content, *rest
            else:
                self.remember_damaged(key)

    def remember_damaged(self, key: str) -> None:
        """Note that a note was left out because it is damaged."""
        if key not in self.damaged_notes:
            self.damaged_notes.append(key)

    def each(self, query: str, values: Values = ()) -> Iterator[Any]:
        """Yield rows one by one, for results too large to be in memory twice."""
        with self._holding(), translated(self.path):
            given = 0
            try:
                for row in self._connection.execute(query, values):
                    yield row
                    given += 1
            except sqlite3.OperationalError as error:
                if not _is_no_text(error):
                    raise
            else:
                return
            self._connection.text_factory = tolerant_text
            yield from islice(self._connection.execute(query, values), given, None)

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Keep the connection open within the block."""
        with self._guard:
            self._holders += 1
        try:
            yield
        finally:
            with self._guard:
                self._holders -= 1

    def row(self, query: str, values: Values = ()) -> Any:
        """Return the first row of a query; None where there is none."""
        rows = self.rows(query, values)
        return rows[0] if rows else None

    def value(self, query: str, values: Values = ()) -> Any:
        """Return the first value of the first row of a query; None where there is none."""
        row = self.row(query, values)
        return row[0] if row else None

    def deck_numbers(self, scope: Scope) -> list[int]:
        """Return the decks of a scope; every deck where it names none."""
        decks = self.rows("SELECT id, key FROM decks WHERE retired = 0 ORDER BY id")
        return [
            number
            for number, key in decks
            if not scope.decks or _is_within(key, scope.decks)
        ]


def _nothing() -> None:
    """Do nothing."""


class Facet:
    """A part of the reader: the questions that one subject asks of the store.

    Every public method raises an error of the `StoreError` family where the store cannot be
    read, also where a value in it is not what was ever written there.
    """

    def __init_subclass__(cls) -> None:
        """Turn what damage makes a public method raise into an error of the store."""
        super().__init_subclass__()
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("_"):
                setattr(cls, name, _guarded(method))

    def __init__(self, connection: ReadConnection) -> None:
        """Read over a connection that other facets share."""
        self._connection = connection


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of a facet that raises errors of the store alone."""

    @wraps(method)
    def guarded(self: Facet, *arguments: Any, **options: Any) -> Any:
        try:
            return method(self, *arguments, **options)
        except UNREADABLE as error:
            raise store_error(error, self._connection.path) from error

    return guarded


def _is_no_text(error: sqlite3.Error) -> bool:
    return str(error).startswith("Could not decode to UTF-8")


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = version_of(connection, path)
    if version == 0:
        raise _no_store(path)
    if version < SCHEMA_VERSION:
        raise outdated(path, version)


def _state_of(path: Path) -> list[tuple[int, int]]:
    """Return what changes with every write to a store."""
    found = [file.stat() for file in (path, log_of(path)) if file.exists()]
    return [(each.st_size, each.st_mtime_ns) for each in found]


def _is_within(key: str, parts: Iterable[str]) -> bool:
    return any(key == part or key.startswith(f"{part.rstrip('/')}/") for part in parts)


def _no_store(path: Path) -> NothingFoundError:
    """Return the error for an absent store, which is another one where it was there before."""
    from flashcards.store.maintenance.missing import refuse_missing

    refuse_missing(path)
    return NothingFoundError(
        f"There is no store at {path} yet. Start `flashcards`, or import a deck, to make one."
    )
