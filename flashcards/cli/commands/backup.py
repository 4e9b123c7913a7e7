"""`backup`: a copy of the store, made while it may be in use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import not_empty
from flashcards.domain.clock import SystemClock
from flashcards.errors import FlashcardsError, NothingFoundError, UsageError

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories

REASON = "manual"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `backup`."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=not_empty("path"),
        help="where to put it (default: the backups directory of the home)",
    )
    parser.add_argument(
        "--force", action="store_true", help="write over FILE where it exists"
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Copy the store and say where the copy is."""
    from flashcards.store.upkeep import backups
    from flashcards.store.upkeep.missing import store_exists

    store, at = home.database, SystemClock().now()
    if not store_exists(store):
        raise NothingFoundError(f"There is no store in {home.path} yet.")
    if not options.file:
        output.print_path(backups.back_up(store, reason=REASON, at=at))
        return 0
    target = Path(options.file)
    if target.is_dir():
        target /= backups.name_of(store, reason=REASON, at=at)
    _check_target(target, home, force=options.force)
    backups.copy_to(store, target)
    output.print_path(target)
    return 0


def _check_target(target: Path, home: AppDirectories, *, force: bool) -> None:
    from flashcards.store.upkeep.backups import directory_of

    is_there = os.path.lexists(target)
    is_new_backup = not is_there and _is_in(target, directory_of(home.database))
    if not is_new_backup:
        home.own_files.refuse(target)
    if not is_there:
        return
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is not a file. Choose another name.")
    if not force:
        raise FlashcardsError(
            f"{target} exists already. Choose another name, or write over it with --force."
        )


def _is_in(target: Path, directory: Path) -> bool:
    return target.parent.resolve() == directory.resolve()
