"""Which cards a quiz asks, and in which order. Nothing here reads a clock or a store.

Due cards come before weak ones, and those before new ones. Kinds and topics are mixed: the
same one never comes twice in a row while there is another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import State, tier_of
from flashcards.study.queue.order import group_linked_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from flashcards.domain.cards import QueueCard, QuizCard

    Recall = Callable[[float, float], float]
    """Returns the chance of recall by stability and days since the last review."""

_POOL = 4
"""Cards considered for each card asked; beyond them need alone decides."""

_DUE, _SEEN, _NEW = 40.0, 30.0, 0.0
"""The weight of being due, seen or new; all else together weighs less than one step."""

_TIER_WEIGHT = 3.0
_LAPSE_WEIGHT, _MOST_LAPSES = 0.05, 8
_TIE_BREAK = 0.3
_SAME_KIND, _SAME_TOPIC = 0.8, 0.4


def select_cards(
    cards: Sequence[QuizCard],
    *,
    day: int,
    count: int,
    seed: int,
    recall: Recall,
) -> list[QuizCard]:
    """Return the cards to ask, those of the greatest need, mixed over kinds and topics.

    Args:
        cards: Every card that may be asked.
        day: The study day.
        count: How many to choose.
        seed: Decides between cards of equal need; the same seed chooses the same cards.
        recall: The chance of recall by stability and elapsed days.
    """
    needs = {
        quiz_card.card.card_id: _compute_need(quiz_card, day, seed, recall)
        for quiz_card in cards
    }
    pool = sorted(cards, key=lambda quiz_card: -needs[quiz_card.card.card_id])[
        : _POOL * count
    ]
    notes: set[int] = set()
    chosen: list[QuizCard] = []
    kinds: dict[str, int] = {}
    topics: dict[tuple[int, str], int] = {}

    def rank(quiz_card: QuizCard) -> float:
        asked = max(1, len(chosen))
        kind = kinds.get(quiz_card.kind, 0) / asked
        topic = topics.get(_topic_of(quiz_card), 0) / asked
        need = needs[quiz_card.card.card_id]
        return need - _SAME_KIND * kind - _SAME_TOPIC * topic

    while pool and len(chosen) < count:
        best = max(pool, key=rank)
        pool.remove(best)
        if best.card.note_id not in notes:
            notes.add(best.card.note_id)
            chosen.append(best)
            kinds[best.kind] = kinds.get(best.kind, 0) + 1
            topics[_topic_of(best)] = topics.get(_topic_of(best), 0) + 1
    return chosen


def order_cards(
    chosen: Sequence[QuizCard], links: Mapping[int, Collection[int]]
) -> list[QueueCard]:
    """Return the chosen cards in the order of asking: seen ones first, then new ones.

    Topics and kinds change from one to the next where they can; linked notes, which are
    easily confused, are asked close to each other.
    """
    seen = [quiz_card for quiz_card in chosen if quiz_card.card.state != State.NEW]
    new = [quiz_card for quiz_card in chosen if quiz_card.card.state == State.NEW]
    line = [quiz_card.card for quiz_card in (*_interleave(seen), *_interleave(new))]
    return group_linked_notes(line, links)


def _interleave(cards: Sequence[QuizCard]) -> list[QuizCard]:
    left = list(cards)
    line: list[QuizCard] = []
    while left:
        last = line[-1] if line else None
        # Topics with most cards left go first, or they would be left over at the end.
        counts: dict[tuple[int, str], int] = {}
        for quiz_card in left:
            counts[_topic_of(quiz_card)] = counts.get(_topic_of(quiz_card), 0) + 1
        best = max(
            left,
            key=lambda quiz_card: (
                last is None or _topic_of(quiz_card) != _topic_of(last),
                last is None or quiz_card.kind != last.kind,
                counts[_topic_of(quiz_card)],
            ),
        )
        left.remove(best)
        line.append(best)
    return line


def _compute_need(quiz_card: QuizCard, day: int, seed: int, recall: Recall) -> float:
    card = quiz_card.card
    luck = _TIE_BREAK * _tie_break(card.card_id, seed)
    if card.state == State.NEW:
        return _NEW - _TIER_WEIGHT * (tier_of(card.position)) + luck
    standing = _DUE if card.due_day is not None and card.due_day <= day else _SEEN
    forgotten = 0.5
    if card.stability and card.last_day is not None:
        forgotten = 1 - recall(card.stability, max(0, day - card.last_day))
    lapses = _LAPSE_WEIGHT * min(quiz_card.lapses, _MOST_LAPSES)
    return standing + 2 * forgotten + lapses + luck


def _tie_break(card_id: int, seed: int) -> float:
    """Return a number from 0 to 1 that looks random but belongs to card and seed."""
    # An odd multiplier maps 32 bits one to one.
    mixed = ((card_id ^ (seed * 0x85EBCA77)) * 0x9E3779B1) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 15)) * 0x2C1B3C6D & 0xFFFFFFFF) / 0xFFFFFFFF


def _topic_of(quiz_card: QuizCard) -> tuple[int, str]:
    return quiz_card.card.deck_id, quiz_card.topic
