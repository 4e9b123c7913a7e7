"""The newest backups, as `restore` and `doctor` list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.domain.clock import local_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.store.upkeep.backups import Backup

NEWEST = 10
"""How many backups are listed."""


def print_backups(backups: Sequence[Backup]) -> None:
    """Print the newest backups with the time of this machine, their size and their path."""
    output.print_table(
        ("made", "size", "backup"),
        [
            (_when(backup), _size(backup.size), str(backup.path))
            for backup in backups[:NEWEST]
        ],
    )


def _when(backup: Backup) -> str:
    at = round(backup.at.timestamp() * 1000)
    return local_time(at, None).strftime("%Y-%m-%d %H:%M")


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
