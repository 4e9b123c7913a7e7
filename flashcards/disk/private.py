"""Files and directories of the home, which only their owner may read."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE_FILE = 0o600
_PRIVATE_DIRECTORY = 0o700


def make_private_directory(path: Path) -> None:
    """Create a directory that only its owner may enter; parents get the usual mode.

    An existing directory keeps its mode: it may be shared on purpose.

    Raises:
        OSError: The directory cannot be created.
    """
    path.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Create an empty file that only its owner may read, unless it exists.

    Raises:
        OSError: The file cannot be created.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    with suppress(FileExistsError):
        os.close(os.open(path, flags, PRIVATE_FILE))


def is_open_to_others(directory: Path) -> bool:
    """Return whether every user of the machine can list and enter a directory."""
    if os.name == "nt":
        return False
    target = directory.resolve()
    if not _others_may(target, stat.S_IROTH | stat.S_IXOTH):
        return False
    return all(_others_may(parent, stat.S_IXOTH) for parent in target.parents)


def _others_may(directory: Path, bits: int) -> bool:
    try:
        return directory.stat().st_mode & bits == bits
    except OSError:
        return False
