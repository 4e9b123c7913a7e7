"""The order of the cards of a day. Every function only reorders cards.

Ties are broken by a hash of card and day: the order is stable for a day, differs on the next
one, and does not follow the alphabet.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from flashcards.domain.cards import QueueCard

PRIOR = 0.35
"""Share of a deck that is assumed to be known before a diagnostic."""
LINKED_GROUP = 4
"""Most linked notes in a row, so that two of them are at most three cards apart."""


def sort_by_retrievability(cards: Sequence[QueueCard], day: int) -> list[QueueCard]:
    """Return the cards least likely to be recalled first.

    With one set of weights the chance of recall falls as elapsed days over stability grow.
    """
    scattered = shuffle_for_day(cards, day)
    # Attributes by index: a tenth of the time for long lists. 6 is last_day, 7 stability.
    scattered.sort(
        key=lambda card: (
            (card[6] - day) / card[7] if card[7] and card[6] is not None else -inf
        )
    )
    return scattered


def shuffle_for_day(cards: Sequence[QueueCard], day: int) -> list[QueueCard]:
    """Return the cards in an order that looks random but is fixed for the day."""
    # An odd multiplier maps 32 bits one to one, so no two cards tie.
    seed = day * 0x85EBCA77
    return sorted(cards, key=lambda card: ((card[0] ^ seed) * 0x9E3779B1) & 0xFFFFFFFF)


def alternate_decks(cards: Sequence[QueueCard]) -> list[QueueCard]:
    """Return the cards from their decks in turn; within a deck they keep their order."""
    turns: defaultdict[int, int] = defaultdict(int)
    turn_of = {}
    for card in cards:
        turn_of[card.card_id] = turns[card.deck_id]
        turns[card.deck_id] += 1
    return sorted(cards, key=lambda card: turn_of[card.card_id])


def sort_least_known_first(
    cards: Iterable[QueueCard], answers: Mapping[int, tuple[int, int]]
) -> list[QueueCard]:
    """Return new cards in teaching order; of equal positions the least known deck first.

    Args:
        cards: The cards.
        answers: Right and all answers of the diagnostic, by deck. The share known is shrunk
            towards `PRIOR`, so that few answers count for little.
    """

    def known(deck: int) -> float:
        right, asked = answers.get(deck, (0, 0))
        return (right + 2 * PRIOR) / (asked + 2)

    return sorted(
        cards,
        key=lambda card: (
            card.position,
            known(card.deck_id),
            card.deck_id,
            card.card_id,
        ),
    )


def mix_in_new_cards(
    reviews: Sequence[QueueCard], new: Sequence[QueueCard]
) -> list[QueueCard]:
    """Return both lists as one, the new cards spread evenly through the reviews."""
    if not reviews or not new:
        return [*reviews, *new]
    line: list[QueueCard] = []
    asked = 0
    for number, card in enumerate(new, start=1):
        # This new card's share of the reviews, rounded up: the first card is a review.
        before = -(-number * len(reviews) // (len(new) + 1))
        line.extend(reviews[asked:before])
        line.append(card)
        asked = before
    line.extend(reviews[asked:])
    return line


def group_linked_notes(
    line: Sequence[QueueCard], links: Mapping[int, Collection[int]]
) -> list[QueueCard]:
    """Return the line with linked notes moved up behind the first of them.

    Learners distinguish confusable notes best when they are asked close to each other. A group
    has at most `LINKED_GROUP` cards; other notes linked to it keep their place.
    """
    if not links:
        return list(line)
    neighbors = _to_neighbors(links)
    waiting = {card.note_id: card for card in line if card.note_id in neighbors}
    result: list[QueueCard] = []
    for card in line:
        if card.note_id not in neighbors:
            result.append(card)
        elif card.note_id in waiting:
            result.extend(_take_group(card, waiting, neighbors))
    return result


def _take_group(
    head: QueueCard,
    waiting: dict[int, QueueCard],
    neighbors: Mapping[int, Collection[int]],
) -> Iterator[QueueCard]:
    """Yield the head and the waiting cards linked to it, and remove them from `waiting`."""
    group = [waiting.pop(head.note_id)]
    for card in group:
        yield card
        for note_id in sorted(neighbors[card.note_id]):
            if note_id in waiting and len(group) < LINKED_GROUP:
                group.append(waiting.pop(note_id))


def _to_neighbors(links: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    neighbors: defaultdict[int, set[int]] = defaultdict(set)
    for note_id, linked in links.items():
        for other in linked:
            if other != note_id:
                neighbors[note_id].add(other)
                neighbors[other].add(note_id)
    return dict(neighbors)
