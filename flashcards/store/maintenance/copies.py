"""Copies a database file; a copy gets its name only once it is complete, checked and on disk."""

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
_FORMAT_OFFSET = 18
"""Offset of the file format in the header: bytes 2 and 2 with a log, 1 and 1 without."""


def copy_as_new(source: Path, target: Path) -> Path:
    """Copy a database to a new file and return its path; numbered if the name is taken.

    Raises:
        StoreDamagedError: The copy is damaged, so it was deleted.
    """
    with closing(open_for_reading(source, BUSY_SECONDS)) as reading:
        return copy_connection(reading, source, target)


def copy_connection(reading: sqlite3.Connection, source: Path, target: Path) -> Path:
    """Copy like `copy_as_new`, from an open connection, even to a deleted file."""
    with _finished_copy(reading, source, target) as unfinished:
        made = _link_as(unfinished, target)
    write_through(target.parent)
    return made


def copy_descriptor(descriptor: int, source: Path, target: Path) -> Path:
    """Copy like `copy_as_new`, from an open file that nobody writes.

    Args:
        descriptor: The open file, which may be deleted.
        source: The path that it had.
        target: The new file.
    """
    with temporary_file(target.parent) as (_, unfinished):
        with unfinished.open("wb") as file:
            offset = 0
            while block := os.pread(descriptor, _BLOCK, offset):
                offset += file.write(block)
        _complete(unfinished, source)
        made = _link_as(unfinished, target)
    write_through(target.parent)
    return made


def copy_over(source: Path, target: Path) -> None:
    """Copy a database to a file, which is replaced if it exists.

    Raises:
        StoreDamagedError: The copy is damaged, so it was deleted.
    """
    with prepared_copy(source, target) as unfinished:
        unfinished.replace(target)
    write_through(target.parent)


@contextmanager
def prepared_copy(source: Path, target: Path) -> Iterator[Path]:
    """Yield a complete copy of a database next to a target, to be renamed within the block.

    Raises:
        StoreDamagedError: The copy is damaged, so it was deleted.
    """
    with (
        closing(open_for_reading(source, BUSY_SECONDS)) as reading,
        _finished_copy(reading, source, target) as unfinished,
    ):
        yield unfinished


def find_damage(connection: sqlite3.Connection) -> str:
    """Return the first damage of a store: in its file, or a missing table or column.

    Empty if there is none.
    """
    try:
        damage = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if damage == "ok":
            damage = _missing_table_or_column(connection) or damage
    except UnicodeDecodeError:
        return "it holds text that is not UTF-8"
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) not in (
            sqlite3.SQLITE_ERROR,
            None,
        ):
            raise
        damage = str(error)
    except sqlite3.DatabaseError as error:
        damage = str(error)
    return "" if damage == "ok" else one_line(damage)


def _missing_table_or_column(connection: sqlite3.Connection) -> str:
    """Return the missing table or column of a store; empty for a store of another version."""
    version, owner = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("user_version", "application_id")
    )
    if (version, owner) != (SCHEMA_VERSION, APPLICATION_ID):
        return ""
    return next(iter(lacks(structure_of(connection))), "").removesuffix(".")


def identity_of(file: Path) -> str:
    """Return the identity of a store or of a copy of it; empty if unknown."""
    try:
        with closing(open_still(file)) as connection:
            row = connection.execute("SELECT uid FROM store_identity").fetchone()
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return ""
    return str(row[0]) if row else ""


def write_through(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _finished_copy(
    reading: sqlite3.Connection, source: Path, target: Path
) -> Iterator[Path]:
    """Yield a complete copy under a temporary name, which is deleted after the block."""
    with ExitStack() as stack:
        with writing_copy(target.parent):
            _, unfinished = stack.enter_context(temporary_file(target.parent))
            _copy_pages(reading, source, unfinished)
        yield unfinished


def _copy_pages(reading: sqlite3.Connection, source: Path, unfinished: Path) -> None:
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as writing:
        # Nobody reads the copy before it is complete, so it needs no journal.
        writing.execute("PRAGMA journal_mode = OFF")
        writing.execute("PRAGMA synchronous = OFF")
        reading.backup(writing, progress=_stop_when_locked(source))
    _complete(unfinished, source)


def _complete(unfinished: Path, source: Path) -> None:
    """Check a copy and wait until it is on disk."""
    _mark_without_log(unfinished)
    # Pages are copied unchanged, so damaged pages show in the copy.
    with closing(open_still(unfinished)) as checking:
        damage = find_damage(checking)
    if damage:
        raise damaged(source, damage)
    write_through(unfinished)


def _mark_without_log(file: Path) -> None:
    """Set the file format without a log in the header, so that the copy is a single file."""
    with file.open("r+b") as header:
        header.seek(_FORMAT_OFFSET)
        if header.read(2) == b"\x02\x02":
            header.seek(_FORMAT_OFFSET)
            header.write(b"\x01\x01")


def open_still(file: Path) -> sqlite3.Connection:
    """Return a read-only connection to a database file that nobody changes meanwhile."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _link_as(unfinished: Path, target: Path) -> Path:
    """Give a complete copy its name, numbered if it is taken; return the path."""
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
            # The file system has no hard links.
            if not _reserve_name(file):
                continue
            unfinished.replace(file)
        return file


def _reserve_name(file: Path) -> bool:
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _stop_when_locked(path: Path) -> Callable[[int, int, int], None]:
    """Return a callback that stops a copy that waits too long for a lock; SQLite would not."""
    deadline = time.monotonic() + BUSY_SECONDS

    def stop_if_locked(status: int, _remaining: int, _total: int) -> None:
        is_waiting = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if is_waiting and time.monotonic() >= deadline:
            raise locked(path)

    return stop_if_locked
