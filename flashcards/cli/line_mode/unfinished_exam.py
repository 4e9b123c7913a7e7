"""An unfinished exam before another quiz: resume it, or submit it and see its result."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.lines import read_line
from flashcards.cli.line_mode.quiz import offer_wrong_due, print_quiz_result
from flashcards.cli.line_mode.session import unknown
from flashcards.domain import formatting

if TYPE_CHECKING:
    from flashcards.collection.collection import Collection
    from flashcards.study.quiz.unfinished import UnfinishedExam

_HELP = "r: resume it. s: submit it, see its result, and start the other quiz. q: quit."


class ExamChoice(Enum):
    """What to do after an unfinished exam was mentioned."""

    START = auto()
    RESUME = auto()
    QUIT = auto()


def print_expired(collection: Collection) -> None:
    """Submit the exams whose time is up, and print their results."""
    for exam in collection.sessions.submit_exams(only_expired=True):
        output.print_line(
            "The time of an unfinished exam is up. Its answers were submitted."
        )
        print_quiz_result(exam.result())
        output.print_line()


def choose(collection: Collection, exam: UnfinishedExam) -> ExamChoice:
    """Let the learner resume an exam, or submit it to start another quiz."""
    seconds = (exam.ends_at - collection.moment().at) / 1000
    output.print_line(
        f"An exam is unfinished: {formatting.minutes(max(seconds, 0))} left, "
        f"{exam.answered} of {exam.items} answered."
    )
    while True:
        output.print_now(_HELP)
        line = read_line()
        command = "q" if line is None else line.lower()
        if command == "q":
            return ExamChoice.QUIT
        if command == "r":
            return ExamChoice.RESUME
        if command == "s":
            for each in collection.sessions.submit_exams():
                result = each.result()
                print_quiz_result(result)
                offer_wrong_due(each, result)
            return ExamChoice.START
        output.print_now(unknown(line or ""))
