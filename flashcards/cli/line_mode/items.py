"""One card in plain lines: its question, its answer, the grading, and what can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.text.readable import readable
from flashcards.domain import formatting
from flashcards.domain.cards import Rating
from flashcards.domain.content import MatchNote, OrderNote, RecallNote
from flashcards.grading.lines import expected
from flashcards.grading.presentation import label_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.cards import CardRow
    from flashcards.grading.result import Result
    from flashcards.study.session.current_card import CurrentCard, Preview
    from flashcards.study.session.session import ReviewSession

QUESTION_HELP = "Empty line: show the answer. u: undo. q: quit."
_RATING_HELP = "u: undo. q: quit."
_CONFIDENCE_HELP = "End with ! if you are sure, ? if unsure, ?? for a guess."
_TICK_HELP = "Numbers such as 1,3 or 2, tick points."
_SIGNS = {"right": "Right", "wrong": "Wrong", "missed": "Missed"}


def print_question(card: CurrentCard) -> None:
    """Print the heading of a card, its question, and the choices."""
    row = card.row
    output.print_line(f"# {row.key} · {row.deck} · {row.kind}")
    output.print_line(readable(card.question))
    if isinstance(card.note, MatchNote):
        for number, pair in enumerate(card.note.pairs, start=1):
            output.print_line(f"{number}) {readable(pair.left)}")
    for index, text in enumerate(card.presentation.texts):
        output.print_line(f"{label_of(index)}) {readable(text)}")
    if card.hint:
        output.print_line(f"Hint: {readable(card.hint)}")


def question_help(card: CurrentCard, *, asks_confidence: bool = False) -> str:
    """Return what can be typed after a question."""
    answer_form = expected(card.note, card.presentation)
    if not answer_form:
        return QUESTION_HELP
    confidence = f" {_CONFIDENCE_HELP}" if asks_confidence else ""
    points = (
        ", or the numbers of the points" if isinstance(card.note, RecallNote) else ""
    )
    return f"{answer_form}{points}.{confidence} {QUESTION_HELP}"


def print_answer(session: ReviewSession, card: CurrentCard) -> None:
    """Print the grading or the right answer, the explanation and the source."""
    if card.result is None:
        print_right_answer(card)
    else:
        print_grading(card, card.result)
    if isinstance(card.note, RecallNote):
        missed = session.find_most_missed()
        if missed:
            times = formatting.count(missed.times, "time")
            output.print_line(f"Missed most so far: {readable(missed.text)}, {times}.")
    print_explanation(card)


def print_grading(card: CurrentCard, result: Result) -> None:
    """Print how an answer was graded, mark by mark."""
    output.print_line(readable(result.summary))
    for number, mark in enumerate(result.marks, start=1):
        if mark.sign == "neutral":
            continue
        point = f"{number}) " if isinstance(card.note, RecallNote) else ""
        why = f" ({readable(mark.why)})" if mark.why else ""
        output.print_line(f"{_SIGNS[mark.sign]}: {point}{readable(mark.text)}{why}")
    if isinstance(card.note, OrderNote) and not result.is_right:
        output.print_line(f"The right order:\n{readable(card.answer)}")
    if card.presentation.working:
        output.print_line(f"Working: {readable(card.presentation.working)}")
    if card.confused_with:
        output.print_line(
            f"Misconception: {', '.join(map(readable, card.confused_with))}"
        )


def print_explanation(card: CurrentCard) -> None:
    """Print why the answer is right, and the source with its date."""
    if card.note.why:
        output.print_line(f"Why: {readable(card.note.why)}")
    source = _source(card.row, card.note.as_of)
    if source:
        output.print_line(f"Source: {source}")


def rating_help(
    card: CurrentCard, previews: Mapping[Rating, Preview] | None = None
) -> str:
    """Return the possible ratings, their intervals, and the rating of an empty line."""
    at_most = card.result.at_most if card.result else None
    ratings = [
        f"{int(rating)} {rating.name.capitalize()}"
        + (f" {formatting.interval(previews[rating].wait_seconds)}" if previews else "")
        for rating in Rating
        if at_most is None or rating <= at_most
    ]
    suggested = card.suggested_rating.name.capitalize()
    ticks = f" {_TICK_HELP}" if isinstance(card.note, RecallNote) else ""
    return f"{', '.join(ratings)}; empty line: {suggested}.{ticks} {_RATING_HELP}"


def print_right_answer(card: CurrentCard) -> None:
    """Print the right answer, or the points of a recall note."""
    if isinstance(card.note, RecallNote):
        for number, point in enumerate(card.note.points, start=1):
            required = " (required)" if point.required else ""
            output.print_line(f"{number}) {readable(point.text)}{required}")
    else:
        output.print_line(readable(card.answer))


def _source(row: CardRow, as_of: str) -> str:
    source = [row.source_label, f"as of {as_of}" if as_of else ""]
    return ", ".join(filter(None, source))
