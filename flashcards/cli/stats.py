"""`stats`: what the reviews so far show, in words, as JSON, or as a report to send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli import output
from flashcards.cli.parser import add_json
from flashcards.cli.scope import add_decks, scope_of

if TYPE_CHECKING:
    import argparse

    from flashcards.cards import Scope
    from flashcards.collection import Collection
    from flashcards.progress.outlook import Outlook
    from flashcards.progress.statistics import Statistics
    from flashcards.settings import Home

MONTH_DAYS, YEAR_DAYS = 30, 365


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `stats`."""
    add_decks(parser)
    parser.add_argument(
        "--svg", metavar="FILE", help="write the charts to an SVG picture"
    )
    parser.add_argument(
        "--html", metavar="FILE", help="write a page with the charts and their numbers"
    )
    add_json(parser)


def run(options: argparse.Namespace, home: Home) -> int:
    """Print the statistics, or write them to a file."""
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        known = [deck.key for deck in collection.reader.decks()]
        # Words tell of a month ahead, everything else of a year.
        days = YEAR_DAYS if options.json or options.svg or options.html else MONTH_DAYS
        scope = scope_of(options.decks, known)
        figures, outlook = _computed(collection, scope, days)
        _write_reports(collection, figures, outlook, options)
    if options.json:
        from flashcards.cli.stats_plain import plain

        output.say_json(plain(figures, outlook))
    elif not (options.svg or options.html):
        from flashcards.cli.stats_words import say_all

        say_all(figures, outlook)
    return 0


def _computed(
    collection: Collection, scope: Scope, days: int
) -> tuple[Statistics, Outlook]:
    from flashcards.cli.progress_bar import ProgressBar

    with ProgressBar() as bar:

        def read(done: int, total: int) -> bool:
            bar("reviews", done, total)
            return True

        def simulated(done: int, total: int) -> bool:
            bar("days ahead", done, total)
            return True

        figures = collection.statistics(scope, watch=read)
        outlook = collection.outlook(scope, days=days, watch=simulated)
    if figures is None or outlook is None:
        raise AssertionError("nothing stops these figures")
    return figures, outlook


def _write_reports(
    collection: Collection,
    figures: Statistics,
    outlook: Outlook,
    options: argparse.Namespace,
) -> None:
    if not (options.svg or options.html):
        return
    from flashcards.decks.writer import save_text
    from flashcards.progress.report import as_html, as_svg

    view = None if options.decks else collection.plan_view()
    for file, write in ((options.svg, as_svg), (options.html, as_html)):
        if file:
            save_text(Path(file), write(figures, outlook, view))
            say = output.complain if options.json else output.say
            say(f"Wrote the report to {file}.")
