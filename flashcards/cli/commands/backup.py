"""`backup`: copy the store, even while it is in use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, non_empty
from flashcards.cli.text.json_figures import iso_instant
from flashcards.domain.clock import SystemClock
from flashcards.errors import FlashcardsError, NothingFoundError, UsageError

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories

REASON = "manual"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `backup`."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=non_empty,
        help="file or directory for the copy (default: backups/ in the home directory)",
    )
    parser.add_argument(
        "--force", action="store_true", help="overwrite FILE if it exists"
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Copy the store and print the path of the copy."""
    from flashcards.store.maintenance import backups
    from flashcards.store.maintenance.missing import store_exists

    store, at = home.database, SystemClock().now()
    if not store_exists(store):
        raise NothingFoundError(f"There is no store in {home.path} yet.")
    if not options.file:
        copy = backups.back_up(store, reason=REASON, at=at)
    else:
        copy = Path(options.file)
        if copy.is_dir():
            copy /= backups.name_of(store, reason=REASON, at=at)
        _check_target(copy, home, force=options.force)
        backups.copy_to(store, copy)
    if options.json:
        size = copy.stat().st_size
        output.print_json({"path": str(copy), "at": iso_instant(at), "size": size})
    else:
        output.print_path(copy)
    return 0


def _check_target(target: Path, home: AppDirectories, *, force: bool) -> None:
    from flashcards.store.maintenance.backups import directory_of

    exists = os.path.lexists(target)
    is_new_backup = not exists and _is_in(target, directory_of(home.database))
    if not is_new_backup:
        home.own_files.refuse(target)
    if not exists:
        return
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is not a file. Choose another name.")
    if not force:
        raise FlashcardsError(
            f"{target} already exists. Choose another name, or overwrite it with `--force`."
        )


def _is_in(target: Path, directory: Path) -> bool:
    return target.parent.resolve() == directory.resolve()
