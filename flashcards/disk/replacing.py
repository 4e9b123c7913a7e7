"""Putting data into a file: all of it or nothing, and into a pipe or a device as it is."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from flashcards.disk.paths import descriptor_of, real_path
from flashcards.disk.private import PRIVATE_FILE, make_private_directory
from flashcards.disk.temporary import temporary_file
from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Result = TypeVar("_Result")

_PERMISSIONS = 0o777
_NEW_FILE = 0o666
_MOST_IN_MEMORY = 16 * 1024 * 1024
_MOST_SECONDS_UNREAD = 10.0
"""How long a pipe may be without a reader, who may be started a little later."""
_WAIT_SECONDS = 0.02


def save_text(path: Path, text: str, *, private: bool = False) -> None:
    """Put the text into the file as UTF-8, as `save` does."""
    save_bytes(path, text.encode(), private=private)


def save_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put the bytes into the file, as `save` does."""
    save(path, lambda file: file.write(data), private=private)


def save(
    path: Path, write: Callable[[BinaryIO], _Result], *, private: bool = False
) -> _Result:
    """Let a function write the file, all of it or nothing, even where power or disk fails.

    A regular file is replaced by a new one that has its owner and permissions; a link to it
    stays. A pipe, a device or an open descriptor such as `/dev/fd/3` is opened and written
    to, once the function has written everything.

    Args:
        path: The file.
        write: Writes it.
        private: Whether only its owner may read a file that is new.

    Returns:
        What the function returns.

    Raises:
        FlashcardsError: the file cannot be written; a regular one stays as it was.
        BrokenPipeError: whoever reads the pipe has gone.
    """
    is_special = False
    try:
        is_special = descriptor_of(path) is not None or _is_special(path)
        if is_special:
            return _pour(path, write)
        mode = PRIVATE_FILE if private else _NEW_FILE & ~_umask()
        return _replace(real_path(path), write, mode)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        state = "" if is_special else " It is unchanged."
        raise FlashcardsError(f"{path} cannot be written: {reason}.{state}") from error


def make_directory(path: Path, *, private: bool = False) -> None:
    """Make a directory with those above it; where that cannot be, `FlashcardsError` says why.

    A private one, where it is new, only its owner may enter.
    """
    try:
        if private:
            make_private_directory(path)
        else:
            path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise FlashcardsError(f"{path} cannot be made: {reason}.") from error


def _is_special(path: Path) -> bool:
    """Return whether the path leads to a pipe, a device or a socket.

    Raises:
        OSError: the path leads to a disk, which one file would destroy.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        # There is no such file yet, or its links form a circle.
        return False
    if stat.S_ISBLK(mode):
        raise OSError(errno.EINVAL, "It is a disk, not a file")
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _pour(path: Path, write: Callable[[BinaryIO], _Result]) -> _Result:
    """Write everything to a temporary file first, since a pipe can neither seek nor be undone."""
    import shutil
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_MOST_IN_MEMORY) as aside:
        result = write(cast("BinaryIO", aside))
        aside.seek(0)
        descriptor = _open_special(path)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(aside, file)
    return result


def _open_special(path: Path) -> int:
    """Return a descriptor that writes to a pipe, a device or what is open already.

    Raises:
        OSError: it cannot be opened, or nobody reads the pipe.
    """
    number = descriptor_of(path)
    if number is not None:
        # A descriptor keeps its place and its mode, such as that of `>>`.
        return os.dup(number)
    if not path.is_fifo():
        return os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    deadline = time.monotonic() + _MOST_SECONDS_UNREAD
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > deadline:
                raise OSError(errno.ENXIO, "No program reads this pipe") from error
            time.sleep(_WAIT_SECONDS)
        else:
            os.set_blocking(descriptor, True)
            return descriptor


def _replace(
    target: Path, write: Callable[[BinaryIO], _Result], new_mode: int
) -> _Result:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with temporary_file(target.parent) as (descriptor, temporary):
        with os.fdopen(descriptor, "w+b", closefd=False) as file:
            result = write(file)
            file.flush()
            _adopt(descriptor, temporary, target, new_mode)
            os.fsync(descriptor)
        temporary.replace(target)
    _sync_directory(target.parent)
    return result


def _adopt(descriptor: int, temporary: Path, target: Path, new_mode: int) -> None:
    """Give the new file the owner and the permissions of the one that it replaces."""
    try:
        found = target.stat()
    except OSError:
        temporary.chmod(new_mode)
        return
    made = os.fstat(descriptor)
    if hasattr(os, "fchown") and (found.st_uid, found.st_gid) != (
        made.st_uid,
        made.st_gid,
    ):
        # Only an administrator gives files away; the content is what counts.
        with suppress(PermissionError):
            os.fchown(descriptor, found.st_uid, found.st_gid)
    temporary.chmod(stat.S_IMODE(found.st_mode) & _PERMISSIONS)


def _umask() -> int:
    # The mask can only be read by setting it: to one that lets no other thread's file be seen.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_directory(directory: Path) -> None:
    # So that the new name survives a power failure, too.
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
