"""Tables with tabs between the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext


def looks_like(head: bytes) -> bool:
    """Return whether the first row of a file names known columns, with tabs between them."""
    from flashcards.formats.delimited.notes import starts_with_header

    return starts_with_header(head, "\t")


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the decks of a table, and its problems."""
    from flashcards.formats.delimited.notes import read_table

    return read_table(path, context, "\t")
