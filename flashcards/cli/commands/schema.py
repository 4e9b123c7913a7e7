"""`schema`: print the JSON Schema of deck files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Do nothing: `schema` has no arguments."""


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print the schema."""
    from flashcards.decks.schema import deck_schema

    output.print_json(deck_schema())
    return 0
