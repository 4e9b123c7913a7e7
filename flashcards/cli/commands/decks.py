"""`decks`: list the decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `decks`."""
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print every deck with its number of notes and cards."""
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        rows = collection.reader.cards.decks()
    if options.json:
        output.print_json(
            [
                {
                    "deck": row.key,
                    "title": row.title,
                    "notes": row.notes,
                    "cards": row.cards,
                    "new": row.new,
                    "suspended": row.suspended,
                }
                for row in rows
            ]
        )
        return 0
    output.print_table(
        ("deck", "notes", "cards", "new", "suspended", "title"),
        [
            (row.key, row.notes, row.cards, row.new, row.suspended, row.title)
            for row in rows
        ],
    )
    return 0
