"""The faces of a note: which cards it makes, and what each asks and answers.

Question and answer are text in the Markdown subset of the deck format. Every kind has
them, so that search, card info, CSV and plain output can show any card.
"""

from __future__ import annotations

import re

from flashcards.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    Note,
    NumericNote,
    OrderNote,
    RecallNote,
    TypedNote,
)

GAP = re.compile(
    r"\{\{c(\d+)::((?:[^:}]++|:(?!:)|\}(?!\}))*+)(?:::((?:[^}]++|\}(?!\}))*+))?\}\}"
)
"""One cloze gap: its number, the hidden text, and a hint where there is one."""

REVERSE = "reverse"


def faces_of(note: Note) -> tuple[str, ...]:
    """Return the faces of a note, each of which is one card; the first may be empty."""
    if isinstance(note, BasicNote) and note.reverse:
        return ("", REVERSE)
    if isinstance(note, ClozeNote):
        numbers = sorted({int(gap[1]) for gap in GAP.finditer(note.text)})
        return tuple(f"c{number}" for number in numbers)
    return ("",)


def card_key(note_key: str, face: str) -> str:
    """Return the stable text key of a card, such as `mcl-012` or `mcl-012:c2`."""
    return f"{note_key}:{face}" if face else note_key


def note_key_of(card: str) -> str:
    """Return the note's key from a card's key."""
    return card.partition(":")[0]


def question_text(note: Note, face: str = "") -> str:
    """Return what the card asks."""
    match note:
        case BasicNote():
            return note.back if face == REVERSE else note.front
        case ClozeNote():
            return GAP.sub(lambda gap: _asked(gap, face), note.text)
        case (
            ChoiceNote()
            | NumericNote()
            | TypedNote()
            | OrderNote()
            | MatchNote()
            | RecallNote()
        ):
            return note.question
        case _:
            raise TypeError(type(note).__name__)


def answer_text(note: Note, face: str = "") -> str:
    """Return what the card wants to hear."""
    match note:
        case BasicNote():
            return note.front if face == REVERSE else note.back
        case ClozeNote():
            return GAP.sub(lambda gap: _answered(gap, face), note.text)
        case ChoiceNote():
            return "\n".join(_bullet(o.text, o.why) for o in note.options if o.correct)
        case NumericNote():
            value = note.answer if isinstance(note.answer, str) else f"{note.answer:,g}"
            return f"{value} {note.unit}".strip() + _paragraph(note.working)
        case TypedNote():
            return note.accept[0]
        case OrderNote():
            return "\n".join(f"{n}. {item}" for n, item in enumerate(note.items, 1))
        case MatchNote():
            return "\n".join(f"- {pair.left}: {pair.right}" for pair in note.pairs)
        case RecallNote():
            return "\n".join(
                _bullet(point.text, "required" if point.required else "")
                for point in note.points
            )
        case _:
            raise TypeError(type(note).__name__)


def hint_text(note: Note, face: str = "") -> str:
    """Return the hint of a card, empty where there is none.

    The hint of a basic note belongs to its front, so the reverse card has none.
    """
    return "" if face == REVERSE else note.hint


def _asked(gap: re.Match[str], face: str) -> str:
    number, hidden, hint = gap.groups()
    if f"c{number}" != face:
        return hidden
    return f"**[{hint or '...'}]**"


def _answered(gap: re.Match[str], face: str) -> str:
    number, hidden, _ = gap.groups()
    return f"**{hidden}**" if f"c{number}" == face else hidden


def _bullet(text: str, note: str) -> str:
    return f"- {text} ({note})" if note else f"- {text}"


def _paragraph(text: str) -> str:
    return f"\n\n{text}" if text else ""
