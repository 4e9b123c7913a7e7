"""`due`: show what is due today and how many minutes it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option
from flashcards.cli.text.json_figures import iso_day, iso_instant
from flashcards.collection.interview_text import (
    available_text,
    follow_up_text,
    interview_day_text,
)
from flashcards.collection.session_text import waiting_text
from flashcards.domain import formatting
from flashcards.study.queue.cards_left import QueueCounts

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import tzinfo

    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.study.today.overview import Branch, Overview


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `due`."""
    parser.add_argument(
        "--short",
        action="store_true",
        help="print a few words for a shell prompt, or nothing if nothing is due",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print what is due."""
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        overview = collection.figures.overview()
        zone = collection.settings.zone
    if options.json:
        _print_json(overview)
    elif options.short:
        _print_short(overview)
    else:
        _print_overview(overview, zone)
    return 0


def _print_json(overview: Overview) -> None:
    total = overview.counts
    output.print_json(
        {
            "date": iso_day(overview.day),
            "new": total.new,
            "learning": total.learning,
            "review": total.review,
            "minutes": formatting.whole_minutes(overview.seconds),
            "waiting": overview.left.waiting,
            "waiting_until": None
            if overview.left.waiting_until is None
            else iso_instant(overview.left.waiting_until),
            "day_off": overview.is_off,
            "interview": _find_interview_day(overview),
            "available": overview.available,
            "decks": [
                {
                    "deck": deck.key,
                    "title": deck.title,
                    "new": counts.new,
                    "learning": counts.learning,
                    "review": counts.review,
                    "minutes": formatting.whole_minutes(seconds),
                }
                for deck, counts, seconds in _decks_alone(overview)
            ],
        }
    )


def _find_interview_day(overview: Overview) -> str | None:
    """Return the date of an interview that is today or tomorrow; None without one."""
    near = overview.interviews
    interview = near.today or near.tomorrow
    return iso_day(interview.day) if interview else None


def _decks_alone(overview: Overview) -> Iterator[tuple[Branch, QueueCounts, float]]:
    """Yield each deck with its due cards, excluding the decks below it, and their seconds."""
    for deck in overview.decks:
        counts_below = [branch.counts for branch in deck.branches]
        counts = QueueCounts(
            *(
                max(total - sum(below), 0)
                for total, *below in zip(deck.counts, *counts_below, strict=True)
            )
        )
        seconds = deck.seconds - sum(branch.seconds for branch in deck.branches)
        yield deck, counts, max(seconds, 0)


def _print_short(overview: Overview) -> None:
    total = overview.counts.total
    if total:
        output.print_line(f"{total:,} due, {formatting.minutes(overview.seconds)}")


def _print_overview(overview: Overview, zone: tzinfo | None) -> None:
    counts = overview.counts
    today = formatting.short_date(overview.day)
    waiting = waiting_text(overview.left, zone)
    about_today = interview_day_text(overview)
    if not counts.total:
        text = "a day off." if overview.is_off else "nothing due."
        words = [about_today or text, waiting, available_text(overview)]
        output.print_line(" ".join([f"{today}:", *filter(None, words)]))
        _print_question(overview)
        return
    output.print_line(
        f"{today}: {formatting.count(counts.total, 'card')}, about "
        f"{formatting.minutes(overview.seconds)}. {counts.new:,} new, "
        f"{counts.learning:,} learning, {counts.review:,} review. {waiting}".rstrip()
    )
    if about_today:
        output.print_line(about_today)
    _print_question(overview)
    output.print_line()
    output.print_table(
        ("deck", "new", "learning", "review", "title"),
        [
            (deck.key, *due, deck.title)
            for deck, due, _ in _decks_alone(overview)
            if due.total
        ],
    )


def _print_question(overview: Overview) -> None:
    if question := follow_up_text(overview):
        output.print_line(f"{question} Note it with `flashcards plan note`.")
