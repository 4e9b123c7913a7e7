"""Cards beyond today's, for learners who want to go on after the day is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope, State
from flashcards.study.queue.load import iter_new_cards, load_queue
from flashcards.study.queue.order import alternate_decks, sort_by_retrievability
from flashcards.study.queue.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from flashcards.domain.cards import QueueCard
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.store.reader import Reader

MORE_CARDS = 5
"""Cards of one request for more."""
AHEAD_CARDS = 10
"""Cards of one request to review ahead."""


@dataclass(frozen=True, slots=True)
class MoreCards:
    """A request for cards beyond today's."""

    number: int = MORE_CARDS
    """The most cards to ask."""
    seen_only: bool = False
    """Whether new cards are left out, to review ahead."""


def load_more_queue(
    reader: Reader,
    settings: Settings,
    scope: Scope,
    moment: Moment,
    request: MoreCards,
) -> Queue:
    """Return a queue of cards beyond today's, one of each note.

    Cards of an earlier request that still have a learning step today come first. With an
    interview ahead the next cards are those that the plan ranks next; otherwise due cards
    beyond the limit, then new cards beyond the limit, then those that are due soonest.

    Args:
        reader: The store.
        settings: The settings.
        scope: Decks, topics and tags.
        moment: Now.
        request: How many cards, and which.
    """
    day = moment.day
    started = reader.queue.learning_beyond(day, scope)
    today = load_queue(reader, settings, Scope(), moment)
    notes = {card.note_id for card in (*started, *today)}
    notes |= set(reader.queue.notes_seen(day))
    candidates = _iter_ranked_cards(reader, settings, scope, day)
    if candidates is None:
        candidates = _iter_cards_beyond_limits(reader, scope, day)
    if request.seen_only:
        candidates = (card for card in candidates if card.state != State.NEW)
    number = max(0, request.number - len(started))
    line = _choose(candidates, notes, number)
    return Queue(line, started, day=day, learn_ahead_ms=settings.learn_ahead_ms)


def _iter_ranked_cards(
    reader: Reader, settings: Settings, scope: Scope, day: int
) -> Iterator[QueueCard] | None:
    """Return the cards in the order of the plan; None where it does not include them."""
    plan = reader.plan.load()
    if plan is None or plan.next_interview(day) is None:
        return None
    from flashcards.study.queue.date_queue import load_ranked_cards

    ranked = load_ranked_cards(reader, settings, plan, scope, day)
    return None if ranked is None else iter(ranked)


def _iter_cards_beyond_limits(
    reader: Reader, scope: Scope, day: int
) -> Iterator[QueueCard]:
    yield from sort_by_retrievability(reader.queue.due(day, scope), day)
    yield from alternate_decks(list(iter_new_cards(reader, scope, day)))
    ahead = [
        card
        for card in reader.queue.all(day, scope)
        if card.state == State.REVIEW and card.due_day is not None
    ]
    yield from sorted(ahead, key=lambda card: (card.due_day, card.card_id))


def _choose(
    candidates: Iterable[QueueCard], busy_notes: Collection[int], number: int
) -> list[QueueCard]:
    """Return the first cards of notes that are not asked today, one of each note."""
    notes = set(busy_notes)
    chosen: list[QueueCard] = []
    for card in candidates:
        if len(chosen) >= number:
            break
        if card.note_id not in notes:
            notes.add(card.note_id)
            chosen.append(card)
    return chosen
