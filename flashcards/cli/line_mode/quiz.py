"""A quiz in plain lines, and the result shown after quizzes and exams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.items import (
    print_explanation,
    print_grading,
    print_question,
    print_right_answer,
)
from flashcards.cli.line_mode.lines import read_line
from flashcards.cli.line_mode.session import ask, unknown_command
from flashcards.cli.text.readable import readable
from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain import formatting

if TYPE_CHECKING:
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.quiz import QuizSession
    from flashcards.study.quiz.result import QuizItem, QuizResult

_DUE_HELP = "d: make these questions due today."
_END_HELP = "Empty line or q: quit."


def run_quiz(session: QuizSession) -> None:
    """Ask questions until the quiz is over or the input ends, then print the result."""
    if session.current is None and not session.compute_result().items:
        output.print_now(NO_QUIZ_QUESTIONS)
        return
    while session.current is not None and ask(session, session.current):
        output.print_line()
    result = session.compute_result()
    print_quiz_result(result)
    if session.current is None and not session.cram:
        offer_wrong_due(session, result)
    session.leave()


def print_quiz_result(result: QuizResult) -> None:
    """Print score, topics, misconceptions, and every question that was not right."""
    counts = [
        f"{result.right} of {len(result.items)} right",
        f"{result.partly} partly" if result.partly else "",
        f"{result.wrong} wrong" if result.wrong else "",
        f"{result.unanswered} not answered" if result.unanswered else "",
    ]
    score = formatting.percent(result.score)
    time = formatting.minutes(result.milliseconds / 1000)
    output.print_line("== Result")
    output.print_line(f"{', '.join(filter(None, counts))}. Score {score}, {time}.")
    for topic in result.topics:
        questions = formatting.count(topic.items, "question")
        output.print_line(
            f"{readable(topic.title)}: {formatting.percent(topic.score)} of {questions}"
        )
    for name, times in result.misconceptions:
        output.print_line(
            f"Misconception: {readable(name)}, {formatting.count(times, 'time')}"
        )
    for item in result.not_right:
        output.print_line()
        _print_item(item)
    if result.sure_but_wrong:
        keys = ", ".join(item.row.key for item in result.sure_but_wrong)
        output.print_line(f"Sure but wrong: {keys}")
    output.flush()


def offer_wrong_due(session: QuizSession | ExamSession, result: QuizResult) -> None:
    """Offer to make the questions that were not right due today."""
    if not result.not_right:
        return
    output.print_now(f"{_DUE_HELP} {_END_HELP}")
    label = ""
    while True:
        line = read_line()
        command = line.lower() if line else ""
        if command in ("", "q"):
            return
        if command == "d" and not label:
            label = session.make_wrong_due() or ""
            outcome = (
                f"{label}. u: undo."
                if label
                else "None of these cards has been reviewed yet."
            )
            output.print_now(f"{outcome} {_END_HELP}")
        elif command == "u" and label:
            session.undo()
            output.print_now(f"Undid: {label}. {_END_HELP}")
            label = ""
        else:
            output.print_now(f"{unknown_command(line or '')} {_END_HELP}")


def _print_item(item: QuizItem) -> None:
    print_question(item.card)
    if item.result is None:
        output.print_line(
            "Not answered." if not item.is_answered else "Rated without an answer."
        )
        print_right_answer(item.card)
    else:
        print_grading(item.card, item.result)
    print_explanation(item.card)
