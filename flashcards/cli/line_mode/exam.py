"""An exam in lines: answers without feedback, then the result.

An empty line leaves an item open, `~` flags it, `<` goes back, `h` hands the exam in.
`q` and the end of input leave it unfinished, to be resumed while it has time left.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.items import print_question
from flashcards.cli.line_mode.lines import read_line
from flashcards.cli.line_mode.quiz import offer_wrong_due, print_quiz_result
from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain import formatting
from flashcards.grading.lines import expected, split_confidence

if TYPE_CHECKING:
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.current_card import CurrentCard

_HELP = "Empty line: leave it open. ~: flag it. <: back. h: hand in. q: quit."
_END_HELP = "Empty line: go through them again. h: hand in. q: quit."


class _Next(Enum):
    GO_ON = auto()
    SUBMIT = auto()
    QUIT = auto()


_ENDS = {"h": _Next.SUBMIT, "q": _Next.QUIT}


def run_exam(session: ExamSession) -> None:
    """Ask the items of an exam until it is handed in or its time is up, then sum up.

    An exam that is quit stays unfinished, and a sentence says how to resume it.
    """
    if not session.items:
        output.print_now(NO_QUIZ_QUESTIONS)
        return
    wanted = _Next.GO_ON
    while session.current is not None and wanted is _Next.GO_ON:
        wanted = _ask(session, session.current)
        if wanted is _Next.GO_ON:
            output.print_line()
    # Practice is not saved, so that quitting it is its end.
    if wanted is _Next.QUIT and not session.cram and not session.tick():
        session.leave()
        left = formatting.minutes(session.seconds_left)
        output.print_line(
            f"The exam is unfinished: {left} left. Resume: flashcards quiz"
        )
        return
    result = session.submit()
    print_quiz_result(result)
    if not session.cram:
        offer_wrong_due(session, result)


def _ask(session: ExamSession, shown: CurrentCard) -> _Next:
    """Ask one item; return what to do next."""
    left = formatting.minutes(session.seconds_left)
    flag = " · flagged" if session.items[session.index].flagged else ""
    output.print_line(
        f"{session.index + 1} of {len(session.items)} · {left} left{flag}"
    )
    print_question(shown)
    output.print_now(f"{expected(shown.note, shown.presentation)}. {_HELP}")
    line = read_line()
    command = "q" if line is None else line.lower()
    place = session.index
    if command in _ENDS:
        return _ENDS[command]
    if command == "~":
        session.toggle_flag()
        session.skip()
    elif command == "<":
        session.go_back()
        return _Next.GO_ON
    elif not command:
        session.skip()
    elif not _answer(session, line or ""):
        return _Next.GO_ON
    is_last = place == len(session.items) - 1 or session.index <= place
    return _at_the_end(session) if is_last else _Next.GO_ON


def _answer(session: ExamSession, line: str) -> bool:
    text, confidence = split_confidence(line)
    given = session.parse(text)
    if isinstance(given, str) or given is None:
        output.print_now(given or "")
        return False
    if confidence:
        session.set_confidence(confidence)
    session.answer(given)
    if session.is_over:
        output.print_now("The time is up, so this answer does not count.")
    return True


def _at_the_end(session: ExamSession) -> _Next:
    """Say what is open and flagged after the last item; return what to do next."""
    if session.is_over:
        return _Next.SUBMIT
    left = len(session.items) - session.answered
    if not left and not session.flagged:
        return _Next.SUBMIT
    parts = [f"{left} open" if left else "", ""]
    parts[1] = f"{session.flagged} flagged" if session.flagged else ""
    output.print_now(f"{', '.join(filter(None, parts))}. {_END_HELP}")
    line = read_line()
    command = "q" if line is None else line.lower()
    if command in _ENDS:
        return _ENDS[command]
    session.go_to(_first_to_see(session))
    return _Next.GO_ON


def _first_to_see(session: ExamSession) -> int:
    wanted = [
        index
        for index, item in enumerate(session.items)
        if item.flagged or item.record is None
    ]
    return wanted[0] if wanted else 0
