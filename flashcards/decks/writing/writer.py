"""Writes decks as YAML in one canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.decks.yaml.emitter import block
from flashcards.domain.note_json import to_dict

if TYPE_CHECKING:
    from flashcards.domain.content import DeckContent

FLOW = frozenset(
    {"source", "tags", "seeds", "links", "requires", "keywords", "accept", "variables"}
)
"""Fields whose values are written on one line if they are short."""


def write_deck(deck: DeckContent) -> str:
    """Return the deck as YAML in canonical form; `read_deck` reads it back as an equal deck."""
    notes = "\n".join(
        block({"notes": [to_dict(note)]}, flow=FLOW).removeprefix("notes:\n")
        for note in deck.notes
    )
    return block(head_to_dict(deck)) + (f"notes:\n{notes}" if notes else "notes: []\n")


def head_to_dict(deck: DeckContent) -> dict[str, Any]:
    """Return the fields of a deck except its notes, in file order and without empty ones."""
    head = {
        "deck": deck.key,
        "title": deck.title,
        "description": deck.description,
        "version": deck.version,
        "license": deck.license,
        "topics": dict(deck.topics),
    }
    return {key: value for key, value in head.items() if value}
