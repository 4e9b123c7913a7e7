"""`review`: a review session on the screens or in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.opening import open_collection
from flashcards.cli.parser import whole_number
from flashcards.cli.scope import resolve_scope, resolve_tags
from flashcards.cli.session_command import (
    add_card_options,
    add_mode_options,
    show_screens,
)
from flashcards.domain.cards import SessionKind

if TYPE_CHECKING:
    import argparse

    from flashcards.collection.collection import Collection
    from flashcards.domain.cards import Scope
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.session.session import ReviewSession

MAX_MINUTES = 600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `review`."""
    add_card_options(parser)
    parser.add_argument(
        "--minutes",
        type=whole_number(0, MAX_MINUTES),
        metavar="N",
        help="end after N minutes of answering; 0 for no time limit "
        "(default: with the last card of today's plan, or the setting minutes)",
    )
    parser.add_argument(
        "--limit",
        type=whole_number(1, 100_000),
        metavar="N",
        help="end after N answers",
    )
    parser.add_argument(
        "--more",
        type=whole_number(1, 1000),
        metavar="N",
        help="review N cards beyond today's; today stays done",
    )
    parser.add_argument(
        "--diagnostic",
        action="store_true",
        help="answer at most 48 questions from all decks to find out what you already know",
    )
    add_mode_options(
        parser, cram_help="practice any card, due or not, without changing the schedule"
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Review on the screens, or in plain lines with `--plain` or without a terminal."""
    with open_collection(home) as collection:
        deck_keys = list(collection.reader.cards.deck_keys().values())
        tags = resolve_tags(options.tag, collection.reader)
        scope = resolve_scope(options.decks, deck_keys, tags)

        def start() -> ReviewSession:
            if options.diagnostic:
                return collection.sessions.start_diagnostic(scope)
            if options.more:
                return collection.sessions.start_more(scope, number=options.more)
            return collection.sessions.start_review(
                scope,
                minutes=options.minutes,
                cards=options.limit or 0,
                cram=options.cram,
            )

        if not options.plain and output.can_show_screens():
            return show_screens(collection, start, scope)
        _review_in_lines(collection, start(), scope)
    return 0


def _review_in_lines(
    collection: Collection, session: ReviewSession, scope: Scope
) -> None:
    from flashcards.cli.line_mode.session import run_in_lines

    run_in_lines(
        session,
        collection.figures.overview,
        lambda: _explain_empty(collection, session, scope),
        collection.settings.zone,
    )
    _print_diagnostic_result(session)


def _explain_empty(collection: Collection, session: ReviewSession, scope: Scope) -> str:
    """Return why a session has no cards, and how to ask more after a finished day."""
    from flashcards.collection.scope_text import scope_text
    from flashcards.collection.session_text import empty_session_text

    elsewhere = collection.figures.due_elsewhere(scope)
    reason = empty_session_text(session, scope_text(scope, elsewhere))
    is_review = session.kind == SessionKind.REVIEW and not session.cram
    if not is_review or not collection.sessions.has_more_cards(scope):
        return reason
    tags = [f"--tag {tag}" for tag in scope.tags]
    command = " ".join(["flashcards review --more 5", *scope.decks, *tags])
    return f"{reason} Learn 5 more with `{command}`."


def _print_diagnostic_result(session: ReviewSession) -> None:
    """Print what you know of each deck after a diagnostic; nothing after another session."""
    from flashcards.cli.text.readable import readable
    from flashcards.collection.session_text import (
        diagnostic_return_text,
        diagnostic_sentence,
    )
    from flashcards.progress.figure_text import percent, whole_percent
    from flashcards.study.diagnostic.diagnostic import DiagnosticSession

    if not isinstance(session, DiagnosticSession):
        return
    result = session.compute_result()
    if not result.decks:
        return
    returning = diagnostic_return_text(result)
    output.print_line(f"{diagnostic_sentence(result)} {returning}".rstrip())
    for deck in result.decks:
        known = deck.known
        band = f"probably {whole_percent(known.low)}-{whole_percent(known.high)}%"
        right = f"{known.right} of {known.questions} right"
        output.print_line(
            f"{readable(deck.title)}: {percent(known.mean)}, {band}, {right}"
        )
