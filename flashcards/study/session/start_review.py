"""Beginning a sitting, and going on with one that a crash cut short."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flashcards.study.queue.load import gather, gather_cram, queue_card
from flashcards.study.queue.queue import Queue
from flashcards.study.session.context import Sitting
from flashcards.study.session.cram import CramSession
from flashcards.study.session.current_card import Given
from flashcards.study.session.kinds import REVIEW
from flashcards.study.session.session import ReviewSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import Scope
    from flashcards.domain.clock import Moment
    from flashcards.store.rows import SittingRow
    from flashcards.study.session.context import Budget, Desk


def begin(desk: Desk, scope: Scope, budget: Budget) -> ReviewSession:
    """Return a review session over what is due.

    A sitting of the same decks, tags and budget that was begun today and never left goes
    on where it stood: at its card, with its answers and minutes counted.
    """
    moment = desk.moment()
    minutes = budget.minutes
    queue = gather(desk.reader, desk.settings, scope, moment, minutes=minutes)
    # Asked in any case: the claim is what keeps other windows off this sitting.
    goes_on = desk.goes_on()
    row = desk.reader.open_sitting(moment.day)
    if goes_on and row is not None and _is_same(row, scope, budget):
        return _go_on(desk, queue, row, budget)
    opening = partial(_open, desk, scope, budget, moment)
    return ReviewSession(desk, queue, sitting=Sitting(opening), budget=budget)


def begin_cram(desk: Desk, scope: Scope, budget: Budget) -> CramSession:
    """Return a practice of every card in scope, the least certain first."""
    queue = gather_cram(desk.reader, scope, desk.moment().day)
    return CramSession(desk, queue, budget=budget)


def practise(desk: Desk, card_ids: Sequence[int]) -> CramSession:
    """Return a practice of certain cards, in the order given."""
    rows = [desk.reader.sound_card(card_id) for card_id in card_ids]
    cards = [queue_card(row) for row in rows if row]
    return CramSession(desk, Queue(cards, day=desk.moment().day))


def _open(desk: Desk, scope: Scope, budget: Budget, moment: Moment) -> int:
    return desk.store().start_sitting(
        kind=REVIEW,
        scope=scope,
        minutes=budget.minutes or None,
        card_limit=budget.cards or None,
        moment=moment,
    )


def _is_same(row: SittingRow, scope: Scope, budget: Budget) -> bool:
    return (
        row.kind == REVIEW
        and row.scope == scope
        and (row.minutes or 0) == budget.minutes
        and (row.card_limit or 0) == budget.cards
    )


def _go_on(desk: Desk, queue: Queue, row: SittingRow, budget: Budget) -> ReviewSession:
    given = [
        Given.of_review(card, review)
        for review in desk.reader.sitting_reviews(row.sitting_id)
        if (card := desk.reader.sound_card(review.card_id))
    ]
    return ReviewSession(
        desk,
        queue,
        sitting=Sitting(made=row.sitting_id),
        budget=budget,
        given=given,
        first_card_id=row.current_card_id,
    )
