"""Which of several windows on one store goes on with the sitting that a crash cut short."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Window:
    """This window's claim, which ends with the process however that ends.

    The first window on a home holds it. Another one must not go on with an open sitting:
    its window may be alive and in the middle of it.
    """

    def __init__(self, path: Path) -> None:
        """Make no claim yet.

        Args:
            path: The file that is locked; it is made where it does not exist.
        """
        self._path = path
        self._handle: int | None = None

    def is_first(self) -> bool:
        """Return whether no other living window made the claim before."""
        if self._handle is not None or sys.platform == "win32":
            return True
        import fcntl

        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            # Nothing can be written there, so no window has a sitting open either.
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def close(self) -> None:
        """Give the claim up."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
