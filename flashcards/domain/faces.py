"""The faces of a note: its cards, with the question and answer of each.

Question and answer are text in the Markdown subset of the deck format. Every kind has
them, so that search, card info, CSV and plain output can show any card.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.domain.content import (
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
from flashcards.text.digits import format_computed_number, format_full_number, with_unit
from flashcards.text.markdown.gaps import Gap, find_gaps, replace_gaps
from flashcards.text.markdown.marks import mark_gap, to_literal
from flashcards.text.markdown.plain_text import to_plain_line

if TYPE_CHECKING:
    from collections.abc import Mapping

REVERSE = "reverse"
_VARIABLE = re.compile(r"\{([^{}]{1,200})\}")


def faces_of(note: Note) -> tuple[str, ...]:
    """Return the faces of a note, one for each card; the first may be empty."""
    if isinstance(note, BasicNote) and note.reverse:
        return ("", REVERSE)
    if isinstance(note, ClozeNote):
        numbers = sorted({int(gap.number) for gap in find_gaps(note.text)})
        return tuple(f"c{number}" for number in numbers)
    return ("",)


def card_key(note_key: str, face: str) -> str:
    """Return the stable text key of a card, such as `mcl-012` or `mcl-012:c2`."""
    return f"{note_key}:{face}" if face else note_key


def note_key_of(card: str) -> str:
    """Return the note's key from a card's key."""
    return card.partition(":")[0]


def question_text(note: Note, face: str = "") -> str:
    """Return the question of the card, with the gap of a cloze as `[...]` or `[hint]`."""
    match note:
        case BasicNote():
            return note.back if face == REVERSE else note.front
        case ClozeNote():
            return replace_gaps(note.text, lambda gap: _placeholder(gap, face))
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
    """Return the answer of the card."""
    match note:
        case BasicNote():
            return note.front if face == REVERSE else note.back
        case ClozeNote():
            return replace_gaps(note.text, lambda gap: gap.hidden)
        case ChoiceNote():
            return "\n".join(_bullet(o.text, o.why) for o in note.options if o.correct)
        case NumericNote():
            answer = note.answer
            value = answer if isinstance(answer, str) else format_full_number(answer)
            return with_unit(value, note.unit) + _paragraph(note.working)
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
    """Return the hint of a card, empty without one.

    The hint of a basic note belongs to its front, so the reverse card has none.
    """
    return "" if face == REVERSE else note.hint


def marked_question(note: Note, face: str = "") -> str:
    """Return the question of the card, with the gap of a cloze marked safely against any text."""
    if not isinstance(note, ClozeNote):
        return question_text(note, face)

    def show(gap: Gap) -> str:
        if not _is_asked(gap, face):
            return gap.hidden
        return mark_gap(to_literal(_placeholder(gap, face)))

    return replace_gaps(note.text, show)


def marked_answer(note: Note, face: str = "") -> str:
    """Return the answer of the card, with the gap of a cloze marked within the text."""
    if not isinstance(note, ClozeNote):
        return answer_text(note, face)
    return replace_gaps(
        note.text,
        lambda gap: mark_gap(gap.hidden) if _is_asked(gap, face) else gap.hidden,
    )


def list_text(
    note: Note, face: str = "", numbers: Mapping[str, float] | None = None
) -> str:
    """Return the question of a card for lists.

    The variables of a template get the given numbers, others the first of their values.
    """
    question = question_text(note, face)
    if not isinstance(note, NumericNote) or not note.variables:
        return question
    drawn = {name: values[0] for name, values in note.variables if values}
    drawn |= {name: value for name, value in (numbers or {}).items() if name in drawn}
    return _VARIABLE.sub(lambda match: _fill_variables(match, drawn), question)


def _fill_variables(match: re.Match[str], numbers: Mapping[str, float]) -> str:
    from flashcards.domain.expressions import Expression, ExpressionError

    if match[1] in numbers:
        return format_full_number(numbers[match[1]])
    if not any(name in match[1] for name in numbers):
        return match[0]
    try:
        expression = Expression(match[1])
        is_known = expression.names <= numbers.keys()
        value = expression.value(numbers) if is_known else None
        return match[0] if value is None else format_computed_number(value)
    except ExpressionError:
        return match[0]


def _is_asked(gap: Gap, face: str) -> bool:
    return f"c{gap.number}" == face


def _placeholder(gap: Gap, face: str) -> str:
    if not _is_asked(gap, face):
        return gap.hidden
    hint = to_plain_line(gap.hint) if gap.hint else ""
    return f"[{hint or '...'}]"


def _bullet(text: str, note: str) -> str:
    return f"- {text} ({note})" if note else f"- {text}"


def _paragraph(text: str) -> str:
    return f"\n\n{text}" if text else ""
