"""`card`: show everything about one card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option
from flashcards.cli.text.json_figures import iso_day, iso_instant
from flashcards.cli.text.readable import readable
from flashcards.domain import formatting
from flashcards.domain.cards import DAY_SECONDS
from flashcards.domain.clock import local_time
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import tzinfo

    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.store.rows import ReportRow
    from flashcards.study.card_info import CardInfo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `card`."""
    parser.add_argument(
        "id", metavar="ID", help="the card's id, such as mcl-012 or mcl-003:c2"
    )
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--suspend", action="store_true", help="suspend the card until you restore it"
    )
    change.add_argument(
        "--restore",
        action="store_true",
        help="bring back the card if it is suspended or buried",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Suspend or restore the card if asked to, then print it with its memory and reviews."""
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        if options.suspend or options.restore:
            label = collection.sessions.hide(options.id, hidden=options.suspend)
            output.print_notice(f"{label}. Undo with `flashcards undo`.")
        info = collection.sessions.card_info(options.id)
        reports = collection.reader.cards.reports(info.row.note_id)
        zone = collection.settings.zone
    if options.json:
        output.print_json(_as_json(info, reports))
    else:
        _print_card(info, reports, zone)
    return 0


def _as_json(info: CardInfo, reports: Sequence[ReportRow]) -> dict[str, Any]:
    row, memory = info.row, info.row.memory
    return {
        "card": row.key,
        "note": row.note_key,
        "deck": row.deck,
        "kind": row.kind,
        "state": memory.state.name.lower(),
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "retrievability": info.retrievability,
        "due": iso_day(memory.due_day),
        "reps": memory.reps,
        "lapses": memory.lapses,
        "suspended": row.suspended,
        "marked": row.marked,
        "leech": row.leech,
        "reports": [
            {"at": iso_instant(report.at), "text": report.text} for report in reports
        ],
        "reviews": [
            {
                "at": iso_instant(review.at),
                "rating": int(review.rating),
                "interval": review.interval_seconds / DAY_SECONDS,
                "seconds": review.duration_ms / 1000,
            }
            for review in info.reviews
        ],
    }


def _print_card(
    info: CardInfo, reports: Sequence[ReportRow], zone: tzinfo | None
) -> None:
    row, memory, shown = info.row, info.row.memory, info.card
    output.print_line(f"# {row.key} · {row.deck} · {row.kind}")
    output.print_line(readable(shown.question))
    output.print_line(readable(shown.answer))
    output.print_line()
    output.print_line(info.reason)
    if memory.stability is not None and memory.difficulty is not None:
        output.print_line(
            f"Stability {memory.stability:.1f} d, difficulty {memory.difficulty:.1f} of 10, "
            f"{formatting.count(memory.reps, 'review')}, {formatting.count(memory.lapses, 'lapse')}."
        )
    labels = [
        label
        for label, applies in (("marked", row.marked), ("a leech", row.leech))
        if applies
    ]
    if labels:
        output.print_line(f"This card is {' and '.join(labels)}.")
    for report in reports:
        time = local_time(report.at, zone)
        output.print_line(f"Reported on {time:%Y-%m-%d}: {one_line(report.text)}")
    if info.reviews:
        output.print_line()
        output.print_table(
            ("reviewed", "rating", "next in", "seconds"),
            [
                (
                    f"{local_time(review.at, zone):%Y-%m-%d %H:%M}",
                    review.rating.name.capitalize(),
                    formatting.interval(review.interval_seconds),
                    round(review.duration_ms / 1000),
                )
                for review in info.reviews
            ],
        )
