"""`due`: what is due today, and the minutes it will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json
from flashcards.cli.text.json_figures import iso_day, whole_minutes
from flashcards.domain import formatting
from flashcards.study.queue.queue import QueueCounts

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.today.overview import Branch, Overview


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `due`."""
    parser.add_argument(
        "--short",
        action="store_true",
        help="a few words for a shell prompt, nothing where nothing is due",
    )
    add_json(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print what is due."""
    from flashcards.cli.startup.opening import open_collection

    with open_collection(home) as collection:
        overview = collection.figures.overview()
    if options.json:
        _print_json(overview)
    elif options.short:
        _print_short(overview)
    else:
        _print_all(overview)
    return 0


def _print_json(overview: Overview) -> None:
    counts = overview.counts
    output.print_json(
        {
            "date": iso_day(overview.day),
            "new": counts.new,
            "learning": counts.learning,
            "review": counts.review,
            "minutes": whole_minutes(overview.seconds),
            "decks": [
                {
                    "deck": deck.key,
                    "title": deck.title,
                    "new": own.new,
                    "learning": own.learning,
                    "review": own.review,
                    "minutes": whole_minutes(seconds),
                }
                for deck, own, seconds in _own(overview)
            ],
        }
    )


def _own(overview: Overview) -> Iterator[tuple[Branch, QueueCounts, float]]:
    """Give every deck with what is due in it alone, and the seconds that takes."""
    for deck in overview.decks:
        below = [branch.counts for branch in deck.branches]
        own = QueueCounts(
            *(
                max(whole - sum(parts), 0)
                for whole, *parts in zip(deck.counts, *below, strict=True)
            )
        )
        seconds = deck.seconds - sum(branch.seconds for branch in deck.branches)
        yield deck, own, max(seconds, 0)


def _print_short(overview: Overview) -> None:
    total = overview.counts.total
    if total:
        output.print_line(f"{total:,} due, {formatting.minutes(overview.seconds)}")


def _print_all(overview: Overview) -> None:
    counts = overview.counts
    today = formatting.short_date(overview.day)
    if not counts.total:
        output.print_line(f"{today}: nothing is due.")
        return
    output.print_line(
        f"{today}: {formatting.count(counts.total, 'card')}, about "
        f"{formatting.minutes(overview.seconds)}. {counts.new:,} new, "
        f"{counts.learning:,} learning, {counts.review:,} review."
    )
    output.print_line()
    output.print_table(
        ("deck", "new", "learning", "review", "title"),
        [(deck.key, *own, deck.title) for deck, own, _ in _own(overview) if own.total],
    )
