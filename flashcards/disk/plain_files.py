"""Opens ordinary files only, so that reading always ends."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

# Without O_NONBLOCK opening a pipe without a writer, and reading a file of the kernel such as
# /proc/kmsg, would wait. The flag has no effect on ordinary files.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_CHUNK = 16 * 1024 * 1024


def open_plain(path: Path) -> BinaryIO:
    """Return a plain file, opened for reading.

    Raises:
        OSError: The file cannot be opened, or is a directory, a pipe or a device.
    """
    # Opening a device can have effects, such as rewinding a tape.
    _refuse_special(os.stat(path))  # noqa: PTH116 - of whatever is there, without its name
    handle = os.open(path, _FLAGS | _BINARY)
    try:
        # The path may lead to another file by now.
        _refuse_special(os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_plain(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file, at most one more than `most`.

    Raises:
        OSError: The file cannot be read, or is a directory, a pipe or a device.
    """
    pieces: list[bytes] = []
    remaining = most + 1
    with open_plain(path) as file:
        while remaining > 0:
            piece = file.read(min(remaining, _CHUNK))
            if piece is None:
                raise OSError(errno.EAGAIN, "it has no end")
            if not piece:
                break
            pieces.append(piece)
            remaining -= len(piece)
    return b"".join(pieces)


def _refuse_special(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file")
