"""Locks on a store that end with the process: shared by windows, exclusive for a restore.

The file `flashcards.lock` next to the database is only ever locked, never read.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from flashcards.errors import StoreLockedError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_PAUSE = 0.02
_BUSY_SECONDS = 5.0


class StoreLock:
    """A lock on a store file that is held until it is closed."""

    def __init__(self, handle: int | None) -> None:
        """Hold an open, locked file; None if the file system has no locks."""
        self._handle = handle

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def share(path: Path, busy_seconds: float = _BUSY_SECONDS) -> StoreLock:
    """Return a shared lock on a store, which prevents its replacement.

    Args:
        path: The database file.
        busy_seconds: How long to wait while a restore replaces the store.

    Raises:
        StoreLockedError: A restore takes longer than that.
    """
    handle = _open(_lock_file_of(path))
    deadline = time.monotonic() + busy_seconds
    while not _lock(handle, alone=False):
        if time.monotonic() > deadline:
            _close(handle)
            raise StoreLockedError(
                f"The store {path} is being restored from a backup. "
                "Try again in a moment."
            )
        time.sleep(_PAUSE)
    return StoreLock(handle)


def hold_alone(path: Path) -> StoreLock:
    """Return an exclusive lock on a store, which nobody else may have open.

    Args:
        path: The database file.

    Raises:
        StoreLockedError: A window or a command has the store open.
    """
    handle = _open(_lock_file_of(path))
    if not _lock(handle, alone=True):
        _close(handle)
        raise StoreLockedError(
            f"Another window or command of flashcards has the store {path} open. "
            "Close it first."
        )
    return StoreLock(handle)


def take_turn(path: Path) -> StoreLock:
    """Wait for the lock on work that only one program does at a time, such as a first start.

    Args:
        path: The database file.
    """
    handle = _open(_turn_file_of(path))
    _lock(handle, alone=True, wait=True)
    return StoreLock(handle)


def try_turn(path: Path) -> StoreLock | None:
    """Return the lock like `take_turn`, or None if another program holds it."""
    handle = _open(_turn_file_of(path))
    if not _lock(handle, alone=True):
        _close(handle)
        return None
    return StoreLock(handle)


def _turn_file_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}-turn.lock")


def _lock_file_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.lock")


def _open(file: Path) -> int | None:
    """Open the file of a lock; None if that is impossible, as on a read-only disk."""
    if sys.platform == "win32":
        return None
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(file, flags | os.O_CLOEXEC, 0o600)
        except OSError:
            continue
    return None


def _lock(handle: int | None, *, alone: bool, wait: bool = False) -> bool:
    """Lock an open file; return False if another process holds the lock."""
    if handle is None or sys.platform == "win32":
        return True
    import fcntl

    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(handle, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Some network file systems have no such locks.
        return True
    return True


def _close(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
