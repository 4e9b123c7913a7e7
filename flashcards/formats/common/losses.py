"""Describe in sentences what an export leaves out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.note_json import COMMON_AFTER, COMMON_BEFORE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.domain.content import DeckContent, Note

_NOT_REPORTED = frozenset({"id", "kind"})
_DEFAULTS = {"tier": "core"}
_DECK_FIELDS = ("description", "version", "license", "topics")
_NAMES = {"as_of": "month of checking", "derived": "derivation"}


def describe_lost_fields(
    title: str, notes: Iterable[Note], held: Collection[str]
) -> list[str]:
    """Return a sentence on the common fields of notes that a format leaves out, if any.

    Args:
        title: What people call the format.
        notes: The notes that were written.
        held: The common fields that the format holds.
    """
    names = [
        name
        for name in (*COMMON_BEFORE, *COMMON_AFTER)
        if name not in _NOT_REPORTED and name not in held
    ]
    counts = Counter(
        name
        for note in notes
        for name in names
        if (getattr(note, name) or None) != _DEFAULTS.get(name)
    )
    if not counts:
        return []
    parts = ", ".join(
        f"{_NAMES.get(name, name)} of {formatting.count(number, 'note')}"
        for name, number in counts.items()
    )
    return [f"A file of {title} cannot hold some fields. Left out: {parts}."]


def describe_lost_deck_fields(title: str, decks: Iterable[DeckContent]) -> list[str]:
    """Return a sentence on the fields of decks that a format leaves out, if any."""
    counts = Counter(
        name for deck in decks for name in _DECK_FIELDS if getattr(deck, name)
    )
    if not counts:
        return []
    parts = ", ".join(
        f"{name} of {formatting.count(number, 'deck')}"
        for name, number in counts.items()
    )
    return [f"A file of {title} holds only the name of a deck. Left out: {parts}."]


def describe_count(number: int, noun: str, outcome: str) -> list[str]:
    """Return the sentence `3 notes were {outcome}.`, or nothing for 0."""
    if not number:
        return []
    verb = "was" if number == 1 else "were"
    return [f"{formatting.count(number, noun)} {verb} {outcome}."]
