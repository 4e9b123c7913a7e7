"""The rules of each kind: what in an answer is right, wrong or missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.numbers import has_unclear_comma, is_within, number_text
from flashcards.grading.presentation import rights_of
from flashcards.grading.result import Mark, Marking, Sign
from flashcards.grading.words.rivals import (
    closest_slip,
    is_other_answer,
    is_other_label,
)
from flashcards.grading.words.wording import is_same
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flashcards.domain.content import (
        ChoiceNote,
        MatchNote,
        NumericNote,
        OrderNote,
        TypedNote,
    )
    from flashcards.grading.answers import (
        ChoiceAnswer,
        MatchAnswer,
        NumericAnswer,
        OrderAnswer,
        TypedAnswer,
    )
    from flashcards.grading.presentation import Presentation

_FACTOR_FROM = 10
"""Times from which a wrong number is described by a factor instead of a percentage."""

_MAX_SHOWN = 200


def mark_choice(
    note: ChoiceNote, presentation: Presentation, given: ChoiceAnswer
) -> Marking:
    """Mark the chosen options: right minus wrong ones, divided by all right ones."""
    chosen = set(given.chosen)
    marks, right, wrong, total = [], 0, 0, 0
    misconceptions = []
    for index in presentation.shown:
        option = note.options[index]
        is_chosen = index in chosen
        total += option.correct
        right += is_chosen and option.correct
        wrong += is_chosen and not option.correct
        if is_chosen and not option.correct and option.misconception:
            misconceptions.append((index, option.misconception))
        marks.append(Mark(option.text, _sign(is_chosen, option.correct), option.why))
    has_several = total > 1
    return Marking(
        score=max(0, right - wrong) / total if total else 0.0,
        marks=tuple(marks),
        detail=_count_right(right, wrong, total) if has_several else "",
        misconceptions=tuple(dict.fromkeys(slug for _, slug in sorted(misconceptions))),
    )


def mark_numeric(
    note: NumericNote, presentation: Presentation, given: NumericAnswer
) -> Marking:
    """Mark a number: right within the tolerance, else with how far off it is."""
    value, allowed = presentation.value, presentation.allowed
    stated, _, _ = presentation.answer.partition("\n\n")
    if given.value is None or value is None:
        return Marking(0.0, _wrong_marks(given.text, stated))
    if is_within(given.value, value, allowed):
        return Marking(1.0, (Mark(_shorten(given.text), "right", stated),))
    detail = _describe_deviation(given.value, value, allowed, note)
    if has_unclear_comma(given.text):
        detail += "; the comma was read as a thousands separator"
    return Marking(0.0, _wrong_marks(given.text, stated), detail)


def mark_typed(
    note: TypedNote, given: TypedAnswer, others: Callable[[], Iterable[str]] = tuple
) -> Marking:
    """Mark a phrase: right if it is an accepted one or a slip of one.

    Args:
        note: The note.
        given: The phrase.
        others: Returns the other answers of the deck; none of them counts as a slip.
    """
    text = given.text.strip()
    if any(is_same(text, phrase) for phrase in note.accept):
        if text in note.accept or not is_other_label(text, note.accept, others()):
            return Marking(1.0, (Mark(_shorten(text), "right"),))
        return Marking(0.0, _wrong_marks(text, note.accept[0]))
    phrase = closest_slip(text, note.accept)
    if phrase is not None and not is_other_answer(text, phrase, note.accept, others()):
        reading = f"read as {phrase}"
        return Marking(1.0, (Mark(_shorten(text), "right", reading),), reading)
    return Marking(0.0, _wrong_marks(text, note.accept[0] if note.accept else ""))


def mark_order(note: OrderNote, given: OrderAnswer) -> Marking:
    """Mark an order: the share of items in their place, 0 for the reverse order."""
    items = _as_permutation(given.items, len(note.items))
    if items is None:
        return Marking(0.0, tuple(Mark(item, "missed") for item in note.items))
    count = len(items)
    marks = tuple(
        Mark(
            note.items[index],
            "right" if index == place else "wrong",
            "" if index == place else f"should be number {index + 1}",
        )
        for place, index in enumerate(items)
    )
    if count > 1 and items == tuple(reversed(range(count))):
        return Marking(0.0, marks, "all in the reverse order")
    in_place = sum(index == place for place, index in enumerate(items))
    return Marking(
        score=in_place / count if count else 1.0,
        marks=marks,
        detail=f"{in_place} of {count} in the right place",
    )


def mark_match(note: MatchNote, given: MatchAnswer) -> Marking:
    """Mark pairs: the share of left sides with the right side."""
    rights = rights_of(note)
    marks, right = [], 0
    for place, pair in enumerate(note.pairs):
        index = given.rights[place] if place < len(given.rights) else None
        chosen = rights[index] if index is not None and index < len(rights) else None
        right += chosen == pair.right
        marks.append(_pair_mark(pair.left, chosen, pair.right))
    count = len(note.pairs)
    return Marking(
        score=right / count if count else 1.0,
        marks=tuple(marks),
        detail=f"{right} of {count} pairs right",
    )


def _sign(is_chosen: bool, is_correct: bool) -> Sign:
    if is_chosen:
        return "right" if is_correct else "wrong"
    return "missed" if is_correct else "neutral"


def _count_right(right: int, wrong: int, total: int) -> str:
    count = f"{right} of {total} right"
    return f"{count}, {wrong} too many" if wrong else count


def _pair_mark(left: str, chosen: str | None, right: str) -> Mark:
    if chosen is None:
        return Mark(f"{left}: {right}", "missed")
    if chosen == right:
        return Mark(f"{left}: {chosen}", "right")
    return Mark(f"{left}: {chosen}", "wrong", f"should be {right}")


def _wrong_marks(text: str, right: str) -> tuple[Mark, ...]:
    """Return the marks of a wrong answer, and of the right one below it."""
    wrong = (Mark(_shorten(text), "wrong"),) if text.strip() else ()
    return (*wrong, Mark(right, "missed"))


def _describe_deviation(
    given: float, value: float, allowed: float, note: NumericNote
) -> str:
    off = abs(given - value)
    unit = f" {note.unit}" if note.unit and note.unit != "%" else ""
    if not isinstance(note.tolerance, str) or not value:
        limit = f", {number_text(allowed)}{unit} allowed" if allowed else ""
        return f"off by {number_text(off, off)}{unit}{limit}"
    limit = f", {note.tolerance.replace(' ', '')} allowed"
    if given and given / value >= _FACTOR_FROM:
        return f"{number_text(given / value, given / value)} times too large{limit}"
    if given and value / given >= _FACTOR_FROM:
        return f"{number_text(value / given, value / given)} times too small{limit}"
    share = off / abs(value) * 100
    return f"off by {number_text(share, share)}%{limit}"


def _as_permutation(items: tuple[int, ...], count: int) -> tuple[int, ...] | None:
    return items if sorted(items) == list(range(count)) else None


def _shorten(text: str) -> str:
    return one_line(text, _MAX_SHOWN)
