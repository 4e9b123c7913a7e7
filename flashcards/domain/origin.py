"""The note of another program that a note was imported from, for exporting it unchanged."""

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
    """A card of another program."""

    place: int
    """Its number among the cards of the foreign note, from 0."""
    face: str
    """The face of the imported note."""
    flags: int = 0
    """Color of its flag, 0 for none, to 7."""
    ease: int = 0
    """Ease in permille, 0 without one."""
    number: int = 0
    """Its id there, 0 without one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The foreign note that one or more notes were imported from."""

    note_type: NoteType
    guid: str
    fields: str
    """Its original fields, joined by U+001F."""
    tags: str = ""
    """Its original tags, separated by spaces."""
    number: int = 0
    """Its id there besides the guid, 0 without one."""
    modified: int = 0
    """Time of its last change there, in Unix seconds."""
    part: int = 0
    """Index of this note among those imported from the foreign one, from 0."""
    cards: tuple[ForeignCard, ...] = ()
    is_unchanged: bool = True
    """Whether the note is unchanged since the import."""
