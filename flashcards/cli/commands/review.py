"""`review`: a session on the screens or in lines; the one bridge to the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import number
from flashcards.cli.scope import add_decks, scope_of, tags_of
from flashcards.cli.startup import start
from flashcards.cli.startup.opening import open_collection
from flashcards.domain.cards import Scope

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.session import ReviewSession

LONGEST = 600
"""Minutes of the longest session."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `review`."""
    add_decks(parser)
    parser.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar="T",
        help="only notes with this tag; given again: with any of the tags",
    )
    parser.add_argument(
        "--minutes",
        type=number(0, LONGEST),
        metavar="N",
        help="end after N minutes of answering; 0 for no end but the last card "
        "(default: the setting minutes)",
    )
    parser.add_argument(
        "--limit", type=number(1, 100_000), metavar="N", help="end after N answers"
    )
    parser.add_argument(
        "--cram",
        action="store_true",
        help="practice any card; leave the schedule alone",
    )
    parser.add_argument(
        "--diagnostic",
        action="store_true",
        help="at most 48 questions over all decks, to find what you know already",
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="in lines, for screen readers and pipes (so too without a terminal)",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Review on the screens, or in lines where that is asked for or all there is."""
    with open_collection(home) as collection:
        known = list(collection.reader.cards.deck_keys().values())
        scope = scope_of(options.decks, known, tags_of(options.tag, collection.reader))
        minutes = options.minutes
        if minutes is None:
            minutes = collection.plan.usual_minutes

        def begin() -> ReviewSession:
            if options.diagnostic:
                return collection.sessions.start_diagnostic(scope)
            return collection.sessions.start_review(
                scope, minutes=minutes, cards=options.limit or 0, cram=options.cram
            )

        if not options.plain and start.has_screen():
            return show(collection, begin, scope)
        from flashcards.cli.line_mode.session import run_in_lines
        from flashcards.collection.scope_text import scope_text
        from flashcards.collection.session_text import empty_session_text

        session = begin()
        run_in_lines(
            session,
            collection.figures.overview,
            lambda: empty_session_text(
                session, scope_text(scope, collection.figures.due_elsewhere(scope))
            ),
        )
        _print_known(session)
    return 0


def _print_known(session: ReviewSession) -> None:
    """Print what a diagnostic says of each deck and of all; nothing of another session."""
    from flashcards.cli.line_mode.card_lines import readable
    from flashcards.collection.session_text import diagnostic_sentence
    from flashcards.progress.figure_text import percent, whole_percent
    from flashcards.study.diagnostic.diagnostic import DiagnosticSession

    if not isinstance(session, DiagnosticSession):
        return
    result = session.results()
    if not result.decks:
        return
    output.print_line(diagnostic_sentence(result))
    for one in result.decks:
        known = one.known
        band = f"likely {whole_percent(known.low)}-{whole_percent(known.high)}"
        right = f"{known.right} of {known.asked} right"
        output.print_line(
            f"{readable(one.title)}: {percent(known.mean)}, {band}, {right}"
        )


def open_screens(home: AppDirectories) -> int:
    """Open the home screen and say the closing line after it."""
    with open_collection(home) as collection:
        return show(collection, None)


def show(
    collection: Collection,
    begin: Callable[[], ReviewSession | ExamSession] | None,
    scope: Scope | None = None,
) -> int:
    """Show the screens, at first what `begin` begins, and say the closing line."""
    from flashcards.tui.app import ReviewRequest
    from flashcards.tui.app import run as run_screens

    request = ReviewRequest(begin, scope or Scope()) if begin else None
    outcome = run_screens(collection, start=request)
    if outcome.closing:
        output.print_line(outcome.closing)
    return outcome.status
