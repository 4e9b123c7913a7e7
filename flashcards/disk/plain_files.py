"""Open files that somebody named, so that reading always ends, whatever they are."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

# A pipe without a writer opens at once, and a file of the kernel that waits for news, such
# as /proc/kmsg, says so in place of waiting. On ordinary files the flag does nothing.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_CHUNK = 16 * 1024 * 1024


def open_plain(path: Path) -> BinaryIO:
    """Return a plain file, opened for reading.

    Raises:
        OSError: it cannot be opened, or is a directory, a pipe or a device.
    """
    # Opening a device may already do something, such as rewinding a tape.
    _refuse_special(os.stat(path))  # noqa: PTH116 - of whatever is there, without its name
    handle = os.open(path, _FLAGS | _BINARY)
    try:
        # It may be another file by now.
        _refuse_special(os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_plain(path: Path, most: int) -> bytes:
    """Return what a plain file holds, at most one byte more than `most`.

    Raises:
        OSError: it cannot be read, or is a directory, a pipe or a device.
    """
    pieces: list[bytes] = []
    left = most + 1
    with open_plain(path) as file:
        while left > 0:
            piece = file.read(min(left, _CHUNK))
            if piece is None:
                raise OSError(errno.EAGAIN, "it has no end")
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)


def _refuse_special(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file")
