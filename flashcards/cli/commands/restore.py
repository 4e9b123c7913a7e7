"""`restore`: a backup in the place of the store."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import not_empty
from flashcards.cli.text.backups import print_backups
from flashcards.domain.clock import SystemClock
from flashcards.errors import NothingFoundError, UsageError

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `restore`."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=not_empty("path"),
        help="a file that `backup` made, or the name of one in the backups directory "
        "(without it the newest backups are listed)",
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help="where the store is missing: start a new, empty one; the backups stay",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Put the backup in place, the state before it being saved; or list the backups."""
    if options.new and options.file:
        raise UsageError("restore takes FILE or --new, not both.")
    if options.new:
        start_new(home)
    elif options.file:
        restore(_backup_named(options.file, home), home)
    else:
        _list(home)
    return 0


def restore(file: Path, home: AppDirectories) -> None:
    """Put a backup in place and say where the state before it is."""
    from flashcards.store.upkeep.restore import restore as put_back

    saved = put_back(home.database, file, at=SystemClock().now())
    output.print_line(f"Restored {file}.")
    if saved:
        path, place = shlex.quote(str(saved)), shlex.quote(str(home.path))
        output.print_line(
            f"The state before is saved: flashcards --home {place} restore {path}"
            if saved.parent != home.path
            else f"The file before is saved as {saved}"
        )


def start_new(home: AppDirectories) -> None:
    """Make a new store where the old one is missing."""
    from flashcards.store.upkeep.backups import find_backups
    from flashcards.store.upkeep.restore import start_new as make

    saved = make(home.database, at=SystemClock().now())
    stay = " The backups are still there." if find_backups(home.database) else ""
    output.print_line(f"Made a new store: {home.database}.{stay}")
    if saved:
        output.print_line(f"The log of the missing store is saved beside {saved}.")


def _backup_named(name: str, home: AppDirectories) -> Path:
    """Return the file at a path, or the backup of that name in the backups directory.

    Raises:
        NothingFoundError: there is neither.
    """
    from flashcards.store.upkeep.backups import directory_of

    path = Path(name)
    directory = directory_of(home.database)
    for file in (path, directory / path.name if path.name == name else path):
        if os.path.lexists(file):
            return file
    raise NothingFoundError(
        f"There is no file {path}, nor a backup of that name in {directory}. "
        "flashcards restore lists the newest backups."
    )


def _list(home: AppDirectories) -> None:
    from flashcards.store.upkeep.backups import directory_of, find_backups

    found = find_backups(home.database)
    if not found:
        directory = directory_of(home.database)
        raise NothingFoundError(f"There is no backup in {directory} yet.")
    print_backups(found)
    output.print_notice("flashcards restore FILE puts one in the place of the store.")
