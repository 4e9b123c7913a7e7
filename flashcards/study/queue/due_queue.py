"""The queue of a day without an interview date: what is due, within the daily limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.study.queue.order import (
    alternate_decks,
    group_linked_notes,
    mix_in_new_cards,
    sort_by_retrievability,
)
from flashcards.study.queue.queue import LEARN_AHEAD_MS, Queue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from flashcards.domain.cards import QueueCard
    from flashcards.domain.clock import Moment
    from flashcards.study.queue.limits import Allowance, Gate

MOST_LINKED_LOOKUPS = 1000
"""Cards at the head of the line whose links are looked up; no day gets further."""


def build_queue(
    learning: Sequence[QueueCard],
    due: Sequence[QueueCard],
    new: Iterable[QueueCard],
    *,
    moment: Moment,
    allowance: Allowance,
    seen_notes: Mapping[int, Collection[int]],
    links: Callable[[Collection[int]], Mapping[int, Collection[int]]] | None = None,
    learn_ahead_ms: int = LEARN_AHEAD_MS,
) -> Queue:
    """Return today's queue within the limits, in order and without siblings.

    Args:
        learning: Cards in learning or relearning; no limit applies to them.
        due: Cards in Review that are due, in any order.
        new: New cards in teaching order; only as many as needed are read.
        moment: Now.
        allowance: What today's limits still allow.
        seen_notes: Cards reviewed today, by note.
        links: Returns the linked notes of some notes.
        learn_ahead_ms: How far ahead a learning card may be asked when no other card is left.
    """
    today = [
        card for card in learning if card.due_day is None or card.due_day <= moment.day
    ]
    notes = {card.note_id for card in today}
    reviews = _admit(
        sort_by_retrievability(due, moment.day),
        allowance.review_gate(),
        notes,
        seen_notes,
    )
    admitted_new = _admit(new, allowance.new_gate(), notes, seen_notes)
    line = mix_in_new_cards(reviews, alternate_decks(admitted_new))
    if links is not None:
        near = [card.note_id for card in line[:MOST_LINKED_LOOKUPS]]
        line = group_linked_notes(line, links(near))
    return Queue(line, today, day=moment.day, learn_ahead_ms=learn_ahead_ms)


def _admit(
    cards: Iterable[QueueCard],
    gate: Gate,
    notes: set[int],
    seen_notes: Mapping[int, Collection[int]],
) -> list[QueueCard]:
    """Return the cards that may be asked today, and add their notes to `notes`."""
    admitted: list[QueueCard] = []
    for card in cards:
        if gate.is_closed:
            break
        note_id = card.note_id
        if note_id in notes or not gate.has_room(card.deck_id):
            continue
        seen = seen_notes.get(note_id)
        if seen and any(card_id != card.card_id for card_id in seen):
            continue
        notes.add(note_id)
        admitted.append(card)
        gate.admit(card.deck_id)
    return admitted
