"""Parses a typed line as an answer: letters, numbers, words, orders, pairs and points."""

from __future__ import annotations

import re
from typing import Literal

from flashcards.domain.content import (
    ChoiceNote,
    MatchNote,
    Note,
    NumericNote,
    OrderNote,
    RecallNote,
    TypedNote,
)
from flashcards.grading.answers import (
    MOST_CHARACTERS,
    ChoiceAnswer,
    GradedAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
)
from flashcards.grading.numbers import read_number
from flashcards.grading.presentation import Presentation, label_of
from flashcards.grading.recall import found_points
from flashcards.text.folding import fold_text
from flashcards.text.safe_text import one_line

Confidence = Literal["", "guess", "unsure", "sure"]
"""The learner's confidence before the answer was shown; empty if not asked."""

MOST_TYPED = 500
"""Characters of the longest word or phrase; recall allows `MOST_CHARACTERS`."""

_CONFIDENCE: dict[str, Confidence] = {"??": "guess", "?": "unsure", "!": "sure"}
_CONFIDENCE_MARK = re.compile(r"(?P<line>.*\S)\s+(?P<mark>\?\?|\?|!)", re.DOTALL)
_PAIR = re.compile(r"(?P<left>[0-9]{1,2})\s*[-=:.)]?\s*(?P<right>[a-z]{1,2})")
_POINTS = re.compile(r"[0-9]{1,2}(?:[,;\s]+[0-9]{1,2})*[,;]?")


def split_confidence(line: str) -> tuple[str, Confidence]:
    """Return a line without its confidence mark, and the confidence.

    ` ?` means unsure, ` ??` a guess, ` !` sure; the mark must follow a space.
    """
    match = _CONFIDENCE_MARK.fullmatch(line.strip())
    if not match:
        return line.strip(), ""
    return match["line"], _CONFIDENCE[match["mark"]]


def parse_line(
    note: Note, presentation: Presentation, line: str
) -> GradedAnswer | str | None:
    """Return the answer of a typed line, or a sentence that says what to type instead.

    None for a kind of note that is not graded.
    """
    text = line.strip()
    most = MOST_CHARACTERS if isinstance(note, RecallNote) else MOST_TYPED
    if len(text) > most:
        return (
            f"That answer has {len(text):,} characters; at most {most:,} can be read."
        )
    match note:
        case ChoiceNote():
            return _parse_choice(note, presentation, text)
        case NumericNote():
            return _parse_numeric(note, text)
        case TypedNote():
            return TypedAnswer(text) if text else "Type a word or a phrase."
        case OrderNote():
            return _parse_order(presentation, text)
        case MatchNote():
            return _parse_match(note, presentation, text)
        case RecallNote():
            return _parse_recall(note, text)
        case _:
            return None


def expected(note: Note, presentation: Presentation) -> str:
    """Return a short prompt for the answer; empty for a kind that is not graded."""
    last = label_of(len(presentation.shown) - 1) if presentation.shown else ""
    match note:
        case ChoiceNote():
            if has_several(note):
                return "Letters such as a,c"
            return f"A letter from a to {last}"
        case NumericNote():
            unit = f" in {note.unit}" if note.unit else ""
            return f"A number{unit}"
        case TypedNote():
            return "A word or a phrase"
        case OrderNote():
            return f"The letters in order, such as {_example_order(presentation)}"
        case MatchNote():
            return f"Pairs such as {_example_pairs(note)}"
        case RecallNote():
            return "What you recall"
        case _:
            return ""


def has_several(note: ChoiceNote) -> bool:
    """Return whether several options of a choice are correct."""
    return sum(option.correct for option in note.options) > 1


def _parse_choice(
    note: ChoiceNote, presentation: Presentation, text: str
) -> ChoiceAnswer | str:
    places = _parse_places(text, len(presentation.shown))
    if has_several(note):
        if not places:
            return f"Type the letters of all that are right, such as a,c: {_describe_letters(presentation)}."
        return ChoiceAnswer(
            tuple(dict.fromkeys(presentation.shown[place] for place in places))
        )
    if len(places) != 1:
        return f"Type one letter: {_describe_letters(presentation)}."
    return ChoiceAnswer((presentation.shown[places[0]],))


