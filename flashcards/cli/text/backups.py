"""The list of the newest backups in `restore` and `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.domain.clock import local_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.store.maintenance.backups import Backup

MAX_LISTED = 10


def print_backups(backups: Sequence[Backup]) -> None:
    """Print the newest backups with their local time, size and path."""
    output.print_table(
        ("made", "size", "backup"),
        [
            (_local_time(backup), _size(backup.size), str(backup.path))
            for backup in backups[:MAX_LISTED]
        ],
    )


def _local_time(backup: Backup) -> str:
    at = round(backup.at.timestamp() * 1000)
    return local_time(at, None).strftime("%Y-%m-%d %H:%M")


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
