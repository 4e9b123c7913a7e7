"""`search`: find cards by words, `deck:`, `tag:` and `is:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, whole_number
from flashcards.cli.text.json_figures import iso_day
from flashcards.cli.text.readable import readable_line
from flashcards.domain import formatting
from flashcards.domain.cards import State

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories

DEFAULT_LIMIT = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `search`."""
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help='words that a card must contain, "an exact phrase" in double quotes, deck:KEY, '
        "tag:TAG, is:new|learning|review|due|suspended|buried|leech|marked|reported; "
        "a minus before any of them finds the cards without it",
    )
    parser.add_argument(
        "--limit",
        type=whole_number(1, 1_000_000),
        default=DEFAULT_LIMIT,
        metavar="N",
        help=f"at most N cards (default: {DEFAULT_LIMIT:,})",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print the cards that match a query."""
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        rows = collection.reader.search.find(
            " ".join(options.query), options.limit, collection.moment().day
        )
    if options.json:
        output.print_json(
            [
                {
                    "card": row.card,
                    "note": row.note,
                    "deck": row.deck,
                    "kind": row.kind,
                    "front": row.front,
                    "state": State(row.state).name.lower(),
                    "due": iso_day(row.due_day),
                    "suspended": row.suspended,
                }
                for row in rows
            ]
        )
        return 0
    for row in rows:
        output.print_line(f"{row.card}  {row.deck}")
        width = max(output.terminal_width() - 2, 0)
        output.print_line(f"  {readable_line(row.front, width)}")
    output.print_notice(f"{formatting.count(len(rows), 'card')} found.")
    return 0
