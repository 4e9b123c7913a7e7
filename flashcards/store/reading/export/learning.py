"""Everything that was learned, as it is exported."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import TIER_STEP, Anchor, Memory, State
from flashcards.store.reading.base import COUNTS, Facet, ReadConnection
from flashcards.store.reading.review_history import HistoryReader

# What is due is read without this, in a shell prompt.
if TYPE_CHECKING:
    from flashcards.domain.packed_reviews import PackedReviews

_CARDS = f"""
    SELECT cards.id, key, suspended, buried_until, leech, state, step, stability, difficulty,
        due_day, due_at, last_day, interval_seconds, reps, lapses
    FROM cards WHERE deck_id IN (SELECT value FROM json_each(?)) AND (
        state > 0 OR suspended = 1 OR leech = 1 OR buried_until IS NOT NULL
        OR EXISTS (SELECT 1 FROM reviews WHERE card_id = cards.id AND {COUNTS})
        OR EXISTS (SELECT 1 FROM anchors WHERE card_id = cards.id AND withdrawn = 0)
    )
    ORDER BY key
"""
_REVIEW = """
    SELECT card_id, reviewed_at, study_day, rating, duration_ms, reviews.state,
        reviews.interval_seconds, uid, answer
"""
_REVIEWS = f"""
    {_REVIEW} FROM cards CROSS JOIN reviews ON card_id = cards.id
    WHERE deck_id IN (SELECT value FROM json_each(?)) AND {COUNTS}
    ORDER BY reviews.id
"""
_WHOLE_LOG = f"{_REVIEW} FROM reviews WHERE {COUNTS} ORDER BY id"
_MANY = 10_000
"""Cards from which on reading the whole log is quicker than looking their reviews up."""
_MARKED = """
    SELECT notes.key FROM json_each(?) AS wanted JOIN notes ON deck_id = wanted.value
    WHERE marked = 1 ORDER BY notes.key
"""
_REPORTS = """
    SELECT notes.key, cards.key, reports.text, at
    FROM reports
    JOIN notes ON notes.id = reports.note_id
    LEFT JOIN cards ON cards.id = reports.card_id
    WHERE withdrawn = 0 ORDER BY at, notes.key, reports.text
"""
_RETIRED = f"""
    SELECT notes.key, digest, content, deck_id
    FROM json_each(?) AS wanted JOIN notes ON deck_id = wanted.value
    WHERE retired = 1 ORDER BY deck_id, position % {TIER_STEP}, notes.key
"""


class LearnedCard(NamedTuple):
    """One card of which anything was learned."""

    key: str
    memory: Memory
    suspended: bool
    buried_until: int | None
    leech: bool
    reviews: PackedReviews
    """In the order of the log."""
    anchors: list[Anchor]


class LearningReader(Facet):
    """What was learned, deck by deck."""

    def __init__(self, connection: ReadConnection, history: HistoryReader) -> None:
        """Read over a connection.

        Args:
            connection: The open store.
            history: Reads anchors.
        """
        super().__init__(connection)
        self._history = history

    def learned_cards(self, decks: Collection[int]) -> list[LearnedCard]:
        """Return the cards of decks of which anything was learned, in the order of keys.

        Retired ones too.
        """
        from flashcards.domain.packed_reviews import PackedReviews

        wanted = (json.dumps(list(decks)),)
        with self._connection.snapshot():
            found = {
                number: LearnedCard(
                    key,
                    Memory(State(state), *memory),
                    bool(suspended),
                    until,
                    bool(leech),
                    PackedReviews(),
                    [],
                )
                for number, key, suspended, until, leech, state, *memory in self._connection.rows(
                    _CARDS, wanted
                )
            }
            is_most = len(found) > _MANY
            query = _WHOLE_LOG if is_most else _REVIEWS
            for row in self._connection.each(query, () if is_most else wanted):
                card = found.get(row[0])
                if card:
                    card.reviews.add(row[1:])
            for number, anchor in self._history.deck_anchors(decks):
                found[number].anchors.append(anchor)
        return list(found.values())

    def marked_notes(self, decks: Collection[int]) -> list[str]:
        """Return the keys of the marked notes of decks, in their order; retired ones too."""
        found = self._connection.rows(_MARKED, (json.dumps(list(decks)),))
        return [key for (key,) in found]

    def retired_contents(self, decks: Collection[int]) -> list[tuple[int, str]]:
        """Return the sound retired notes of decks as JSON, with the decks that they were in."""
        rows = self._connection.rows(_RETIRED, (json.dumps(list(decks)),))
        return [(deck_id, content) for content, deck_id in self._connection.sound(rows)]

    def note_reports(self) -> list[tuple[str, str | None, str, int]]:
        """Return note, card, text and instant of every report that was not withdrawn, oldest first."""
        return self._connection.rows(_REPORTS)
