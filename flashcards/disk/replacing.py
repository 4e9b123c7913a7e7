"""Writes files completely or not at all; writes to pipes and devices directly."""

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
"""Seconds to wait for a reader of a pipe, which may be started a little later."""
_WAIT_SECONDS = 0.02


def save_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write a text to a file as UTF-8, like `save`."""
    save_bytes(path, text.encode(), private=private)


def save_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write bytes to a file, like `save`."""
    save(path, lambda file: file.write(data), private=private)


def save(
    path: Path, write: Callable[[BinaryIO], _Result], *, private: bool = False
) -> _Result:
    """Let a function write a file completely or not at all, even if power or disk fails.

    A regular file is replaced by a new one with its owner and permissions; a link to it
    stays. A pipe, a device or an open descriptor such as `/dev/fd/3` is opened after the
    function has finished, and gets the data then.

    Args:
        path: The file.
        write: Writes it.
        private: Whether only the owner may read a new file.

    Returns:
        The result of the function.

    Raises:
        FlashcardsError: The file cannot be written; a regular file is unchanged.
        BrokenPipeError: The reader of the pipe has exited.
    """
    is_special = False
    try:
        is_special = descriptor_of(path) is not None or _is_special(path)
        if is_special:
            return _write_special(path, write)
        mode = PRIVATE_FILE if private else _NEW_FILE & ~_umask()
        return _replace(real_path(path), write, mode)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        state = "" if is_special else " It is unchanged."
        raise FlashcardsError(f"{path} cannot be written: {reason}.{state}") from error


def make_directory(path: Path, *, private: bool = False) -> None:
    """Create a directory and its parents.

    Args:
        path: The directory; it may exist.
        private: Whether only the owner may enter a new directory.

    Raises:
        FlashcardsError: The directory cannot be created.
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
    """Return whether the path is a pipe, a device or a socket.

    Raises:
        OSError: The path is a disk, whose content would be destroyed.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        # There is no such file, or its links are circular.
        return False
    if stat.S_ISBLK(mode):
        raise OSError(errno.EINVAL, "It is a disk, not a file")
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _write_special(path: Path, write: Callable[[BinaryIO], _Result]) -> _Result:
    """Write to a temporary file first, because a pipe can neither seek nor be undone."""
    import shutil
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_MOST_IN_MEMORY) as buffer:
        result = write(cast("BinaryIO", buffer))
        buffer.seek(0)
        descriptor = _open_special(path)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(buffer, file)
    return result


def _open_special(path: Path) -> int:
    """Return a descriptor for writing to a pipe, a device or an open descriptor.

    Raises:
        OSError: It cannot be opened, or no program reads the pipe.
    """
    number = descriptor_of(path)
    if number is not None:
        # A duplicate keeps position and mode, such as that of `>>`.
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
            _copy_owner_and_mode(descriptor, temporary, target, new_mode)
            os.fsync(descriptor)
        temporary.replace(target)
    _sync_directory(target.parent)
    return result


def _copy_owner_and_mode(
    descriptor: int, temporary: Path, target: Path, new_mode: int
) -> None:
    """Give the new file the owner and permissions of the one that it replaces."""
    try:
        old = target.stat()
    except OSError:
        temporary.chmod(new_mode)
        return
    new = os.fstat(descriptor)
    if hasattr(os, "fchown") and (old.st_uid, old.st_gid) != (
        new.st_uid,
        new.st_gid,
    ):
        # Only an administrator can change the owner; saving the content matters more.
        with suppress(PermissionError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    temporary.chmod(stat.S_IMODE(old.st_mode) & _PERMISSIONS)


def _umask() -> int:
    # The mask can only be read by setting it, here to one that keeps files private meanwhile.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_directory(directory: Path) -> None:
    # So that the new name survives a power failure too.
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
