"""CSV tables, as spreadsheets read and write them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext, WriteContext


def looks_like(head: bytes) -> bool:
    """Return whether the first row of a file names known columns."""
    from flashcards.formats.delimited.notes import starts_with_header

    return starts_with_header(head, ",")


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the decks of a table, and its problems."""
    from flashcards.formats.delimited.notes import read_table

    return read_table(path, context, ",")


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write a row for each note, and return sentences on what was lost."""
    del context
    from flashcards.formats.common.losses import describe_lost_deck_fields
    from flashcards.formats.delimited.own_table import COLUMNS, to_own_row
    from flashcards.formats.delimited.spreadsheet_cells import quote_formula

    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for deck in bundle.decks:
        table.writerows(
            map(quote_formula, to_own_row(deck.key, note)) for note in deck.notes
        )
    text.flush()
    text.detach()
    return describe_lost_deck_fields("CSV", bundle.decks)
