"""Deck files: the program's own format, one deck per file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from flashcards.decks.reader import read_deck
from flashcards.decks.writing.editing import edit_deck_text
from flashcards.domain.bundle import Bundle
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.formats.formats import ReadContext, WriteContext


def looks_like(head: bytes) -> bool:
    """Return whether a file with this beginning is a deck file."""
    return head.lstrip().startswith((b"deck:", b"title:", b"#", b"---"))


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file with all its problems."""
    del context
    deck, problems = read_deck(path)
    return Bundle(decks=(deck,) if deck else (), problems=tuple(problems))


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write the one deck; an existing file of the same deck keeps its comments and order.

    Raises:
        UsageError: the bundle does not hold exactly one deck.
    """
    if len(bundle.decks) != 1:
        raise UsageError(
            "A YAML file holds one deck. Name one deck, or a directory to write to."
        )
    file.write(edit_deck_text(context.existing(), bundle.decks[0]))
    return []
