"""Load today's queue from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import QueueCard, Scope, SessionKind
from flashcards.study.queue.due_queue import build_queue
from flashcards.study.queue.limits import Allowance, compute_allowance
from flashcards.study.queue.order import (
    sort_by_retrievability,
    sort_least_known_first,
)
from flashcards.study.queue.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from flashcards.domain.cards import CardRow
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader

_FIRST_PAGE = 64


def load_queue(
    reader: Reader,
    settings: Settings,
    scope: Scope,
    moment: Moment,
    *,
    minutes: float = 0,
    plan: StudyPlan | None = None,
    without: Collection[int] = (),
) -> Queue:
    """Return the queue of a study day for some decks and tags.

    The queue of some decks is their part of the queue of all decks, so that the figures of
    decks add up to the figure of the day. With an interview ahead it is the queue of the
    study plan; otherwise, and for decks outside of the plan, it is what is due within the
    limits.

    Args:
        reader: The store.
        settings: The settings.
        scope: Decks, topics and tags.
        moment: Now.
        minutes: Minutes of this session under a plan; 0 for what is left of its day.
        plan: The plan to follow; None for the saved one.
        without: Ids of cards that are not asked.
    """
    plan = plan or reader.plan.load()
    is_outside = False
    if plan is not None and plan.next_interview(moment.day):
        from flashcards.study.queue.date_queue import load_date_queue

        queue = load_date_queue(
            reader, settings, plan, scope, moment, minutes=minutes, without=without
        )
        if queue is not None:
            return queue
        is_outside = True
    base = scope if is_outside else Scope()
    queue = build_queue(
        _leave_out(without, reader.queue.learning(moment.day, base)),
        _leave_out(without, reader.queue.due(moment.day, base)),
        (
            card
            for card in iter_new_cards(reader, base, moment.day)
            if card.card_id not in without
        ),
        moment=moment,
        allowance=load_allowance(reader, settings, moment.day),
        seen_notes=reader.queue.notes_seen(moment.day),
        links=reader.queue.linked_notes,
        learn_ahead_ms=settings.learn_ahead_ms,
    )
    if base != scope:
        queue.keep_only(reader.queue.card_ids(moment.day, scope))
    return queue


def load_cram_queue(reader: Reader, scope: Scope, day: int) -> Queue:
    """Return every card seen before, the least likely to be recalled first, then new cards."""
    cards = reader.queue.all(day, scope)
    seen = [card for card in cards if card.stability is not None]
    new = [card for card in cards if card.stability is None]
    return Queue([*sort_by_retrievability(seen, day), *new], day=day)


def load_allowance(reader: Reader, settings: Settings, day: int) -> Allowance:
    """Return the new cards and reviews that the limits still allow on a study day."""
    return compute_allowance(
        reader.cards.deck_keys(), settings.limits(), reader.queue.done_today(day)
    )


def to_queue_card(row: CardRow) -> QueueCard:
    """Return the queue's view of a card."""
    memory = row.memory
    return QueueCard(
        card_id=row.card_id,
        note_id=row.note_id,
        deck_id=row.deck_id,
        state=int(memory.state),
        due_day=memory.due_day,
        due_at=memory.due_at,
        last_day=memory.last_day,
        stability=memory.stability,
        position=0,
    )


def _leave_out(
    card_ids: Collection[int], cards: Sequence[QueueCard]
) -> Sequence[QueueCard]:
    return [c for c in cards if c.card_id not in card_ids] if card_ids else cards


def iter_new_cards(reader: Reader, scope: Scope, day: int) -> Iterator[QueueCard]:
    """Yield new cards in teaching order; most callers stop within the first page.

    After a diagnostic the least known decks come first among cards of equal position.
    """
    answers = reader.plan.first_answers(SessionKind.DIAGNOSTIC)
    if answers:
        yield from sort_least_known_first(reader.queue.new(day, scope), answers)
        return
    first = reader.queue.new(day, scope, _FIRST_PAGE)
    yield from first
    if len(first) == _FIRST_PAGE:
        yield from reader.queue.new(day, scope)[_FIRST_PAGE:]
