"""A session in plain lines, for screen readers, pipes and dumb terminals.

Each card begins with `# CARD-ID · DECK · KIND`. An empty line shows the answer, `1` to
`4` or an empty line rates it, `u` undoes, `q` or the end of input quits. Where answers
are graded, the line is the answer itself, and an empty line then accepts the suggested
rating. A rating is printed only after it is saved on disk.
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
    from datetime import tzinfo

    from flashcards.study.session.current_card import CurrentCard, Summary
    from flashcards.study.session.session import ReviewSession
    from flashcards.study.today.overview import Overview

RATINGS = {str(int(rating)): rating for rating in Rating}


def run_in_lines(
    session: ReviewSession,
    load_overview: Callable[[], Overview],
    explain_empty: Callable[[], str],
    zone: tzinfo | None,
) -> None:
    """Ask cards until the session is over or the input ends, then print a summary.

    Args:
        session: The session.
        load_overview: Returns what is still due today in every deck.
        explain_empty: Returns the sentence to print if the session has no card.
        zone: The learner's time zone.
    """
    card = session.current
    if card is None:
        output.print_now(explain_empty())
        return
    while card is not None and ask(session, card):
        output.print_line()
        card = session.current
    session.leave()
    output.print_now(closing_text(session.summarize(), load_overview, zone))


def closing_text(
    summary: Summary, load_overview: Callable[[], Overview], zone: tzinfo | None
) -> str:
    """Return the summary of a session, such as `11 answers in 5 min. 27 cards left today, ...`."""
    if summary.cram:
        return summary_sentence(summary, zone)
    return closing_line(summary.answers, summary.milliseconds, load_overview(), zone)


def ask(session: ReviewSession, card: CurrentCard) -> bool:
    """Ask one card until it is rated or an answer is undone; return False to quit."""
    print_question(card)
    output.print_now(question_help(card, asks_confidence=session.asks_confidence))
    command = _read_answer(session, card)
    if command == "":
        command = _read_rating(session, card)
    if command in (None, "q"):
        return False
    if command == "u":
        _undo(session)
    else:
        _rate(session, card, RATINGS.get(command or "", card.suggested_rating))
    return True


def unknown_command(line: str) -> str:
    """Return the message for a line that is not a command."""
    return f"{one_line(line, 20)!r} is not a command here."


def _read_answer(session: ReviewSession, card: CurrentCard) -> str | None:
    """Read lines until the answer is shown (returns empty), `u`, `q` or the end of input."""
    while True:
        line = read_line()
        if line is None or line.lower() in ("u", "q"):
            return line and line.lower()
        problem = _answer_with(session, card, line)
        if not problem:
            return ""
        output.print_now(f"{problem} {QUESTION_HELP}")


def _answer_with(session: ReviewSession, card: CurrentCard, line: str) -> str:
    """Show the answer, after grading the line if it is one; return what is wrong with the line."""
    if not card.is_graded:
        if line:
            return unknown_command(line)
        session.reveal()
    elif not line:
        _reveal_unanswered(session, card)
    else:
        text, confidence = split_confidence(line)
        answer = session.parse_answer(text)
        if isinstance(answer, str):
            return answer
        if confidence:
            session.set_confidence(confidence)
        session.answer(answer)
    return ""


def _reveal_unanswered(session: ReviewSession, card: CurrentCard) -> None:
    # The points of a recall note can still be ticked after they are shown.
    if isinstance(card.note, RecallNote):
        session.reveal()
    else:
        session.answer(None)


def _read_rating(session: ReviewSession, card: CurrentCard) -> str | None:
    """Show the answer and read lines until a rating (empty: suggested), `u`, `q` or the end."""
    print_answer(session, card)
    output.print_now(rating_help(card, session.preview_ratings()))
    while True:
        line = read_line()
        if line is None or line.lower() in ("", "u", "q", *RATINGS):
            return line and line.lower()
        if _tick_points(session, card, line):
            output.print_now(rating_help(card, session.preview_ratings()))
        else:
            output.print_now(f"{unknown_command(line)} {rating_help(card)}")


def _tick_points(session: ReviewSession, card: CurrentCard, line: str) -> bool:
    """Tick the points that a line names; return whether it names any.

    A single number needs a comma (`2,`) to tell it from a rating.
    """
    if not isinstance(card.note, RecallNote):
        return False
    points = ticked_points(card.note, line)
    if not isinstance(points, tuple):
        return False
    text = card.given_answer.text if isinstance(card.given_answer, RecallAnswer) else ""
    session.answer(RecallAnswer(points, text))
    print_answer(session, card)
    return True


def _undo(session: ReviewSession) -> None:
    label = session.undo()
    output.print_now(f"Undid: {label}." if label else "Nothing to undo.")


def _rate(session: ReviewSession, card: CurrentCard, rating: Rating) -> None:
    result = session.rate(rating)
    if result is None or result.changed_elsewhere:
        output.print_now(
            f"Another window rated {card.row.key} first. This answer was not saved."
        )
        return
    wait = (
        f": next in {formatting.interval(result.wait_seconds)}"
        if result.wait_seconds
        else ""
    )
    output.print_now(f"{result.label}{wait}.")
    if result.leech:
        output.print_now(
            f"You forgot this card {formatting.count(result.lapses, 'time')}. "
            "Split it, add a contrast, or suspend it."
        )
