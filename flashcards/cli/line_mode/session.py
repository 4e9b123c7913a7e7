"""A session in lines: what screen readers, pipes and dumb terminals use.

Each item begins with `# CARD-ID · DECK · KIND`. An empty line shows the answer, `1` to
`4` or an empty line rates it, `u` undoes, `q` or the end of input quits. Where answers
are graded the line is the answer itself, and an empty line then takes the rating that it
suggests. A line that says an answer is kept is printed after the store has it on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.items import (
    QUESTION_HELP,
    print_answer,
    print_question,
    question_help,
    rating_help,
)
from flashcards.cli.line_mode.lines import read_line
from flashcards.collection.session_text import closing_line, summary_sentence
from flashcards.domain import formatting
from flashcards.domain.cards import Rating
from flashcards.domain.content import RecallNote
from flashcards.grading.answers import RecallAnswer
from flashcards.grading.lines import split_confidence, ticked_points
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.study.session.current_card import CurrentCard, Summary
    from flashcards.study.session.session import ReviewSession
    from flashcards.study.today.overview import Overview

RATINGS = {str(int(rating)): rating for rating in Rating}


def run_in_lines(
    session: ReviewSession, due: Callable[[], Overview], nothing: Callable[[], str]
) -> None:
    """Ask card after card until the session is over or the input ends, then sum up.

    Args:
        session: The session.
        due: Returns what is still due on this day, in every deck.
        nothing: Returns what to say where the session has no card.
    """
    shown = session.current
    if shown is None:
        output.print_now(nothing())
        return
    while shown is not None and ask(session, shown):
        output.print_line()
        shown = session.current
    session.leave()
    output.print_now(closing_text(session.summary(), due))


def closing_text(summary: Summary, due: Callable[[], Overview]) -> str:
    """Return what a session came to, such as `11 cards in 5 min. 27 left today, ...`."""
    if summary.cram:
        return summary_sentence(summary)
    left = due()
    return closing_line(
        summary.answers, summary.milliseconds, left.counts.total, left.seconds
    )


def ask(session: ReviewSession, shown: CurrentCard) -> bool:
    """Ask one card up to its rating or an undo; return False to quit."""
    print_question(shown)
    output.print_now(question_help(shown, asks_confidence=session.asks_confidence))
    line = _answered(session, shown)
    if line == "":
        line = _rated(session, shown)
    if line in (None, "q"):
        return False
    if line == "u":
        _undo(session)
    else:
        _rate(session, shown, RATINGS.get(line or "", shown.suggested))
    return True


def _answered(session: ReviewSession, shown: CurrentCard) -> str | None:
    """Read lines until the card is turned over (empty), or the learner wants otherwise."""
    while True:
        line = read_line()
        if line is None or line.lower() in ("u", "q"):
            return line and line.lower()
        fault = _take(session, shown, line)
        if not fault:
            return ""
        output.print_now(f"{fault} {QUESTION_HELP}")


def _take(session: ReviewSession, shown: CurrentCard, line: str) -> str:
    """Turn the card over, with an answer where the line is one; return what is wrong with it."""
    if not shown.is_graded:
        if line:
            return unknown(line)
        session.reveal()
    elif not line:
        _give_up(session, shown)
    else:
        text, confidence = split_confidence(line)
        given = session.parse(text)
        if isinstance(given, str):
            return given
        if confidence:
            session.set_confidence(confidence)
        session.answer(given)
    return ""


def _give_up(session: ReviewSession, shown: CurrentCard) -> None:
    # Points are for the learner to tick, also after they are shown.
    if isinstance(shown.note, RecallNote):
        session.reveal()
    else:
        session.answer(None)


def _rated(session: ReviewSession, shown: CurrentCard) -> str | None:
    """Show the answer and read lines until one rates it, or the learner wants otherwise."""
    print_answer(session, shown)
    output.print_now(rating_help(shown, session.previews()))
    while True:
        line = read_line()
        if line is None or line.lower() in ("", "u", "q", *RATINGS):
            return line and line.lower()
        if _tick(session, shown, line):
            output.print_now(rating_help(shown, session.previews()))
        else:
            output.print_now(f"{unknown(line)} {rating_help(shown)}")


def _tick(session: ReviewSession, shown: CurrentCard, line: str) -> bool:
    """Tick other points where the line names some; a comma tells them from a rating."""
    if not isinstance(shown.note, RecallNote):
        return False
    points = ticked_points(shown.note, line)
    if not isinstance(points, tuple):
        return False
    text = shown.given.text if isinstance(shown.given, RecallAnswer) else ""
    session.answer(RecallAnswer(points, text))
    print_answer(session, shown)
    return True


def unknown(line: str) -> str:
    """Return the sentence about a line that is none of those that are known."""
    return f"{one_line(line, 20)!r} means nothing here."


def _undo(session: ReviewSession) -> None:
    label = session.undo()
    output.print_now(
        f"Taken back: {label}." if label else "There is nothing to take back."
    )


def _rate(session: ReviewSession, shown: CurrentCard, rating: Rating) -> None:
    rated = session.rate(rating)
    if rated is None or rated.changed_elsewhere:
        output.print_now(
            f"Another window rated {shown.row.key} first, so this answer was not kept."
        )
        return
    wait = (
        f": next in {formatting.interval(rated.wait_seconds)}"
        if rated.wait_seconds
        else ""
    )
    output.print_now(f"{rated.label}{wait}.")
    if rated.leech:
        output.print_now(
            f"This card slipped {formatting.count(rated.lapses, 'time')}. "
            "Split it, add a contrast, or suspend it."
        )
