"""Where a path leads: through links to a file, or to an open descriptor."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_LINKS = 40
_DESCRIPTORS = re.compile(r"/dev/fd|/proc/(\d+)(?:/task/\d+)?/fd")
"""Directories whose entries are open files of a process."""


def real_path(path: Path) -> Path:
    """Return the path that links lead to, or the path itself where they lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def descriptor_of(path: Path) -> int | None:
    """Return the open descriptor of this process that a path such as `/dev/stdout` names.

    None where the path names a file in a directory.
    """
    current = path.absolute()
    for _ in range(_MOST_LINKS):
        parent = real_path(current.parent)
        found = _DESCRIPTORS.fullmatch(str(parent))
        if found and current.name.isdecimal():
            is_ours = found[1] in (None, str(os.getpid()))
            return int(current.name) if is_ours else None
        if not current.is_symlink():
            return None
        current = parent / current.readlink()
    return None
