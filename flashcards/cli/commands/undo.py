"""`undo`: undo the last operation of any kind, or list the operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, whole_number
from flashcards.cli.text.json_figures import iso_instant
from flashcards.domain.clock import local_time
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    import argparse

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.store.rows import OperationRow

DEFAULT_LISTED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `undo`."""
    parser.add_argument(
        "--list",
        nargs="?",
        const=DEFAULT_LISTED,
        type=whole_number(1, 1_000_000),
        metavar="N",
        help=f"list the last N operations (default: {DEFAULT_LISTED}), newest first, and undo "
        "nothing",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Undo the last operation, or list the last ones."""
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        if options.list:
            _print_operations(collection, options.list, as_json=options.json)
            return 0
        undone = collection.store().undo(None, collection.moment())
    if undone is None:
        raise NothingFoundError("Nothing to undo.")
    if options.json:
        output.print_json(_to_json(undone))
    else:
        output.print_line(f"Undid: {undone.label}.")
    return 0


def _print_operations(collection: Collection, count: int, *, as_json: bool) -> None:
    operations = collection.reader.log.operations(count)
    if as_json:
        output.print_json([_to_json(operation) for operation in operations])
        return
    zone = collection.settings.zone
    output.print_table(
        ("when", "kind", "undone", "operation"),
        [
            (
                f"{local_time(row.at, zone):%Y-%m-%d %H:%M}",
                row.kind,
                "yes" if row.undone else "",
                row.label,
            )
            for row in operations
        ],
    )


def _to_json(operation: OperationRow) -> dict[str, Any]:
    """Return an operation as a JSON object; scripts rely on its keys."""
    return {
        "at": iso_instant(operation.at),
        "kind": operation.kind,
        "operation": operation.label,
        "undone": operation.undone,
    }
