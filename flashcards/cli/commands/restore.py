"""`restore`: replace the store with a backup."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import non_empty
from flashcards.cli.text.backups import print_backups
from flashcards.domain.clock import SystemClock
from flashcards.errors import NothingFoundError, UsageError

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `restore`."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=non_empty,
        help="a backup file, or the name of one in the backups directory (default: list the "
        "newest backups)",
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help="if the store is missing, start a new, empty one; the backups stay",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Restore a backup after saving the current state, start a new store, or list backups."""
    if options.new and options.file:
        raise UsageError("Give `flashcards restore` either FILE or `--new`, not both.")
    if options.new:
        start_new(home)
    elif options.file:
        restore(_backup_named(options.file, home), home)
    else:
        _print_newest(home)
    return 0


def restore(file: Path, home: AppDirectories) -> None:
    """Restore a backup, and print how to get back the state before it."""
    from flashcards.store.maintenance.restore import restore as restore_backup

    saved = restore_backup(home.database, file, at=SystemClock().now())
    output.print_line(f"Restored {file}.")
    if saved:
        path, directory = shlex.quote(str(saved)), shlex.quote(str(home.path))
        output.print_line(
            "The previous state was saved. To get it back: "
            f"`flashcards --home {directory} restore {path}`"
            if saved.parent != home.path
            else f"The previous file was saved as {saved}"
        )


def start_new(home: AppDirectories) -> None:
    """Create a new store to replace a missing one."""
    from flashcards.store.maintenance.backups import find_backups
    from flashcards.store.maintenance.restore import start_new as create_store

    saved = create_store(home.database, at=SystemClock().now())
    note = " The backups are still there." if find_backups(home.database) else ""
    output.print_line(f"Created a new store: {home.database}.{note}")
    if saved:
        output.print_line(f"The log of the missing store was saved next to {saved}.")


def _backup_named(name: str, home: AppDirectories) -> Path:
    """Return the file at a path, or the backup of that name in the backups directory.

    Raises:
        NothingFoundError: neither exists.
    """
    from flashcards.store.maintenance.backups import directory_of

    path = Path(name)
    directory = directory_of(home.database)
    for file in (path, directory / path.name if path.name == name else path):
        if os.path.lexists(file):
            return file
    raise NothingFoundError(
        f"There is no file {path}, and no backup with that name in {directory}. List the "
        "newest backups with `flashcards restore`."
    )


def _print_newest(home: AppDirectories) -> None:
    from flashcards.store.maintenance.backups import directory_of, find_backups

    backups = find_backups(home.database)
    if not backups:
        directory = directory_of(home.database)
        raise NothingFoundError(f"There are no backups in {directory} yet.")
    print_backups(backups)
    output.print_notice("Restore one with `flashcards restore FILE`.")
