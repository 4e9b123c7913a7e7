"""`quiz`: chosen items of the graded kinds, with feedback after each or at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.commands.review import show
from flashcards.cli.line_mode.unfinished_exam import ExamChoice, choose, print_expired
from flashcards.cli.parser import number
from flashcards.cli.scope import add_decks, scope_of, tags_of, topics_of
from flashcards.cli.startup import start
from flashcards.cli.startup.opening import open_collection

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.quiz import QuizSession

ITEMS = 10
MOST_ITEMS = 200
_LARGEST_SEED = 2**31 - 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `quiz`."""
    add_decks(parser)
    parser.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar="T",
        help="only notes with this tag; given again: with any of the tags",
    )
    parser.add_argument(
        "--topic",
        action="append",
        default=[],
        metavar="T",
        help="only notes of this topic of their deck; given again: of any of the topics",
    )
    parser.add_argument(
        "--count",
        type=number(1, MOST_ITEMS),
        default=ITEMS,
        metavar="N",
        help=f"at most N items (default: {ITEMS})",
    )
    parser.add_argument(
        "--exam",
        action="store_true",
        help="feedback at the end, within a time; items can be skipped and flagged",
    )
    parser.add_argument(
        "--seed",
        type=number(0, _LARGEST_SEED),
        metavar="S",
        help="choose and arrange the items in this way; the same seed does the same",
    )
    parser.add_argument("--cram", action="store_true", help="leave the schedule alone")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="in lines, for screen readers and pipes (so too without a terminal)",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Ask a quiz or an exam on the screens, or in lines where there are none."""
    with open_collection(home) as collection:
        known = [deck.key for deck in collection.reader.cards.decks()]
        scope = scope_of(
            options.decks,
            known,
            tags_of(options.tag, collection.reader),
            topics_of(options.topic, collection.reader),
        )

        def begin() -> QuizSession | ExamSession:
            return collection.sessions.start_quiz(
                scope,
                count=options.count,
                exam=options.exam,
                seed=options.seed,
                cram=options.cram,
            )

        if not options.cram:
            print_expired(collection)
        unfinished = collection.sessions.exam_to_submit(
            scope,
            count=options.count,
            exam=options.exam,
            seed=options.seed,
            cram=options.cram,
        )
        choice = choose(collection, unfinished) if unfinished else ExamChoice.START
        if choice is ExamChoice.QUIT:
            return 0
        is_resumed = choice is ExamChoice.RESUME
        start_it = collection.sessions.resume_exam if is_resumed else begin
        if not options.plain and start.has_screen():
            return show(collection, start_it, scope)
        _ask_in_lines(start_it())
    return 0


def _ask_in_lines(session: QuizSession | ExamSession) -> None:
    from flashcards.cli.line_mode.exam import run_exam
    from flashcards.cli.line_mode.quiz import run_quiz
    from flashcards.study.quiz.exam import ExamSession

    if isinstance(session, ExamSession):
        run_exam(session)
    else:
        run_quiz(session)
