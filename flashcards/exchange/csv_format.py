"""Tables of cards, as spreadsheets read them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from flashcards.faces import answer_text, card_key, faces_of, question_text

if TYPE_CHECKING:
    from flashcards.bundle import Bundle
    from flashcards.exchange.formats import Writing

COLUMNS = ("deck", "id", "kind", "tier", "topic", "front", "back", "why", "tags")


def write(bundle: Bundle, file: BinaryIO, writing: Writing) -> list[str]:
    """Write a row for each card."""
    del writing
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for deck in bundle.decks:
        for note in deck.notes:
            for face in faces_of(note):
                table.writerow(
                    (
                        deck.key,
                        card_key(note.id, face),
                        note.kind,
                        note.tier,
                        note.topic,
                        question_text(note, face),
                        answer_text(note, face),
                        note.why,
                        " ".join(note.tags),
                    )
                )
    file.write(text.getvalue().encode())
    return []
