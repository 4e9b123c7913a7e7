"""Decks as one JSON document, with the fields of the deck format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from flashcards.content import to_dict
from flashcards.decks.writer import head_to_dict

if TYPE_CHECKING:
    from flashcards.bundle import Bundle
    from flashcards.exchange.formats import Writing


def write(bundle: Bundle, file: BinaryIO, writing: Writing) -> list[str]:
    """Write the decks, and the history where the bundle has it."""
    del writing
    plain = [
        {**head_to_dict(deck), "notes": [to_dict(note) for note in deck.notes]}
        for deck in bundle.decks
    ]
    text = json.dumps({"decks": plain, **bundle.extra}, ensure_ascii=False, indent=2)
    file.write(f"{text}\n".encode())
    return []
