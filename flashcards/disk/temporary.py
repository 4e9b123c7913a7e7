"""Temporary files and directories with random names, which are removed even after a kill.

Each one is locked while it is in use. A lock ends with its process, so the next program
that creates one in the same directory removes those without a lock.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE_NAME = re.compile(r"\.flashcards-[0-9a-f]{32}\.tmp")
_DIRECTORY_NAME = re.compile(r"flashcards-[0-9a-f]{32}")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def temporary_file(directory: Path) -> Iterator[tuple[int, Path]]:
    """Yield the descriptor and path of a new empty file, which only its owner may read.

    It is removed at the end, unless it was renamed.

    Raises:
        OSError: No file can be created there.
    """
    _remove_abandoned_files(directory)
    descriptor, path = _new_file(directory)
    try:
        yield descriptor, path
    finally:
        # Removed while it is locked: later another process could have a file of this name.
        path.unlink(missing_ok=True)
        os.close(descriptor)


@contextmanager
def temporary_directory() -> Iterator[Path]:
    """Yield a new directory for temporary files; it is removed at the end.

    Raises:
        OSError: No directory can be created there.
    """
    import shutil
    from tempfile import gettempdir

    parent = Path(gettempdir())
    _remove_abandoned_directories(parent)
    handle, path = _new_directory(parent)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _new_file(directory: Path) -> tuple[int, Path]:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | _NO_FOLLOW | _BINARY
    while True:
        path = directory / f".flashcards-{os.urandom(16).hex()}.tmp"
        descriptor = os.open(path, flags, 0o600)
        # Before it is locked, another process may remove it as abandoned.
        if _lock(descriptor) is not False and os.fstat(descriptor).st_nlink:
            return descriptor, path
        os.close(descriptor)


def _new_directory(parent: Path) -> tuple[int | None, Path]:
    while True:
        path = parent / f"flashcards-{os.urandom(16).hex()}"
        path.mkdir(mode=0o700)
        if sys.platform == "win32":
            return None, path
        with suppress(FileNotFoundError):
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | _NO_FOLLOW)
            if _lock(handle) is not False and path.exists():
                return handle, path
            os.close(handle)


@cache
def _remove_abandoned_files(directory: Path) -> None:
    """Remove the temporary files of killed processes, once per directory."""
    for entry in _own_entries(directory, _FILE_NAME):
        with suppress(OSError):
            handle = os.open(entry, os.O_RDWR | os.O_CLOEXEC | _NO_FOLLOW)
            try:
                if _lock(handle):
                    entry.unlink()
            finally:
                os.close(handle)


@cache
def _remove_abandoned_directories(parent: Path) -> None:
    """Remove the temporary directories of killed processes, once per parent."""
    import shutil

    for entry in _own_entries(parent, _DIRECTORY_NAME):
        with suppress(OSError):
            handle = os.open(entry, os.O_RDONLY | os.O_CLOEXEC | _NO_FOLLOW)
            try:
                if _lock(handle):
                    shutil.rmtree(entry, ignore_errors=True)
            finally:
                os.close(handle)


def _own_entries(directory: Path, name: re.Pattern[str]) -> list[Path]:
    """Return the entries of a directory that match a name and belong to this user."""
    if sys.platform == "win32":
        return []
    try:
        with os.scandir(directory) as entries:
            return [
                Path(entry.path)
                for entry in entries
                if name.fullmatch(entry.name)
                and not entry.is_symlink()
                and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
            ]
    except OSError:
        return []


def _lock(descriptor: int) -> bool | None:
    """Lock an open file; return whether the lock was free, None if there are no locks."""
    if sys.platform == "win32":
        return None
    import errno
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        return False if error.errno == errno.EAGAIN else None
    return True
