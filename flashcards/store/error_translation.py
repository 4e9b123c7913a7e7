"""Translates errors of SQLite and the file system to sentences for people."""

from __future__ import annotations

import errno
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flashcards.errors import (
    DiskFullError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreReadOnlyError,
)
from flashcards.text.safe_text import one_line

_PRIMARY = 0xFF
"""The low byte of an extended result code is the kind of error."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_SYSTEM_ERRORS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
"""Errors of the system for those of SQLite while writing a copy."""
_READING = (
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_READONLY_ROLLBACK,
)
_MAX_REASON = 200
_MIN_SPACE = 65_536
"""Free bytes that SQLite needs to start."""

UNREADABLE = (
    sqlite3.Error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    zlib.error,
)
"""Exceptions from reading impossible values in the store."""


@contextmanager
def translated(
    path: Path,
    errors: tuple[type[Exception], ...] = (sqlite3.Error, UnicodeDecodeError),
) -> Iterator[None]:
    """Translate exceptions of the database and the file system to a `StoreError`.

    Args:
        path: The database file, for the message.
        errors: The exceptions of the database layer.
    """
    try:
        yield
    except errors as error:
        raise store_error(error, path) from error
    except OSError as error:
        raise _file_error(error, path) from error


def store_error(error: Exception, path: Path) -> StoreError:
    """Return the `StoreError` for a database exception."""
    if path.is_dir():
        return StoreError(f"The store {path} is a directory, not a file.")
    cause = getattr(error, "orig", None) or error
    if not isinstance(cause, sqlite3.Error):
        return damaged(path, _reason(cause))
    if isinstance(cause, sqlite3.ProgrammingError):
        return StoreError(f"The store {path} could not be used: {cause}.")
    return _sqlite_error(cause, path)


def _sqlite_error(cause: sqlite3.Error, path: Path) -> StoreError:
    # Errors by Python itself, such as for text that is not UTF-8, have no code.
    code = getattr(cause, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR
    match code & _PRIMARY:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return locked(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_ERROR:
            return damaged(path, str(cause))
        case sqlite3.SQLITE_FULL:
            return disk_full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return read_only(path)
        case sqlite3.SQLITE_CANTOPEN if not lacks_room(path):
            return _cannot_open(path)
        case sqlite3.SQLITE_CANTOPEN:
            return disk_full(path)
        case sqlite3.SQLITE_IOERR if lacks_room(path):
            return disk_full(path)
        case _:
            return StoreError(
                f"The store {path} could not be used: {one_line(str(cause))}."
            )


def locked(path: Path) -> StoreLockedError:
    """Return the error for a store that another program has locked for too long."""
    return StoreLockedError(
        f"The store {path} is in use by another program. "
        "Close the other window, or try again in a moment."
    )


def damaged(path: Path, reason: str) -> StoreDamagedError:
    """Return the error for a file that is not an undamaged store."""
    return StoreDamagedError(
        f"The store {path} is damaged ({one_line(reason, _MAX_REASON)}). `flashcards doctor` says more, and "
        "`flashcards restore` restores one of the backups next to it."
    )


def read_only(path: Path) -> StoreReadOnlyError:
    """Return the error for a store that cannot be written."""
    return StoreReadOnlyError(
        f"The store {path} cannot be written. Change the permissions of the file and "
        "of its directory, or choose another home with --home."
    )


def _unreadable_home(home: Path) -> StoreReadOnlyError:
    return StoreReadOnlyError(
        f"The home {home} cannot be read. Change its permissions, or choose another home "
        "with --home."
    )


def disk_full(path: Path) -> DiskFullError:
    """Return the error for a change without space on the disk."""
    return DiskFullError(
        f"The disk is full, so nothing was changed in the store {path}. "
        "Free some space and try again."
    )


@contextmanager
def writing_copy(directory: Path) -> Iterator[None]:
    """Translate exceptions from writing a copy to errors that name its directory, not the store."""
    try:
        yield
    except OSError as error:
        raise _copy_error(error.errno, error.strerror or str(error), directory) from (
            error
        )
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        number = _SYSTEM_ERRORS.get(code & _PRIMARY)
        if code in _READING or number is None:
            raise
        raise _copy_error(number, one_line(str(error)), directory) from error


def _copy_error(number: int | None, reason: str, directory: Path) -> StoreError:
    if number in _FULL:
        return DiskFullError(
            f"The disk is full, so no copy could be made in {directory}. Nothing else was "
            "changed. Free some space and try again."
        )
    if number in _REFUSED:
        return StoreReadOnlyError(
            f"The directory {directory} cannot be written. Change its permissions and try "
            "again."
        )
    return StoreError(f"No copy could be made in {directory}: {reason}.")


def is_writable(path: Path) -> bool:
    """Return whether this user may write the directory and the file, if it exists."""
    return os.access(path.parent, os.W_OK) and (
        not path.exists() or os.access(path, os.W_OK)
    )


def _cannot_open(path: Path) -> StoreError:
    if not path.exists() or not os.access(path, os.R_OK) or is_writable(path):
        return StoreError(
            f"The store {path} cannot be opened. Check that the file is there and that you may read it."
        )
    return read_only(path)


def _file_error(error: OSError, path: Path) -> StoreError:
    if error.errno in _FULL:
        return disk_full(path)
    if error.errno in _REFUSED:
        home = path.parent
        if home.exists() and not os.access(home, os.R_OK | os.X_OK):
            return _unreadable_home(home)
        return read_only(path)
    return StoreError(f"The store {path} could not be used: {error.strerror or error}.")


def lacks_room(path: Path) -> bool:
    """Return whether the disk of a file has less space than SQLite needs to start."""
    try:
        figures = os.statvfs(path.parent)
    except OSError:
        return False
    return figures.f_bavail * figures.f_frsize < _MIN_SPACE


def _reason(error: Exception) -> str:
    """Return the reason for an exception that is not of SQLite."""
    if isinstance(error, UnicodeDecodeError):
        return "it holds text that is not UTF-8"
    return f"it holds a value that cannot be read: {type(error).__name__}: {error}"
