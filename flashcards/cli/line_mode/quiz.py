"""A quiz in lines, and the result that quizzes and exams end with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.card_lines import readable
from flashcards.cli.line_mode.items import (
    print_question,
    print_reasons,
    print_result,
    print_right_answer,
)
from flashcards.cli.line_mode.lines import read_line
from flashcards.cli.line_mode.session import ask, unknown
from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain import formatting
from flashcards.study.quiz.quiz import QuizSession

if TYPE_CHECKING:
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.quiz import QuizSession
    from flashcards.study.quiz.result import QuizItem, QuizResult

_MAKE_DUE = "make those that were not right due today"
_END_HELP = "Empty line or q: quit."


def run_quiz(session: QuizSession) -> None:
    """Ask item after item until the quiz is over or the input ends, then sum up."""
    if session.current is None and not session.result().items:
        output.print_now(NO_QUIZ_QUESTIONS)
        return
    while session.current is not None and ask(session, session.current):
        output.print_line()
    result = session.result()
    print_quiz_result(result)
    if session.current is None and isinstance(session, QuizSession):
        offer_wrong_due(session, result)
    session.leave()


def print_quiz_result(result: QuizResult) -> None:
    """Print score, topics, misconceptions, and every item that was not right."""
    counts = [
        f"{result.right} of {len(result.items)} right",
        f"{result.partly} partly" if result.partly else "",
        f"{result.wrong} wrong" if result.wrong else "",
        f"{result.unanswered} not answered" if result.unanswered else "",
    ]
    time = formatting.minutes(result.milliseconds / 1000)
    output.print_line("== Result")
    told = ", ".join(filter(None, counts))
    output.print_line(f"{told}. Score {formatting.percent(result.score)}, {time}.")
    for topic in result.topics:
        items = formatting.count(topic.items, "item")
        output.print_line(
            f"{readable(topic.title)}: {formatting.percent(topic.score)} of {items}"
        )
    for name, times in result.misconceptions:
        output.print_line(
            f"Mixed up: {readable(name)}, {formatting.count(times, 'time')}"
        )
    for item in result.not_right:
        output.print_line()
        _print_item(item)
    if result.sure_but_wrong:
        keys = ", ".join(item.row.key for item in result.sure_but_wrong)
        output.print_line(f"Sure but wrong: {keys}")
    output.flush()


def offer_wrong_due(session: QuizSession | ExamSession, result: QuizResult) -> None:
    """Let the learner make the items due today that were not right."""
    if not result.not_right:
        return
    output.print_now(f"d: {_MAKE_DUE}. {_END_HELP}")
    made = ""
    while True:
        line = read_line()
        command = line.lower() if line else ""
        if command in ("", "q"):
            return
        if command == "d" and not made:
            made = session.make_wrong_due() or ""
            told = f"{made}. u: undo." if made else "None of them was ever asked."
            output.print_now(f"{told} {_END_HELP}")
        elif command == "u" and made:
            session.undo()
            output.print_now(f"Taken back: {made}. {_END_HELP}")
            made = ""
        else:
            output.print_now(f"{unknown(line or '')} {_END_HELP}")


def _print_item(item: QuizItem) -> None:
    print_question(item.shown)
    if item.result is None:
        output.print_line(
            "Not answered." if not item.is_answered else "Rated without an answer."
        )
        print_right_answer(item.shown)
    else:
        print_result(item.shown, item.result)
    print_reasons(item.shown)
