"""Tables of notes with tabs between the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext


def looks_like(head: bytes) -> bool:
    """Tell whether a file that begins so names columns that we know, between tabs."""
    from flashcards.formats.delimited.notes import begins_table

    return begins_table(head, "\t")


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a table, with everything that is wrong with it."""
    from flashcards.formats.delimited.notes import read_table

    return read_table(path, context, "\t")
