"""Deck files: our own format, one deck a file."""

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
    """Tell whether a file that begins so is a deck file."""
    return head.lstrip().startswith((b"deck:", b"title:", b"#", b"---"))


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file, with everything that is wrong with it."""
    del context
    deck, problems = read_deck(path)
    return Bundle(decks=(deck,) if deck else (), problems=tuple(problems))


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write the one deck; over a file of the same deck its comments and order stay.

    Raises:
        UsageError: there is not exactly one deck.
    """
    if len(bundle.decks) != 1:
        raise UsageError(
            "A YAML file holds one deck. Name one deck, or a directory to write to."
        )
    file.write(edit_deck_text(context.existing(), bundle.decks[0]))
    return []
