"""The note of another program that one of ours was imported from, so that it can be exported unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

ANKI = "anki"


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type of another program."""

    program: str
    number: int
    """Its id in that program."""
    definition: str
    """Everything that the program needs to recognize it, as JSON."""


class ForeignCard(NamedTuple):
    """A card as another program has it."""

    place: int
    """Its number among the cards of the foreign note, from 0."""
    face: str
    """The face of our note that it is."""
    flags: int = 0
    """Color of its flag, 0 for none, to 7."""
    ease: int = 0
    """Ease in permille, 0 where it has none."""
    number: int = 0
    """Its id there, 0 where it has none."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The foreign note that a note of ours was made of, or one of several made of it."""

    note_type: NoteType
    guid: str
    fields: str
    """Its fields as they were, joined by U+001F."""
    tags: str = ""
    """Its tags as they were, with spaces between them."""
    number: int = 0
    """Its id there besides the guid, 0 where it has none."""
    modified: int = 0
    """When it was last changed there, in Unix seconds."""
    part: int = 0
    """Which of the notes that were made of it this one is, from 0."""
    cards: tuple[ForeignCard, ...] = ()
    is_unchanged: bool = True
    """Whether our note still says what it said when it was imported."""
