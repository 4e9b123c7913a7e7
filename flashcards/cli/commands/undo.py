"""`undo`: take back the last operation of any kind, or list what could be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import number
from flashcards.domain.clock import local_time
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    import argparse

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories

LISTED = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `undo`."""
    parser.add_argument(
        "--list",
        nargs="?",
        const=LISTED,
        type=number(1, 1_000_000),
        metavar="N",
        help=f"list the last N operations (default: {LISTED}), newest first; take none back",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Take back the last operation, or list the last ones."""
    from flashcards.cli.startup.opening import open_collection

    with open_collection(home) as collection:
        if options.list:
            _list(collection, options.list)
            return 0
        undone = collection.store().undo(None, collection.moment())
    if undone is None:
        raise NothingFoundError("There is nothing to take back.")
    output.print_line(f"Taken back: {undone.label}.")
    return 0


def _list(collection: Collection, most: int) -> None:
    zone = collection.settings.zone
    output.print_table(
        ("when", "kind", "taken back", "operation"),
        [
            (
                f"{local_time(row.at, zone):%Y-%m-%d %H:%M}",
                row.kind,
                "yes" if row.undone else "",
                row.label,
            )
            for row in collection.reader.log.operations(most)
        ],
    )
