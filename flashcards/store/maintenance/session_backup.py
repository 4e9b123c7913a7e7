"""Backs up a large store after a session in a separate process, so that nobody waits.

Like any backup the copy gets its name only once it is complete, so a killed process leaves
none.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import flashcards
from flashcards.store.maintenance.backups import try_session_backup

QUICK = 8 * 1024 * 1024
"""Bytes of a store up to which copying takes no noticeable time."""


def is_quick_to_copy(path: Path) -> bool:
    """Return whether a store is small enough for a learner to wait for its copy."""
    try:
        return path.stat().st_size <= QUICK
    except OSError:
        return True


def start_session_backup(path: Path, day: int, at: int) -> int | None:
    """Start a process that runs `try_session_backup`; return its id.

    If no process can be started, make the copy at once and return None.
    """
    arguments = [str(path.absolute()), str(day), str(at)]
    command = [
        sys.executable,
        "-P",
        "-m",
        "flashcards.store.maintenance.session_backup",
        *arguments,
    ]
    roots = [str(Path(flashcards.__file__).parents[1]), os.environ.get("PYTHONPATH")]
    paths = os.pathsep.join(filter(None, roots))
    null_streams = [
        (os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)
    ]
    try:
        # In its own process group, so that Ctrl+C in the terminal does not interrupt it.
        return os.posix_spawn(
            sys.executable,
            command,
            {**os.environ, "PYTHONPATH": paths},
            file_actions=null_streams,
            setpgroup=0,
        )
    except (OSError, ValueError):
        try_session_backup(path, day, at)
        return None


def main() -> None:
    """Make the copy that the arguments describe: the store, the study day, the instant."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    file, day, at = sys.argv[1:]
    try_session_backup(Path(file), int(day), int(at))


if __name__ == "__main__":
    main()
