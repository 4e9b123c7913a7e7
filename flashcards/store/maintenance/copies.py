"""Copies of a database file that appear only once they are complete, checked and on disk."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from flashcards.disk.temporary import temporary_file
from flashcards.store.error_translation import damaged, locked, writing_copy
from flashcards.store.files import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    open_for_reading,
)
from flashcards.store.tables.schema import lacks, structure_of
from flashcards.text.safe_text import one_line

BUSY_SECONDS = 5.0

_BLOCK = 1024 * 1024
_VERSIONS = 18
"""Where the header says how the file is written: 2 and 2 with a log, 1 and 1 without one."""


def copy_as_new(source: Path, target: Path) -> Path:
    """Copy a database to a new file and return it; numbered where the name is taken.

    Raises:
        StoreDamagedError: the copy is not sound, so it was thrown away.
    """
    with closing(open_for_reading(source, BUSY_SECONDS)) as reading:
        return copy_connection(reading, source, target)


def copy_connection(reading: sqlite3.Connection, source: Path, target: Path) -> Path:
    """Do as `copy_as_new` does, from an open connection, also of a file that is gone."""
    with _finished(reading, source, target) as unfinished:
        made = _name(unfinished, target)
    write_through(target.parent)
    return made


def copy_descriptor(descriptor: int, source: Path, target: Path) -> Path:
    """Do as `copy_as_new` does, from a file that is open and that nobody writes.

    Args:
        descriptor: The open file, which may have no name any more.
        source: The name that it had.
        target: The new file.
    """
    with temporary_file(target.parent) as (_, unfinished):
        with unfinished.open("wb") as file:
            place = 0
            while block := os.pread(descriptor, _BLOCK, place):
                place += file.write(block)
        _complete(unfinished, source)
        made = _name(unfinished, target)
    write_through(target.parent)
    return made


def copy_over(source: Path, target: Path) -> None:
    """Copy a database to a file, which is replaced where it exists.

    Raises:
        StoreDamagedError: the copy is not sound, so it was thrown away.
    """
    with prepared_copy(source, target) as unfinished:
        unfinished.replace(target)
    write_through(target.parent)


@contextmanager
def prepared_copy(source: Path, target: Path) -> Iterator[Path]:
    """Write a complete copy of a database next to a target, to be renamed within the block.

    Raises:
        StoreDamagedError: the copy is not sound, so it was thrown away.
    """
    with (
        closing(open_for_reading(source, BUSY_SECONDS)) as reading,
        _finished(reading, source, target) as unfinished,
    ):
        yield unfinished


def fault_of(connection: sqlite3.Connection) -> str:
    """Return the first fault of a store: of its file, or a table or column that is missing.

    The result is empty where it is sound.
    """
    try:
        fault = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if fault == "ok":
            fault = _missing_part(connection) or fault
    except UnicodeDecodeError:
        return "it holds text that is not UTF-8"
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) not in (
            sqlite3.SQLITE_ERROR,
            None,
        ):
            raise
        fault = str(error)
    except sqlite3.DatabaseError as error:
        fault = str(error)
    return "" if fault == "ok" else one_line(fault)


def _missing_part(connection: sqlite3.Connection) -> str:
    """Return which table or column a store of this version lacks; empty for other versions."""
    version, owner = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("user_version", "application_id")
    )
    if (version, owner) != (SCHEMA_VERSION, APPLICATION_ID):
        return ""
    return next(iter(lacks(structure_of(connection))), "").removesuffix(".")


def identity_of(file: Path) -> str:
    """Return the identity of the store that a file is or is a copy of; empty where unknown."""
    try:
        with closing(open_still(file)) as connection:
            row = connection.execute("SELECT uid FROM store_identity").fetchone()
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return ""
    return str(row[0]) if row else ""


def write_through(path: Path) -> None:
    """Wait until a file or the names in a directory are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _finished(
    reading: sqlite3.Connection, source: Path, target: Path
) -> Iterator[Path]:
    """Give a complete copy under a name of its own, which is gone after the block."""
    with ExitStack() as stack:
        with writing_copy(target.parent):
            _, unfinished = stack.enter_context(temporary_file(target.parent))
            _fill(reading, source, unfinished)
        yield unfinished


def _fill(reading: sqlite3.Connection, source: Path, unfinished: Path) -> None:
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as writing:
        # Nobody reads it before it is complete: it needs no journal.
        writing.execute("PRAGMA journal_mode = OFF")
        writing.execute("PRAGMA synchronous = OFF")
        reading.backup(writing, progress=_giving_up(source))
    _complete(unfinished, source)


def _complete(unfinished: Path, source: Path) -> None:
    """Check a copy and wait until it is on disk."""
    _without_log(unfinished)
    # Pages are copied as they are, so the copy shows whether they are sound.
    with closing(open_still(unfinished)) as checking:
        fault = fault_of(checking)
    if fault:
        raise damaged(source, fault)
    write_through(unfinished)


def _without_log(file: Path) -> None:
    """Say in the header that the file has no log, which would scatter it over several files."""
    with file.open("r+b") as header:
        header.seek(_VERSIONS)
        if header.read(2) == b"\x02\x02":
            header.seek(_VERSIONS)
            header.write(b"\x01\x01")


def open_still(file: Path) -> sqlite3.Connection:
    """Return a connection to a database file that nobody changes meanwhile."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _name(unfinished: Path, target: Path) -> Path:
    """Give a complete copy its name, or a numbered one; no name is used twice."""
    number = 1
    while True:
        ending = f"-{number}" if number > 1 else ""
        file = target.with_stem(f"{target.stem}{ending}")
        number += 1
        try:
            os.link(unfinished, file)
        except FileExistsError:
            continue
        except OSError:
            # The file system has no second names for a file.
            if not _take_name(file):
                continue
            unfinished.replace(file)
        return file


def _take_name(file: Path) -> bool:
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _giving_up(path: Path) -> Callable[[int, int, int], None]:
    """Return a callback that stops a copy which others keep waiting; SQLite would wait for ever."""
    deadline = time.monotonic() + BUSY_SECONDS

    def stop(status: int, _remaining: int, _total: int) -> None:
        waits = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waits and time.monotonic() >= deadline:
            raise locked(path)

    return stop
