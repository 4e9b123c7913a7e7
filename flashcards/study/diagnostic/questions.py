"""Which questions a diagnostic asks: core notes of each deck, until its answers agree.

Home counts them on its first frame, so nothing heavy is loaded here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flashcards.domain.cards import tier_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flashcards.domain.cards import QueueCard, Scope
    from flashcards.store.reader import Reader

QUESTIONS = 48
LEAST_A_DECK, MOST_A_DECK = 2, 4
RECOGNIZED = frozenset({"choice", "match", "order"})
"""Kinds that show the answer among others; recognizing it is not yet knowing it."""


def load_question_pool(
    reader: Reader, scope: Scope, day: int
) -> dict[int, list[QueueCard]]:
    """Return for each deck the new cards to ask, best first.

    Core notes come first, then kinds that are answered freely, then teaching order; of
    each note one card, and none of a note seen today.
    """
    kinds = reader.plan.kinds_of_notes()
    pool: defaultdict[int, list[QueueCard]] = defaultdict(list)
    notes = set(reader.queue.notes_seen(day))
    for card in reader.queue.new(day, scope):
        if card.note_id not in notes:
            notes.add(card.note_id)
            pool[card.deck_id].append(card)
    for cards in pool.values():
        cards.sort(
            key=lambda card: (
                tier_of(card.position),
                kinds.get(card.note_id) in RECOGNIZED,
                card.position,
                card.card_id,
            )
        )
    return dict(pool)


def choose_next_deck(
    pool: Mapping[int, Sequence[QueueCard]], answers: Mapping[int, Sequence[bool]]
) -> int | None:
    """Return the deck to ask next: of those that need more questions, the one asked least."""
    open_decks = [
        deck
        for deck, cards in pool.items()
        if cards and not is_decided(answers.get(deck, ()))
    ]
    return min(
        open_decks, key=lambda deck: (len(answers.get(deck, ())), deck), default=None
    )


def is_decided(answers: Sequence[bool]) -> bool:
    """Return whether a deck needs no more questions: two equal answers in a row, or four."""
    if len(answers) < LEAST_A_DECK:
        return False
    return len(answers) >= MOST_A_DECK or answers[-1] == answers[-2]
