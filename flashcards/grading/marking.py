"""The rules of each kind: what is right, wrong and missed in an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.numbers import has_unclear_comma, is_within, number_text
from flashcards.grading.presentation import rights_of
from flashcards.grading.result import Mark, Marking, Sign
from flashcards.grading.wording import folded_words, is_same, is_slip
from flashcards.text import one_line

if TYPE_CHECKING:
    from flashcards.content import (
        ChoiceNote,
        MatchNote,
        NumericNote,
        OrderNote,
        TypedNote,
    )
    from flashcards.grading.answers import Chosen, Matched, Number, Ordered, Typed
    from flashcards.grading.presentation import Presentation

_FAR = 10
"""An answer this many times off is told as a factor in place of a share."""

_SHOWN = 200


def mark_choice(note: ChoiceNote, presentation: Presentation, given: Chosen) -> Marking:
    """Return what the options chosen come to: right ones less wrong ones, of all right ones."""
    chosen = set(given.chosen)
    marks, right, wrong, wanted = [], 0, 0, 0
    misconceptions = []
    for index in presentation.shown:
        option = note.options[index]
        is_chosen = index in chosen
        wanted += option.correct
        right += is_chosen and option.correct
        wrong += is_chosen and not option.correct
        if is_chosen and not option.correct and option.misconception:
            misconceptions.append((index, option.misconception))
        marks.append(Mark(option.text, _sign(is_chosen, option.correct), option.why))
    several = wanted > 1
    return Marking(
        score=max(0, right - wrong) / wanted if wanted else 0.0,
        marks=tuple(marks),
        detail=_of_several(right, wrong, wanted) if several else "",
        misconceptions=tuple(dict.fromkeys(slug for _, slug in sorted(misconceptions))),
    )


def mark_numeric(
    note: NumericNote, presentation: Presentation, given: Number
) -> Marking:
    """Return whether a number is within the tolerance, and how far off it is."""
    value, allowed = presentation.value, presentation.allowed
    stated, _, _ = presentation.answer.partition("\n\n")
    if given.value is None or value is None:
        return Marking(0.0, _against(given.text, stated))
    if is_within(given.value, value, allowed):
        return Marking(1.0, (Mark(_typed(given.text), "right", stated),))
    detail = _deviation(given.value, value, allowed, note)
    if has_unclear_comma(given.text):
        detail += "; the comma was read as a thousands separator"
    return Marking(0.0, _against(given.text, stated), detail)


def mark_typed(note: TypedNote, given: Typed) -> Marking:
    """Return whether a phrase is an accepted one, or a slip of one."""
    text = given.text.strip()
    words = folded_words(text)
    accepted = [(phrase, folded_words(phrase)) for phrase in note.accept]
    for phrase, wanted in accepted:
        if is_same(words, wanted) or _bare(text) == _bare(phrase) != "":
            return Marking(1.0, (Mark(_typed(text), "right"),))
    for phrase, wanted in accepted:
        if words and is_slip(words, wanted):
            reading = f"read as {phrase}"
            return Marking(1.0, (Mark(_typed(text), "right", reading),), reading)
    return Marking(0.0, _against(text, note.accept[0] if note.accept else ""))


def mark_order(note: OrderNote, given: Ordered) -> Marking:
    """Return how far the items are in order: pairs in order less pairs that are not."""
    items = _permutation(given.items, len(note.items))
    if items is None:
        return Marking(0.0, tuple(Mark(item, "missed") for item in note.items))
    count = len(items)
    pairs = [(a, b) for place, a in enumerate(items) for b in items[place + 1 :]]
    kept = sum(a < b for a, b in pairs)
    marks = tuple(
        Mark(
            note.items[index],
            "right" if index == place else "wrong",
            "" if index == place else f"place {index + 1}",
        )
        for place, index in enumerate(items)
    )
    at_home = sum(index == place for place, index in enumerate(items))
    return Marking(
        score=max(0, 2 * kept - len(pairs)) / len(pairs) if pairs else 1.0,
        marks=marks,
        detail=f"{at_home} of {count} in their place",
    )


def mark_match(note: MatchNote, given: Matched) -> Marking:
    """Return the share of left sides that got the right side."""
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
        detail=f"{right} of {count} pairs",
    )


def _sign(is_chosen: bool, is_correct: bool) -> Sign:
    if is_chosen:
        return "right" if is_correct else "wrong"
    return "missed" if is_correct else "neutral"


def _of_several(right: int, wrong: int, wanted: int) -> str:
    found = f"{right} of {wanted}"
    return f"{found}, {wrong} too many" if wrong else found


def _pair_mark(left: str, chosen: str | None, right: str) -> Mark:
    if chosen is None:
        return Mark(f"{left}: {right}", "missed")
    if chosen == right:
        return Mark(f"{left}: {chosen}", "right")
    return Mark(f"{left}: {chosen}", "wrong", f"was {right}")


def _against(text: str, right: str) -> tuple[Mark, ...]:
    """Return the marks of a wrong answer over the right one."""
    wrong = (Mark(_typed(text), "wrong"),) if text.strip() else ()
    return (*wrong, Mark(right, "missed"))


def _deviation(given: float, value: float, allowed: float, note: NumericNote) -> str:
    off = abs(given - value)
    unit = f" {note.unit}" if note.unit and note.unit != "%" else ""
    if not isinstance(note.tolerance, str) or not value:
        limit = f", {number_text(allowed)}{unit} allowed" if allowed else ""
        return f"off by {number_text(off, off)}{unit}{limit}"
    limit = f", {note.tolerance.replace('%', ' %')} allowed"
    if given and given / value >= _FAR:
        return f"{number_text(given / value, given / value)} times too large{limit}"
    if given and value / given >= _FAR:
        return f"{number_text(value / given, value / given)} times too small{limit}"
    share = off / abs(value) * 100
    return f"off by {number_text(share, share)} %{limit}"


def _permutation(items: tuple[int, ...], count: int) -> tuple[int, ...] | None:
    return items if sorted(items) == list(range(count)) else None


def _bare(text: str) -> str:
    """Return a text of symbols alone as it can be compared."""
    return "".join(text.split()).casefold()


def _typed(text: str) -> str:
    return one_line(text, _SHOWN)
