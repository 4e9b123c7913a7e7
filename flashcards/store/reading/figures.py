"""Reads the data of statistics: the whole log and all cards, as plain rows."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from flashcards.domain.cards import ANSWER_CAP_MS
from flashcards.store.reading.base import COUNTS, Facet
from flashcards.store.reading.search.fronts import FRONT
from flashcards.store.rows import FigureCard, FigureRows, LeechRow

LEECHES = 20
SLICE = 50_000
"""Reviews read at a time."""

# Hexadecimal digits are returned as one string, which takes half the time of a row of
# Python numbers for each review, and lets other threads run meanwhile.
_LOG = f"""
    SELECT group_concat(word, '') FROM (
        SELECT printf(
            '%016x%016x%016x',
            (card_id << 32) | min(interval_seconds, 4294967295),
            reviewed_at,
            (study_day << 21) | (min(duration_ms, {ANSWER_CAP_MS}) << 5)
                | (state << 3) | rating
        ) AS word
        FROM reviews
        WHERE id > ? AND id <= ? AND {COUNTS}
        ORDER BY id
    )
"""
_CARDS = """
    SELECT cards.id, note_id, cards.deck_id, notes.topic, cards.position, state, due_day,
        last_day, stability, difficulty, reps, lapses, leech, suspended, cards.retired
    FROM cards JOIN notes ON notes.id = note_id JOIN decks ON decks.id = cards.deck_id
    ORDER BY cards.position, cards.deck_id, cards.id
"""
_LEECHES = f"""
    SELECT cards.key, decks.key, {FRONT}, lapses
    FROM cards JOIN notes ON notes.id = note_id JOIN decks ON decks.id = cards.deck_id
    WHERE leech = 1 AND cards.retired = 0 ORDER BY lapses DESC, cards.id LIMIT ?
"""
_ANCHORED = """
    SELECT card_id, min(at) FROM anchors
    WHERE withdrawn = 0 AND reason IN ('import', 'reset', 'soften') GROUP BY card_id
"""
_TITLES = "SELECT id, key, title, topics FROM decks"
_DUE = """
    SELECT due_day, count(*) FROM cards
    WHERE state = 2 AND due_day > ? AND suspended = 0 AND retired = 0 GROUP BY due_day
"""
_DUE_KINDS = """
    SELECT due_day, kind, count(*) FROM cards JOIN notes ON notes.id = note_id
    WHERE state = 2 AND due_day > ? AND suspended = 0 AND cards.retired = 0
    GROUP BY due_day, kind
"""
_DUE_DAYS = """
    SELECT cards.id, kind, due_day FROM json_each(?)
    JOIN cards ON cards.id = json_each.value JOIN notes ON notes.id = note_id
    WHERE state = 2 AND due_day > ? AND suspended = 0 AND cards.retired = 0
"""
_REVIEW_TIMES = f"""
    SELECT card_id, kind, duration_ms FROM (
        SELECT card_id, min(duration_ms, {ANSWER_CAP_MS}) AS duration_ms FROM reviews
        WHERE state = 2 AND {COUNTS}
        ORDER BY id DESC LIMIT 1000
    ) JOIN cards ON cards.id = card_id JOIN notes ON notes.id = note_id
"""
_RATINGS = f"""
    SELECT rating, count(*) FROM (
        SELECT rating FROM reviews
        WHERE state = 2 AND study_day < ? AND {COUNTS}
        ORDER BY id DESC LIMIT 1000
    ) GROUP BY rating
"""


class FigureReader(Facet):
    """The data from which statistics, forecasts and plans are computed."""

    def load(
        self, on_progress: Callable[[int, int], bool] | None = None
    ) -> FigureRows | None:
        """Return the rows of all statistics; None where `on_progress` stopped it."""
        with self._connection.snapshot():
            log = self.review_log(on_progress)
            if log is None:
                return None
            return FigureRows(
                log=log,
                cards=self.card_rows(),
                decks=self.deck_titles(),
                leeches=self.leeches(LEECHES),
                anchored=self.anchored_since(),
            )

    def review_log(
        self, on_progress: Callable[[int, int], bool] | None = None
    ) -> list[bytes] | None:
        """Return the reviews that count, in the order in which they were stored.

        Slices of 24 bytes for each review, in three big-endian words. The first holds the
        card and, in its lower 32 bits, the wait in seconds that was scheduled; the second
        the instant; the last, from the top, the study day, milliseconds (at most a minute,
        16 bits), the state before (2 bits) and the rating (3 bits).

        Args:
            on_progress: Called with the number of reviews read and the total; returns False
                to stop.

        Returns:
            The slices, or None where `on_progress` stopped it.
        """
        last = self._connection.value("SELECT max(id) FROM reviews") or 0
        slices = []
        for start in range(0, last, SLICE):
            end = min(start + SLICE, last)
            digits: str | None = self._connection.value(_LOG, (start, end))
            slices.append(bytes.fromhex(digits or ""))
            if on_progress is not None and not on_progress(end, last):
                return None
        return slices

    def card_rows(self) -> list[tuple[Any, ...]]:
        """Return the fields of a `FigureCard` of every card, in teaching order.

        Suspended and retired ones too.
        """
        return self._connection.rows(_CARDS)

    def cards(self) -> list[FigureCard]:
        """Return every card in teaching order; suspended and retired ones too."""
        return list(map(FigureCard._make, self.card_rows()))

    def anchored_since(self) -> dict[int, int]:
        """Return the instant of the first anchor by card; before it the log does not explain the memory."""
        return dict(self._connection.rows(_ANCHORED))

    def leeches(self, limit: int) -> list[LeechRow]:
        """Return the leeches with the most lapses, most first."""
        return [LeechRow(*row) for row in self._connection.rows(_LEECHES, (limit,))]

    def deck_titles(self) -> dict[int, tuple[str, str, Any]]:
        """Return key, title and topics (JSON) of every deck by id; retired ones too."""
        return {
            deck_id: tuple(texts) for deck_id, *texts in self._connection.rows(_TITLES)
        }

    def due_by_day(self, after: int) -> dict[int, int]:
        """Return how many cards in Review are due on each day after a study day."""
        return dict(self._connection.rows(_DUE, (after,)))

    def due_by_day_and_kind(self, after: int) -> list[tuple[int, str, int]]:
        """Return how many cards in Review are due on later days, by day and kind of note."""
        return self._connection.rows(_DUE_KINDS, (after,))

    def due_days(
        self, card_ids: Iterable[int], after: int
    ) -> list[tuple[int, str, int]]:
        """Return card, kind and due day of those cards in Review that are due later."""
        return self._connection.rows(_DUE_DAYS, (json.dumps(list(card_ids)), after))

    def review_times(self) -> list[tuple[int, str, int]]:
        """Return card, kind and milliseconds of the last thousand reviews in Review."""
        return self._connection.rows(_REVIEW_TIMES)

    def review_ratings(self, before: int) -> dict[int, int]:
        """Return how the last thousand reviews of cards in Review were rated.

        Args:
            before: Study day; its own reviews and later ones are left out, so that the order
                of a day's cards does not change while it is studied.
        """
        return dict(self._connection.rows(_RATINGS, (before,)))
