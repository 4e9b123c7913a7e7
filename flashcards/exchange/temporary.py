"""A directory for a moment: private, and gone even where the program was killed meanwhile."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "flashcards-"
_SECONDS_TO_CLAIM = 600
"""An older directory that nobody claims belongs to a program that was killed."""


@contextmanager
def temporary_directory() -> Iterator[Path]:
    """Give a directory that only this user may enter, and remove it afterwards.

    What programs that were killed have left is removed first.

    Raises:
        OSError: there is no place for it.
    """
    _remove_leftovers(Path(tempfile.gettempdir()))
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    claim = _claimed(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if claim is not None:
            os.close(claim)


def _remove_leftovers(directory: Path) -> None:
    oldest = time.time() - _SECONDS_TO_CLAIM
    with suppress(OSError):
        for path in directory.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                status = path.lstat()
                if status.st_uid != os.geteuid() or status.st_mtime > oldest:
                    continue
                claim = _claimed(path)
                if claim is not None:
                    shutil.rmtree(path, ignore_errors=True)
                    os.close(claim)


def _claimed(path: Path) -> int | None:
    """Return the handle of a directory that is now ours, None where somebody has it.

    The claim ends with the process, however that ends.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