def _parse_numeric(note: NumericNote, text: str) -> NumericAnswer | str:
    value = read_number(text, note.unit)
    if value is not None:
        return NumericAnswer(value, text)
    unit = f" in {note.unit}" if note.unit else ""
    if not text.strip():
        return f"Type a number{unit}, such as 1200, 1,200.5, 1e6, 1M or 50%."
    return f"{one_line(text, 20)!r} is not a number{unit}. Write it as 1200, 1,200.5, 1e6, 1M or 50%."


def _parse_order(presentation: Presentation, text: str) -> OrderAnswer | str:
    places = _parse_places(text, len(presentation.shown))
    if sorted(places) != list(range(len(presentation.shown))):
        return (
            f"Type every letter once, in order, such as {_example_order(presentation)}: "
            f"{_describe_letters(presentation)}."
        )
    return OrderAnswer(tuple(presentation.shown[place] for place in places))


def _parse_match(
    note: MatchNote, presentation: Presentation, text: str
) -> MatchAnswer | str:
    plain = re.sub(r"[,;\s]+", " ", fold_text(text)).strip()
    labels = {label_of(place): index for place, index in enumerate(presentation.shown)}
    pairs = [(int(pair["left"]), pair["right"]) for pair in _PAIR.finditer(plain)]
    lefts = [left for left, _ in pairs]
    if (
        not pairs
        or _PAIR.sub("", plain).strip()
        or len(set(lefts)) < len(lefts)
        or not all(1 <= left <= len(note.pairs) for left in lefts)
        or not all(right in labels for _, right in pairs)
    ):
        return (
            f"Type a number and a letter for each pair, such as {_example_pairs(note)}: "
            f"1 to {len(note.pairs)} and {_describe_letters(presentation)}."
        )
    chosen = {left: labels[right] for left, right in pairs}
    return MatchAnswer(
        tuple(chosen.get(left) for left in range(1, len(note.pairs) + 1))
    )


def _parse_recall(note: RecallNote, text: str) -> RecallAnswer | str:
    if not text:
        return "Type what you recall, or the numbers of points."
    ticks = ticked_points(note, text)
    if ticks is None:
        return RecallAnswer(tuple(found_points(note, text)), text)
    return ticks if isinstance(ticks, str) else RecallAnswer(ticks)


def ticked_points(note: RecallNote, text: str) -> tuple[int, ...] | str | None:
    """Return the points that a line such as `1,3` ticks; `0` ticks none.

    Returns a sentence if there is no such point, and None if the line is not a list of
    numbers.
    """
    if not _POINTS.fullmatch(text.strip()):
        return None
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    if numbers == [0]:
        return ()
    if not all(1 <= number <= len(note.points) for number in numbers):
        return f"The points have the numbers 1 to {len(note.points)}; 0 ticks none."
    return tuple(sorted({number - 1 for number in numbers}))


def _parse_places(text: str, count: int) -> list[int]:
    """Return the places of the typed letters or numbers; empty if one of them is unknown."""
    labels = {label_of(place): place for place in range(count)}
    labels |= {str(place + 1): place for place in range(count)}
    words = [word for word in re.split(r"[,;.)\s]+", fold_text(text)) if word]
    if len(words) == 1 and words[0] not in labels:
        words = list(words[0])
    if not all(word in labels for word in words):
        return []
    return [labels[word] for word in words]


def _describe_letters(presentation: Presentation) -> str:
    return f"a to {label_of(len(presentation.shown) - 1)}"


def _example_order(presentation: Presentation) -> str:
    # The letters backwards, so that the example does not suggest an order.
    labels = [label_of(place) for place in range(len(presentation.shown))]
    return " ".join(reversed(labels))


def _example_pairs(note: MatchNote) -> str:
    lefts = range(1, min(3, len(note.pairs)) + 1)
    return " ".join(f"{left}{label_of(left % len(note.pairs))}" for left in lefts)
