"""The short answers of notes, which are never accepted as slips of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    OrderNote,
    RecallNote,
    TypedNote,
)
from flashcards.text.markdown.gaps import find_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashcards.domain.content import Note

_LONGEST = 80
"""Characters of the longest answer; longer ones are sentences, not names."""


def answers_of(note: Note) -> Iterator[str]:
    """Yield the short answers of a note: phrases, options, items, sides, gaps and keywords."""
    return (text for text in _answers(note) if text and len(text) <= _LONGEST)


def _answers(note: Note) -> Iterator[str]:
    match note:
        case TypedNote():
            yield from note.accept
        case ChoiceNote():
            yield from (option.text for option in note.options)
        case OrderNote():
            yield from note.items
        case MatchNote():
            yield from (side for pair in note.pairs for side in (pair.left, pair.right))
            yield from note.lures
        case RecallNote():
            yield from (word for point in note.points for word in point.keywords)
        case ClozeNote():
            yield from (gap.hidden for gap in find_gaps(note.text))
        case BasicNote():
            yield from (note.front, note.back)
        case _:
            return
