"""An exam in plain lines: answers without feedback, then the result.

An empty line skips a question, `~` flags it, `<` goes back, `h` submits the exam.
`q` and the end of input leave it unfinished; it can be resumed until its time is up.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.items import print_question
from flashcards.cli.line_mode.lines import read_line
from flashcards.cli.line_mode.quiz import offer_wrong_due, print_quiz_result
from flashcards.cli.line_mode.session import unknown_command
from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain import formatting
from flashcards.grading.lines import expected, split_confidence

if TYPE_CHECKING:
    from flashcards.collection.collection import Collection
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.unfinished import UnfinishedExam
    from flashcards.study.session.current_card import CurrentCard

_QUESTION_HELP = "Empty line: skip. ~: flag. <: back. h: submit. q: quit."
_END_HELP = "Empty line: go back to them. h: submit. q: quit."
_UNFINISHED_HELP = (
    "r: resume it. s: submit it, see its result, and start the new quiz. q: quit."
)


class _NextStep(Enum):
    CONTINUE = auto()
    SUBMIT = auto()
    QUIT = auto()


_ENDING_COMMANDS = {"h": _NextStep.SUBMIT, "q": _NextStep.QUIT}


class UnfinishedExamChoice(Enum):
    """What to do when an earlier exam is unfinished."""

    START_NEW = auto()
    RESUME = auto()
    QUIT = auto()


def submit_expired_exams(collection: Collection) -> None:
    """Submit the exams whose time is up, and print their results."""
    for exam in collection.sessions.submit_exams(only_expired=True):
        output.print_line(
            "Time's up for an unfinished exam. Its answers were submitted."
        )
        print_quiz_result(exam.compute_result())
        output.print_line()


def ask_about_unfinished_exam(
    collection: Collection, exam: UnfinishedExam
) -> UnfinishedExamChoice:
    """Ask whether to resume an unfinished exam, or to submit it and start another quiz."""
    seconds = (exam.ends_at - collection.moment().at) / 1000
    output.print_line(
        f"You have an unfinished exam: {formatting.minutes(max(seconds, 0))} left, "
        f"{exam.answered} of {exam.items} answered."
    )
    while True:
        output.print_now(_UNFINISHED_HELP)
        line = read_line()
        command = "q" if line is None else line.lower()
        if command == "q":
            return UnfinishedExamChoice.QUIT
        if command == "r":
            return UnfinishedExamChoice.RESUME
        if command == "s":
            for session in collection.sessions.submit_exams():
                result = session.compute_result()
                print_quiz_result(result)
                offer_wrong_due(session, result)
            return UnfinishedExamChoice.START_NEW
        output.print_now(unknown_command(line or ""))


def run_exam(session: ExamSession) -> None:
    """Ask the questions of an exam until it is submitted or its time is up; print the result.

    After quitting, an exam stays unfinished, and a message explains how to resume it.
    """
    if not session.items:
        output.print_now(NO_QUIZ_QUESTIONS)
        return
    next_step = _NextStep.CONTINUE
    while session.current is not None and next_step is _NextStep.CONTINUE:
        next_step = _ask(session, session.current)
        if next_step is _NextStep.CONTINUE:
            output.print_line()
    # Practice is not saved, so quitting ends it and shows the result.
    if (
        next_step is _NextStep.QUIT
        and not session.cram
        and not session.submit_if_expired()
    ):
        session.leave()
        time_left = formatting.minutes(session.seconds_left)
        output.print_line(
            f"Exam not finished: {time_left} left. Resume with `flashcards quiz`."
        )
        return
    result = session.submit()
    print_quiz_result(result)
    if not session.cram:
        offer_wrong_due(session, result)


def _ask(session: ExamSession, card: CurrentCard) -> _NextStep:
    """Ask one question and return what to do next."""
    time_left = formatting.minutes(session.seconds_left)
    flag = " · flagged" if session.items[session.index].flagged else ""
    output.print_line(
        f"{session.index + 1} of {len(session.items)} · {time_left} left{flag}"
    )
    print_question(card)
    output.print_now(f"{expected(card.note, card.presentation)}. {_QUESTION_HELP}")
    line = read_line()
    command = "q" if line is None else line.lower()
    index = session.index
    if command in _ENDING_COMMANDS:
        return _ENDING_COMMANDS[command]
    if command == "~":
        session.toggle_flag()
        session.skip()
    elif command == "<":
        session.go_back()
        return _NextStep.CONTINUE
    elif not command:
        session.skip()
    elif not _answer(session, line or ""):
        return _NextStep.CONTINUE
    is_last = index == len(session.items) - 1 or session.index <= index
    return _finish_or_revisit(session) if is_last else _NextStep.CONTINUE


def _answer(session: ExamSession, line: str) -> bool:
    """Answer the current question with a line; return whether the line was an answer."""
    text, confidence = split_confidence(line)
    answer = session.parse_answer(text)
    if isinstance(answer, str) or answer is None:
        output.print_now(answer or "")
        return False
    if confidence:
        session.set_confidence(confidence)
    session.answer(answer)
    if session.is_over:
        output.print_now("Time's up. This answer does not count.")
    return True


def _finish_or_revisit(session: ExamSession) -> _NextStep:
    """After the last question, offer to go back to unanswered and flagged ones."""
    if session.is_over:
        return _NextStep.SUBMIT
    unanswered = len(session.items) - session.answered_count
    if not unanswered and not session.flagged_count:
        return _NextStep.SUBMIT
    counts = [
        f"{unanswered} unanswered" if unanswered else "",
        f"{session.flagged_count} flagged" if session.flagged_count else "",
    ]
    output.print_now(f"{', '.join(filter(None, counts))}. {_END_HELP}")
    line = read_line()
    command = "q" if line is None else line.lower()
    if command in _ENDING_COMMANDS:
        return _ENDING_COMMANDS[command]
    session.go_to(_first_to_revisit(session))
    return _NextStep.CONTINUE


def _first_to_revisit(session: ExamSession) -> int:
    return next(
        (
            index
            for index, item in enumerate(session.items)
            if item.flagged or item.record is None
        ),
        0,
    )
