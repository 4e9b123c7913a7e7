"""A rating as the value that is kept: the memory before and after, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Answer, Rating
from flashcards.grading.record import to_json
from flashcards.scheduling.leech import is_leech_lapse

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow
    from flashcards.domain.clock import Moment
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import CurrentCard


def answer_of(
    context: SessionContext,
    shown: CurrentCard,
    rating: Rating,
    moment: Moment | None = None,
) -> Answer:
    """Return what a rating of the card on the table comes to.

    Where a required point was missed, a better rating than Hard counts as Hard.

    Args:
        context: What sessions work with.
        shown: The card.
        rating: The rating.
        moment: When it was given; now for None.
    """
    at_most = shown.result.at_most if shown.result else None
    moment, before = moment or context.moment(), shown.row.memory
    scheduler = context.scheduler(shown.row.deck)
    rated = rating if at_most is None else min(rating, at_most)
    after = context.preview(shown.row, moment)[rated]
    threshold = scheduler.options.leech_threshold
    return Answer(
        card_id=shown.row.card_id,
        key=shown.row.key,
        rating=rated,
        at=moment.at,
        day=moment.day,
        duration_ms=max(0, moment.at - shown.shown_at),
        before=before,
        after=after,
        leech=after.lapses > before.lapses and is_leech_lapse(after.lapses, threshold),
        given=to_json(shown.record()),
    )


def label_of(rating: Rating, row: CardRow) -> str:
    """Return what undo calls a rating, such as `Good on mcl-012`."""
    return f"{rating.name.capitalize()} on {row.key}"
