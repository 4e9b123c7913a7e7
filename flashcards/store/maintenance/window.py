"""Decides which of several windows may resume a session that a crash interrupted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Window:
    """The claim of this window to unfinished sessions, which ends with the process.

    The first window on a home holds it. Other windows must not resume an unfinished
    session, because it may still be open in the first one.
    """

    def __init__(self, path: Path) -> None:
        """Prepare the claim without making it.

        Args:
            path: The file that is locked; it is created if it does not exist.
        """
        self._path = path
        self._handle: int | None = None

    def is_first(self) -> bool:
        """Return whether this window holds the claim; make it if no other window does."""
        if self._handle is not None or sys.platform == "win32":
            return True
        import fcntl

        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            # Nothing can be written there, so no window has a session open either.
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def close(self) -> None:
        """Release the claim."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
