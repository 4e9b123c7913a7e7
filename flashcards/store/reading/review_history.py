"""Reviews and anchors from which memories are replayed."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from flashcards.domain.cards import (
    FROM_THE_START,
    Anchor,
    FoldStart,
    Memory,
    Reason,
    ReviewHistory,
    State,
)
from flashcards.store.reading.base import COUNTS, Facet
from flashcards.store.reading.log import review_rows
from flashcards.store.rows import StoredHistory, StoredReview

_MEMORY = """
    state, step, stability, difficulty, due_day, due_at, last_day, interval_seconds, reps, lapses
"""
_LATER = """
    reviews.id > coalesce((
        SELECT after_review FROM anchors
        WHERE anchors.card_id = reviews.card_id AND withdrawn = 0 AND reason <> 'due'
        ORDER BY anchors.id DESC LIMIT 1
    ), 0)
"""
_OF_DECK = f"""
    SELECT card_id, study_day, rating, reviews.interval_seconds, reviewed_at
    FROM cards CROSS JOIN reviews ON card_id = cards.id
    WHERE cards.deck_id = ? AND {_LATER} AND {COUNTS}
    ORDER BY card_id, reviews.id
"""
_ANCHOR = f"""
    SELECT card_id, reason, at, study_day, (
            SELECT count(*) FROM reviews
            WHERE reviews.card_id = anchors.card_id AND reviews.id <= after_review AND {COUNTS}
        ),
        uid, NOT EXISTS (
            SELECT 1 FROM reviews
            WHERE reviews.card_id = anchors.card_id AND reviews.id > after_review AND {COUNTS}
        ),
        {_MEMORY}
    FROM anchors
"""
# Joined with the cards, SQLite would walk all anchors for each deck.
_ANCHORS_OF_DECK = f"""
    {_ANCHOR} WHERE card_id IN (SELECT id FROM cards WHERE deck_id = ?) AND withdrawn = 0
    ORDER BY id
"""
_ANCHORS_OF_DECKS = f"""
    {_ANCHOR} WHERE withdrawn = 0 AND card_id IN (
        SELECT id FROM cards WHERE deck_id IN (SELECT value FROM json_each(?))
    )
    ORDER BY id
"""
_ANCHORS_OF_CARD = f"{_ANCHOR} WHERE card_id = ? AND withdrawn = 0 ORDER BY id"
_CARDS_OF_KEYS = f"""
    SELECT cards.key, cards.id, decks.key, {_MEMORY}
    FROM cards JOIN decks ON decks.id = deck_id
    WHERE cards.key IN (SELECT value FROM json_each(?))
"""
_REVIEWS_OF_CARDS = f"""
    SELECT card_id, id, reviewed_at, study_day, rating, interval_seconds
    FROM reviews WHERE card_id IN (SELECT value FROM json_each(?)) AND {COUNTS}
    ORDER BY card_id, id
"""
_ANCHORS_OF_CARDS = f"""
    SELECT card_id, after_review, reason, at, study_day, uid, {_MEMORY}
    FROM anchors WHERE withdrawn = 0 AND card_id IN (SELECT value FROM json_each(?))
    ORDER BY id
"""


class HistoryReader(Facet):
    """The review histories of cards, from which their memories are replayed."""

    def of_card(self, card_id: int) -> ReviewHistory:
        """Return the reviews and the anchor from which the memory of a card is replayed."""
        with self._connection.snapshot():
            reviews = review_rows(
                self._connection,
                f"AND card_id = ? AND {_LATER} ORDER BY id",
                (card_id,),
            )
            anchors = self._connection.rows(_ANCHORS_OF_CARD, (card_id,))
        return ReviewHistory(
            card_id, reviews, _anchored(anchors).get(card_id, FROM_THE_START)
        )

    def anchors(self, card_id: int) -> list[Anchor]:
        """Return the anchors of a card that were not withdrawn, oldest first."""
        return [
            _anchor(row) for row in self._connection.rows(_ANCHORS_OF_CARD, (card_id,))
        ]

    def deck_reviews(self, deck_id: int) -> list[tuple[int, int, int, int, int]]:
        """Return the reviews of a deck for replaying its memories, by card and oldest first.

        Each is card id, study day, rating, scheduled interval in seconds, instant.
        """
        return self._connection.rows(_OF_DECK, (deck_id,))

    def deck_anchored(self, deck_id: int) -> dict[int, FoldStart]:
        """Return where the replays of a deck start, by card; cards without anchors are left out."""
        return _anchored(self._connection.rows(_ANCHORS_OF_DECK, (deck_id,)))

    def deck_anchors(self, decks: Collection[int]) -> list[tuple[int, Anchor]]:
        """Return the anchors of decks that were not withdrawn, with their cards, oldest first."""
        rows = self._connection.rows(_ANCHORS_OF_DECKS, (json.dumps(list(decks)),))
        return [(row[0], _anchor(row)) for row in rows]

    def of_cards(self, cards: Collection[str]) -> dict[str, StoredHistory]:
        """Return the histories of the stored cards among some keys."""
        rows = self._connection.rows(_CARDS_OF_KEYS, (json.dumps(list(cards)),))
        histories = {
            key: StoredHistory(card_id, deck, Memory(State(state), *memory), [], [])
            for key, card_id, deck, state, *memory in rows
        }
        by_id = {history.card_id: history for history in histories.values()}
        numbers = (json.dumps(list(by_id)),)
        for card_id, *review in self._connection.rows(_REVIEWS_OF_CARDS, numbers):
            by_id[card_id].reviews.append(StoredReview._make(review))
        for (
            card_id,
            after,
            reason,
            at,
            day,
            uid,
            state,
            *memory,
        ) in self._connection.rows(_ANCHORS_OF_CARDS, numbers):
            anchor = Anchor(
                Reason(reason), Memory(State(state), *memory), at, day, 0, uid
            )
            by_id[card_id].anchors.append((after, anchor))
        return histories


def _anchor(row: Any) -> Anchor:
    _, reason, at, day, after, uid, _, state, *memory = row
    return Anchor(Reason(reason), Memory(State(state), *memory), at, day, after, uid)


def _anchored(rows: list[Any]) -> dict[int, FoldStart]:
    """Return where the replay of each card starts, from anchors in order."""
    found: dict[int, FoldStart] = {}
    for row in rows:
        card_id, reason, is_last = row[0], row[1], row[6]
        memory = _anchor(row).memory
        if reason != Reason.DUE:
            found[card_id] = FoldStart(memory)
        elif is_last:
            found[card_id] = FoldStart(found.get(card_id, FROM_THE_START).start, memory)
    return found
