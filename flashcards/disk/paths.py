"""Resolves paths: through links to a file, or to an open descriptor."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_LINKS = 40
_DESCRIPTORS = re.compile(r"/dev/fd|/proc/(\d+)(?:/task/\d+)?/fd")
"""Directories whose entries are the open files of a process."""


def real_path(path: Path) -> Path:
    """Return the target of all links, or the path itself if the links are circular."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def descriptor_of(path: Path) -> int | None:
    """Return the open descriptor of this process for a path such as `/dev/stdout`.

    None if the path is an ordinary file.
    """
    current = path.absolute()
    for _ in range(_MOST_LINKS):
        parent = real_path(current.parent)
        match = _DESCRIPTORS.fullmatch(str(parent))
        if match and current.name.isdecimal():
            is_ours = match[1] in (None, str(os.getpid()))
            return int(current.name) if is_ours else None
        if not current.is_symlink():
            return None
        current = parent / current.readlink()
    return None
