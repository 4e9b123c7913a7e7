"""One item in lines: its question, its answer, what an answer came to, and what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.card_lines import readable
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

QUESTION_HELP = "Empty line: the answer. u: undo. q: quit."
_REST = "u: undo. q: quit."
_CONFIDENCE = "Behind it: ! sure, ? unsure, ?? a guess."
_TICKS = "Points such as 1,3 or 2, tick them."
_SIGNS = {"right": "Right", "wrong": "Wrong", "missed": "Missed"}


def print_question(shown: CurrentCard) -> None:
    """Print the head line of an item, its question, and what there is to choose from."""
    row = shown.row
    output.print_line(f"# {row.key} · {row.deck} · {row.kind}")
    output.print_line(readable(shown.question))
    if isinstance(shown.note, MatchNote):
        for number, pair in enumerate(shown.note.pairs, start=1):
            output.print_line(f"{number}) {readable(pair.left)}")
    for place, text in enumerate(shown.presentation.texts):
        output.print_line(f"{label_of(place)}) {readable(text)}")
    if shown.hint:
        output.print_line(f"Hint: {readable(shown.hint)}")


def question_help(shown: CurrentCard, *, asks_confidence: bool = False) -> str:
    """Return what may be typed after a question."""
    wanted = expected(shown.note, shown.presentation)
    if not wanted:
        return QUESTION_HELP
    sureness = f" {_CONFIDENCE}" if asks_confidence else ""
    points = ", or the points ticked" if isinstance(shown.note, RecallNote) else ""
    return f"{wanted}{points}.{sureness} {QUESTION_HELP}"


def print_answer(session: ReviewSession, shown: CurrentCard) -> None:
    """Print what the answer came to, the right one, why, and where that comes from."""
    if shown.result is None:
        print_right_answer(shown)
    else:
        print_result(shown, shown.result)
    if isinstance(shown.note, RecallNote):
        missed = session.missed_most()
        if missed:
            times = formatting.count(missed.times, "time")
            output.print_line(f"Missed most so far: {readable(missed.text)}, {times}.")
    print_reasons(shown)


def print_result(shown: CurrentCard, result: Result) -> None:
    """Print what an answer came to, mark by mark."""
    output.print_line(readable(result.summary))
    for number, mark in enumerate(result.marks, start=1):
        if mark.sign == "neutral":
            continue
        place = f"{number}) " if isinstance(shown.note, RecallNote) else ""
        why = f" ({readable(mark.why)})" if mark.why else ""
        output.print_line(f"{_SIGNS[mark.sign]}: {place}{readable(mark.text)}{why}")
    if isinstance(shown.note, OrderNote) and not result.is_right:
        output.print_line(f"The right order:\n{readable(shown.answer)}")
    if shown.presentation.working:
        output.print_line(f"Working: {readable(shown.presentation.working)}")
    if shown.mixed_up:
        output.print_line(f"Mixed up: {', '.join(map(readable, shown.mixed_up))}")


def print_reasons(shown: CurrentCard) -> None:
    """Print why the answer is so, and the source with its date."""
    if shown.note.why:
        output.print_line(f"Why: {readable(shown.note.why)}")
    source = _source(shown.row, shown.note.as_of)
    if source:
        output.print_line(f"Source: {source}")


def rating_help(
    shown: CurrentCard, previews: Mapping[Rating, Preview] | None = None
) -> str:
    """Return what each rating would do, and which one an empty line gives."""
    at_most = shown.result.at_most if shown.result else None
    ratings = [
        f"{int(rating)} {rating.name.capitalize()}"
        + (f" {formatting.interval(previews[rating].wait_seconds)}" if previews else "")
        for rating in Rating
        if at_most is None or rating <= at_most
    ]
    suggested = shown.suggested.name.capitalize()
    ticks = f" {_TICKS}" if isinstance(shown.note, RecallNote) else ""
    return f"{', '.join(ratings)}; empty line: {suggested}.{ticks} {_REST}"


def print_right_answer(shown: CurrentCard) -> None:
    """Print what is wanted, where nothing was answered."""
    if isinstance(shown.note, RecallNote):
        for number, point in enumerate(shown.note.points, start=1):
            required = " (required)" if point.required else ""
            output.print_line(f"{number}) {readable(point.text)}{required}")
    else:
        output.print_line(readable(shown.answer))


def _source(row: CardRow, as_of: str) -> str:
    parts = [row.source_label, f"as of {as_of}" if as_of else ""]
    return ", ".join(part for part in parts if part)
