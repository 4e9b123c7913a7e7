"""Grades an answer: its score, marks, and the suggested rating.

A wrong answer suggests Again, a partly right one Hard, a right one Good; right but slow or
unsure suggests Hard. If a required point was missed, Hard is the best possible rating.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating
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
    ChoiceAnswer,
    GradedAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
    empty_answer,
)
from flashcards.grading.marking import (
    mark_choice,
    mark_match,
    mark_numeric,
    mark_order,
    mark_typed,
)
from flashcards.grading.recall import mark_recall
from flashcards.grading.result import Marking, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flashcards.grading.presentation import Presentation

SLOW = 2
"""Times the expected seconds from which an answer is slow."""

_WORDS_A_SECOND = 3.0
_THINKING = 8.0
_THINKING_OF = {
    "numeric": 40.0,
    "typed": 10.0,
    "order": 5.0,
    "match": 5.0,
    "recall": 15.0,
}
"""Seconds of thinking in addition: for the whole answer, or per item, pair or point."""

_MINUTE = 60

_BLANK_IF_EMPTY = (ChoiceAnswer, NumericAnswer, TypedAnswer, OrderAnswer, MatchAnswer)
"""Answers that count as not answered if empty; ticking no point is an answer."""


def grade(
    note: Note,
    presentation: Presentation,
    given: GradedAnswer | None,
    *,
    seconds: float,
    unsure: bool = False,
    others: Callable[[], Iterable[str]] = tuple,
) -> Result:
    """Return the result of an answer.

    Args:
        note: The note.
        presentation: How it was asked.
        given: The answer. None or an answer of another kind counts as no answer.
        seconds: From showing the question to the answer.
        unsure: Whether the learner said so before the answer was shown.
        others: Returns the other answers of the deck; none of them counts as a slip.
    """
    answer = given or empty_answer(note.KIND)
    marking = _mark(note, presentation, answer, others)
    if marking is None:
        marking = _mark(note, presentation, empty_answer(note.KIND), others)
    if marking is None:
        return Result(0.0, (), Rating.GOOD, None, (), "Rate it yourself.")
    if isinstance(answer, _BLANK_IF_EMPTY) and answer == empty_answer(note.KIND):
        marking = replace(marking, detail="not answered")
    answer_seconds = seconds if math.isfinite(seconds) and seconds > 0 else 0.0
    expected = expected_seconds(note, presentation)
    is_slow = answer_seconds > SLOW * expected
    at_most = Rating.HARD if marking.required_missed else None
    suggested = _suggest_rating(marking, is_weak=is_slow or unsure)
    return Result(
        score=marking.score,
        marks=marking.marks,
        suggested=suggested,
        at_most=at_most,
        misconceptions=marking.misconceptions,
        summary=_summarize(
            marking, answer_seconds, expected if is_slow else None, unsure=unsure
        ),
    )


def expected_seconds(note: Note, presentation: Presentation) -> float:
    """Return the expected seconds of reading, thinking and answering."""
    words = len(presentation.question.split())
    words += sum(len(text.split()) for text in presentation.texts)
    match note:
        case OrderNote():
            parts = len(note.items)
        case MatchNote():
            parts = len(note.pairs)
            words += sum(len(pair.left.split()) for pair in note.pairs)
        case RecallNote():
            parts = len(note.points)
        case _:
            parts = 1
    thinking = _THINKING + _THINKING_OF.get(note.KIND, 0.0) * parts
    return thinking + words / _WORDS_A_SECOND


def _mark(
    note: Note,
    presentation: Presentation,
    given: GradedAnswer | None,
    others: Callable[[], Iterable[str]],
) -> Marking | None:
    match note, given:
        case ChoiceNote(), ChoiceAnswer():
            return mark_choice(note, presentation, given)
        case NumericNote(), NumericAnswer():
            return mark_numeric(note, presentation, given)
        case TypedNote(), TypedAnswer():
            return mark_typed(note, given, others)
        case OrderNote(), OrderAnswer():
            return mark_order(note, given)
        case MatchNote(), MatchAnswer():
            return mark_match(note, given)
        case RecallNote(), RecallAnswer():
            return mark_recall(note, given)
        case _:
            return None


def _suggest_rating(marking: Marking, *, is_weak: bool) -> Rating:
    if marking.score <= 0:
        return Rating.AGAIN
    if marking.score < 1 or is_weak or marking.required_missed:
        return Rating.HARD
    return Rating.GOOD


def _summarize(
    marking: Marking, seconds: float, expected: float | None, *, unsure: bool
) -> str:
    detail = marking.detail
    if marking.score <= 0:
        return f"{detail[:1].upper()}{detail[1:]}." if detail else "Not right."
    if marking.score < 1:
        missed = "; a required one is missing" if marking.required_missed else ""
        return f"{detail}{missed}." if detail else "Partly right."
    # The detail of a right answer matters only if the answer was read as another phrase.
    reading = f"; {detail}" if detail.startswith("read as") else ""
    if expected is not None:
        return f"Right, but slow: {_format_time(seconds)}, {_format_time(expected)} expected{reading}."
    if unsure:
        return f"Right, but not sure{reading}."
    return f"Right, in {_format_time(seconds)}{reading}."


def _format_time(seconds: float) -> str:
    if seconds < 2 * _MINUTE:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / _MINUTE):,} min"
