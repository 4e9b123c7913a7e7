"""`quiz`: graded questions with feedback after each one, or an exam with a time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.line_mode.exam import (
    UnfinishedExamChoice,
    ask_about_unfinished_exam,
    run_exam,
    submit_expired_exams,
)
from flashcards.cli.line_mode.quiz import run_quiz
from flashcards.cli.opening import open_collection
from flashcards.cli.parser import whole_number
from flashcards.cli.scope import resolve_scope, resolve_tags, resolve_topics
from flashcards.cli.session_command import (
    add_card_options,
    add_mode_options,
    show_screens,
)

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.quiz import QuizSession

DEFAULT_COUNT = 10
MAX_COUNT = 200
_MAX_SEED = 2**31 - 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `quiz`."""
    add_card_options(parser)
    parser.add_argument(
        "--topic",
        action="append",
        default=[],
        metavar="T",
        help="only notes of this topic of their deck; repeat it to allow several topics",
    )
    parser.add_argument(
        "--count",
        type=whole_number(1, MAX_COUNT),
        default=DEFAULT_COUNT,
        metavar="N",
        help=f"at most N questions (default: {DEFAULT_COUNT})",
    )
    parser.add_argument(
        "--exam",
        action="store_true",
        help="set a time limit and give feedback at the end; you can skip and flag questions",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, _MAX_SEED),
        metavar="S",
        help="seed for choosing and ordering the questions, to repeat a quiz",
    )
    add_mode_options(parser, cram_help="practice without changing the schedule")


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Run a quiz or an exam on the screens, or in plain lines without a terminal."""
    with open_collection(home) as collection:
        deck_keys = [deck.key for deck in collection.reader.cards.decks()]
        scope = resolve_scope(
            options.decks,
            deck_keys,
            resolve_tags(options.tag, collection.reader),
            resolve_topics(options.topic, collection.reader),
        )

        def start_quiz() -> QuizSession | ExamSession:
            return collection.sessions.start_quiz(
                scope,
                count=options.count,
                exam=options.exam,
                seed=options.seed,
                cram=options.cram,
            )

        if not options.cram:
            submit_expired_exams(collection)
        unfinished = collection.sessions.exam_to_submit(
            scope,
            count=options.count,
            exam=options.exam,
            seed=options.seed,
            cram=options.cram,
        )
        choice = (
            ask_about_unfinished_exam(collection, unfinished)
            if unfinished
            else UnfinishedExamChoice.START_NEW
        )
        if choice is UnfinishedExamChoice.QUIT:
            return 0
        is_resumed = choice is UnfinishedExamChoice.RESUME
        start = collection.sessions.resume_exam if is_resumed else start_quiz
        if not options.plain and output.can_show_screens():
            return show_screens(collection, start, scope)
        _run_in_lines(start())
    return 0


def _run_in_lines(session: QuizSession | ExamSession) -> None:
    from flashcards.study.quiz.exam import ExamSession

    if isinstance(session, ExamSession):
        run_exam(session)
    else:
        run_quiz(session)
