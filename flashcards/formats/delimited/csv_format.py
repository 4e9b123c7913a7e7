"""Tables of notes, as spreadsheets read and write them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext, WriteContext


def looks_like(head: bytes) -> bool:
    """Tell whether a file that begins so names columns that we know."""
    from flashcards.formats.delimited.notes import begins_table

    return begins_table(head, ",")


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a table, with everything that is wrong with it."""
    from flashcards.formats.delimited.notes import read_table

    return read_table(path, context, ",")


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write a row for each note; return sentences on what a table could not hold."""
    del context
    from flashcards.formats.common.losses import describe_lost_deck_fields
    from flashcards.formats.delimited.own_table import COLUMNS, row_of
    from flashcards.formats.delimited.spreadsheet_cells import as_text

    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for deck in bundle.decks:
        table.writerows(map(as_text, row_of(deck.key, note)) for note in deck.notes)
    text.flush()
    text.detach()
    return describe_lost_deck_fields("CSV", bundle.decks)
