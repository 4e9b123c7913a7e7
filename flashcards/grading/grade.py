"""From an answer to its result: score, marks, and the rating that it suggests.

Wrong suggests Again, partly Hard, right Good; right but slow or unsure Hard. Where a
required point was missed no more than Hard can be given.
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
    GivenAnswer,
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
"""An answer that takes this many times the expected seconds is slow."""

_WORDS_A_SECOND = 3.0
_THINKING = 8.0
_THINKING_OF = {
    "numeric": 40.0,
    "typed": 10.0,
    "order": 5.0,
    "match": 5.0,
    "recall": 15.0,
}
"""Seconds beyond reading: of the whole answer, or of each item, pair and point."""

_MINUTE = 60

_EMPTY_IS_NOTHING = (ChoiceAnswer, NumericAnswer, TypedAnswer, OrderAnswer, MatchAnswer)
"""Answers that say nothing where they are empty; no point ticked says something."""


def grade(
    note: Note,
    presentation: Presentation,
    given: GivenAnswer | None,
    *,
    seconds: float,
    unsure: bool = False,
    others: Callable[[], Iterable[str]] = tuple,
) -> Result:
    """Return what an answer came to.

    Args:
        note: The note asked.
        presentation: How it was asked.
        given: The answer; None, or an answer of another kind, for no answer at all.
        seconds: From showing the question to the answer.
        unsure: The learner said so before the answer was shown.
        others: Returns the other answers of the deck, of which none is a slip of this one.
    """
    answer = given or empty_answer(note.KIND)
    marking = _marking(note, presentation, answer, others)
    if marking is None:
        marking = _marking(note, presentation, empty_answer(note.KIND), others)
    if marking is None:
        return Result(0.0, (), Rating.GOOD, None, (), "Rate it yourself.")
    if isinstance(answer, _EMPTY_IS_NOTHING) and answer == empty_answer(note.KIND):
        marking = replace(marking, detail="not answered")
    taken = seconds if math.isfinite(seconds) and seconds > 0 else 0.0
    usual = expected_seconds(note, presentation)
    slow = taken > SLOW * usual
    at_most = Rating.HARD if marking.required_missed else None
    suggested = _suggested(marking, weak=slow or unsure)
    return Result(
        score=marking.score,
        marks=marking.marks,
        suggested=suggested,
        at_most=at_most,
        misconceptions=marking.misconceptions,
        summary=_summary(marking, taken, usual if slow else None, unsure=unsure),
    )


def expected_seconds(note: Note, presentation: Presentation) -> float:
    """Return the seconds that reading, thinking and answering usually take."""
    words = len(presentation.question.split())
    words += sum(len(text.split()) for text in presentation.texts)
    match note:
        case OrderNote():
            times = len(note.items)
        case MatchNote():
            times = len(note.pairs)
            words += sum(len(pair.left.split()) for pair in note.pairs)
        case RecallNote():
            times = len(note.points)
        case _:
            times = 1
    thinking = _THINKING + _THINKING_OF.get(note.KIND, 0.0) * times
    return thinking + words / _WORDS_A_SECOND


def _marking(
    note: Note,
    presentation: Presentation,
    given: GivenAnswer | None,
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


def _suggested(marking: Marking, *, weak: bool) -> Rating:
    if marking.score <= 0:
        return Rating.AGAIN
    if marking.score < 1 or weak or marking.required_missed:
        return Rating.HARD
    return Rating.GOOD


def _summary(
    marking: Marking, taken: float, usual: float | None, *, unsure: bool
) -> str:
    detail = marking.detail
    if marking.score <= 0:
        return f"{detail[:1].upper()}{detail[1:]}." if detail else "Not right."
    if marking.score < 1:
        missed = "; a required point is missing" if marking.required_missed else ""
        return f"{detail}, partly{missed}." if detail else "Partly right."
    # A detail of an answer that is all right is news only where something was read into it.
    reading = f"; {detail}" if detail.startswith("read as") else ""
    if usual is not None:
        return f"Right, but slow: {_time(taken)}, {_time(usual)} expected{reading}."
    if unsure:
        return f"Right, but not sure{reading}."
    return f"Right, in {_time(taken)}{reading}."


def _time(seconds: float) -> str:
    if seconds < 2 * _MINUTE:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / _MINUTE):,} min"
