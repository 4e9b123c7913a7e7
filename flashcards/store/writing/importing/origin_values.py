"""Convert origins of notes to the values of their columns, and back."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from flashcards.domain.origin import ForeignCard, NoteType, Origin

COLUMNS = ("guid", "number", "part", "modified", "tags", "fields", "cards")
"""The columns that follow from an origin alone, in the order of the table."""


def origin_values(origin: Origin) -> tuple[Any, ...]:
    """Return the values of `COLUMNS`."""
    cards = " ".join(
        f"{card.place}:{card.face}:{card.flags}:{card.ease}:{card.number}"
        for card in origin.cards
    )
    return (
        origin.guid,
        origin.number,
        origin.part,
        origin.modified,
        origin.tags,
        origin.fields,
        cards,
    )


def origin_from(
    note_type: NoteType, values: tuple[Any, ...], *, is_unchanged: bool
) -> Origin:
    """Return the origin from the values of `COLUMNS`."""
    guid, number, part, modified, tags, fields, cards = values
    return Origin(
        note_type=note_type,
        guid=guid,
        fields=fields,
        tags=tags,
        number=number,
        modified=modified,
        part=part,
        cards=tuple(map(_card, cards.split())),
        is_unchanged=is_unchanged,
    )


def note_type_digest(note_type: NoteType) -> str:
    """Return a digest that identifies a note type as it was defined at some time."""
    text = f"{note_type.program}\n{note_type.number}\n{note_type.definition}"
    return blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def _card(text: str) -> ForeignCard:
    place, face, *numbers = text.split(":")
    return ForeignCard(int(place), face, *map(int, numbers))
