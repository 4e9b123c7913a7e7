"""Shuffles the options and draws the numbers of a card, the same until it is answered.

They depend on the card and its repetition only: an interrupted question returns with the
same options in the same order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from flashcards.domain.content import (
    ChoiceNote,
    MatchNote,
    Note,
    NumericNote,
    OrderNote,
)
from flashcards.domain.expressions import Expression, ExpressionError
from flashcards.domain.faces import marked_answer, marked_question
from flashcards.grading.numbers import number_text, tolerance_of
from flashcards.text.digits import format_full_number, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GRADED_KINDS = ("choice", "numeric", "typed", "order", "match", "recall")
"""Kinds whose answers are graded; the others are rated by the learner alone."""

_GAP = re.compile(r"\{([^{}]{1,200})\}")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Presentation:
    """A note as it is asked once."""

    question: str
    """The question, with the drawn numbers and the marked gap of a cloze."""
    answer: str
    """The right answer as text, with the drawn numbers and the marked gap of a cloze."""
    shown: tuple[int, ...] = ()
    """Indexes of the note's options, items or right sides, in the order they are shown."""
    texts: tuple[str, ...] = ()
    """The texts of these options, items or right sides, in the same order."""
    numbers: tuple[tuple[str, float], ...] = ()
    """The variables of a template, with the drawn values."""
    value: float | None = None
    """The right number of a numeric note."""
    allowed: float = 0.0
    """How far off that number an answer may be."""
    working: str = ""
    """How the number is computed, with the drawn numbers."""

    def place_of(self, index: int) -> int:
        """Return the place, from 0, at which an option, item or right side is shown."""
        return self.shown.index(index)


def is_graded(note: Note) -> bool:
    """Return whether answers to the note are graded."""
    return note.KIND in GRADED_KINDS


def present(note: Note, face: str, card_key: str, reps: int) -> Presentation:
    """Return what a card asks on its repetition `reps`, the same each time."""
    seed = f"{card_key}:{reps}"
    count = len(parts_of(note))
    shown = sorted(range(count), key=lambda index: _hash(f"{seed}:{index}"))
    if isinstance(note, OrderNote) and shown == list(range(count)):
        # The right order must not be shown.
        shown = [*shown[1:], *shown[:1]]
    numbers = {}
    if isinstance(note, NumericNote):
        numbers = {
            name: values[_hash(f"{seed}:{name}") % len(values)]
            for name, values in note.variables
            if values
        }
    return present_as(note, face, shown, numbers)


def present_as(
    note: Note, face: str, shown: Sequence[int], numbers: Mapping[str, float]
) -> Presentation:
    """Return what a card asks with a given order of its parts and given numbers.

    If the order does not fit the note, which may have been edited, the order of the note
    is used.
    """
    parts = parts_of(note)
    order = tuple(shown)
    if sorted(order) != list(range(len(parts))):
        order = tuple(range(len(parts)))
    if isinstance(note, NumericNote):
        return _present_numeric(note, numbers)
    return Presentation(
        question=marked_question(note, face),
        answer=marked_answer(note, face),
        shown=order,
        texts=tuple(parts[index] for index in order),
    )


def parts_of(note: Note) -> tuple[str, ...]:
    """Return what is shuffled: the options, items or right sides in the order of the note."""
    match note:
        case ChoiceNote():
            return tuple(option.text for option in note.options)
        case OrderNote():
            return note.items
        case MatchNote():
            return rights_of(note)
        case _:
            return ()


def rights_of(note: MatchNote) -> tuple[str, ...]:
    """Return the right sides of a match, each once, then the lures."""
    return tuple(dict.fromkeys([*(pair.right for pair in note.pairs), *note.lures]))


def label_of(place: int) -> str:
    """Return the letter of a place from 0: `a`, `b` ... `z`, `aa`, `ab` ..."""
    first, last = divmod(place, _LETTERS)
    letter = chr(ord("a") + last)
    return chr(ord("a") + first - 1) + letter if first else letter


def _present_numeric(note: NumericNote, numbers: Mapping[str, float]) -> Presentation:
    drawn = {
        name: numbers.get(name, values[0]) for name, values in note.variables if values
    }
    value = _evaluate(str(note.answer), drawn)
    if value is None:
        return Presentation(
            question=note.question,
            answer=str(note.answer),
            numbers=tuple(drawn.items()),
            working=note.working,
        )
    allowed = tolerance_of(value, note.tolerance)
    # A number by the author stays as written; only a computed one is rounded.
    number = (
        number_text(value, allowed) if note.variables else format_full_number(value)
    )
    rounding = allowed if note.variables else 0.0
    working = _fill_gaps(note.working, drawn | {"answer": value}, rounding)
    stated = with_unit(number, note.unit)
    return Presentation(
        question=_fill_gaps(note.question, drawn),
        answer=f"{stated}\n\n{working}" if working else stated,
        numbers=tuple(drawn.items()),
        value=value,
        allowed=allowed,
        working=working,
    )


def _evaluate(text: str, numbers: Mapping[str, float]) -> float | None:
    try:
        expression = Expression(text)
        if not expression.names <= numbers.keys():
            return None
        return expression.value(numbers)
    except ExpressionError:
        return None


def _fill_gaps(text: str, numbers: Mapping[str, float], allowed: float = 0.0) -> str:
    """Return the text with `{name}` and `{arithmetic}` replaced by values; other braces stay."""

    def value_of(gap: re.Match[str]) -> str:
        value = numbers.get(gap[1])
        if value is not None and gap[1] != "answer":
            return format_full_number(value)
        if value is None and any(name in gap[1] for name in numbers):
            value = _evaluate(gap[1], numbers)
        return gap[0] if value is None else number_text(value, allowed)

    return _GAP.sub(value_of, text) if numbers else text


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
