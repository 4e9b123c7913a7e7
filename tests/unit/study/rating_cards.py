"""Rate the cards of a session, and read everything that this may change."""

from __future__ import annotations

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Memory, Rating, Scope
from flashcards.study.session.session import ReviewSession


def read_cards(collection: Collection) -> dict[str, tuple[Memory, bool, int | None]]:
    """Return everything that a session can change, by card."""
    rows = [
        collection.reader.cards.get(card.card_id)
        for card in collection.reader.queue.all(10**6, Scope())
    ]
    return {row.key: (row.memory, row.suspended, row.buried_until) for row in rows}


def answer(session: ReviewSession, rating: Rating) -> str:
    assert session.current is not None
    key = session.current.row.key
    session.reveal()
    assert session.rate(rating) is not None
    return key


def asked(session: ReviewSession, rating: Rating, most: int = 50) -> list[str]:
    keys: list[str] = []
    while session.current and len(keys) < most:
        keys.append(answer(session, rating))
    return keys
