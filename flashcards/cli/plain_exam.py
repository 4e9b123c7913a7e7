"""An exam in lines: answers without feedback, then the result.

An empty line leaves an item open, `~` flags it, `<` goes back, `h` hands the exam in, and
so does the end of input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards import words
from flashcards.cli import output
from flashcards.cli.lines import read_line
from flashcards.cli.plain_items import say_question
from flashcards.cli.plain_quiz import NOTHING, offer_wrong_due, say_quiz_result
from flashcards.grading.lines import expected, split_confidence

if TYPE_CHECKING:
    from flashcards.study.exam import ExamSession
    from flashcards.study.shown import Shown

_HELP = "Empty line: leave it open. ~: flag it. <: back. h: hand in."
_END_HELP = "Empty line: go through them again. h: hand in."


def run_exam(session: ExamSession) -> None:
    """Ask the items of an exam until it is handed in or its time is up, then sum up."""
    if not session.items:
        output.say_now(NOTHING)
        return
    while session.current is not None and _ask(session, session.current):
        output.say()
    result = session.hand_in()
    say_quiz_result(result)
    if not session.cram:
        offer_wrong_due(session, result)


def _ask(session: ExamSession, shown: Shown) -> bool:
    """Ask one item; return False to hand the exam in."""
    left = words.minutes(session.seconds_left)
    flag = " · flagged" if session.items[session.index].flagged else ""
    output.say(f"{session.index + 1} of {len(session.items)} · {left} left{flag}")
    say_question(shown)
    output.say_now(f"{expected(shown.note, shown.presentation)}. {_HELP}")
    line = read_line()
    command = "h" if line is None else line.lower()
    place = session.index
    if command in ("h", "q"):
        return False
    if command == "~":
        session.toggle_flag()
        session.skip()
    elif command == "<":
        session.go_back()
        return True
    elif not command:
        session.skip()
    elif not _answer(session, line or ""):
        return True
    is_last = place == len(session.items) - 1 or session.index <= place
    return not is_last or _at_the_end(session)


def _answer(session: ExamSession, line: str) -> bool:
    text, confidence = split_confidence(line)
    given = session.parse(text)
    if isinstance(given, str) or given is None:
        output.say_now(given or "")
        return False
    if confidence:
        session.be_confident(confidence)
    session.answer(given)
    if session.is_over:
        output.say_now("The time is up, so this answer does not count.")
    return True


def _at_the_end(session: ExamSession) -> bool:
    """Tell what is open and flagged after the last item; return False to hand in."""
    if session.is_over:
        return False
    left = len(session.items) - session.answered
    if not left and not session.flagged:
        return False
    parts = [f"{left} open" if left else "", ""]
    parts[1] = f"{session.flagged} flagged" if session.flagged else ""
    output.say_now(f"{', '.join(filter(None, parts))}. {_END_HELP}")
    line = read_line()
    if line is None or line.lower() in ("h", "q"):
        return False
    session.go_to(_first_to_see(session))
    return True


def _first_to_see(session: ExamSession) -> int:
    wanted = [
        index
        for index, item in enumerate(session.items)
        if item.flagged or item.record is None
    ]
    return wanted[0] if wanted else 0
