"""What `review` and `quiz` share: their options, and running a session on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.opening import open_collection
from flashcards.cli.scope import add_deck_arguments
from flashcards.domain.cards import Scope

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.session import ReviewSession


def add_card_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose cards: DECK and `--tag`."""
    add_deck_arguments(parser)
    parser.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar="T",
        help="only notes with this tag; repeat it to allow several tags",
    )


def add_mode_options(parser: argparse.ArgumentParser, *, cram_help: str) -> None:
    """Add `--cram` and `--plain`."""
    parser.add_argument("--cram", action="store_true", help=cram_help)
    parser.add_argument(
        "--plain",
        action="store_true",
        help="use plain lines, for screen readers and pipes (the default without a terminal)",
    )


def open_home_screen(home: AppDirectories) -> int:
    """Open the home screen, and print the closing line after it."""
    with open_collection(home) as collection:
        return show_screens(collection)


def show_screens(
    collection: Collection,
    start: Callable[[], ReviewSession | ExamSession] | None = None,
    scope: Scope | None = None,
) -> int:
    """Show the screens, and print the closing line after them.

    Args:
        collection: The collection that the screens work on.
        start: Starts the session to show first; without it the home screen opens.
        scope: The cards that the session is limited to.
    """
    from flashcards.tui.app import ReviewRequest
    from flashcards.tui.app import run as run_screens

    request = ReviewRequest(start, scope or Scope()) if start else None
    outcome = run_screens(collection, start=request)
    if outcome.closing:
        output.print_line(outcome.closing)
    return outcome.status
