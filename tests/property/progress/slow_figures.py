"""Every figure computed by slow walks over the rows of the log, to compare with the fast ones."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.scheduling.formulas import Formulas

DAY_SECONDS = 86_400


class Row(NamedTuple):
    """A review that counts."""

    card: str
    note: str
    deck: str
    topic: str
    kind: str
    at: int
    day: int
    rating: int
    seconds: float
    state: int
    wait: int
    answer: dict[str, Any]


@dataclass
class Slow:
    """All figures of a log, one row after another."""

    rows: list[Row]
    cards: list[tuple[str, str, str]]
    """Card, deck and topic."""
    today: int

    @classmethod
    def of(cls, database: Path, today: int) -> Slow:
        store = sqlite3.connect(database)
        taken_back = {
            row[0] for row in store.execute("SELECT review_id FROM retractions")
        }
        found = store.execute(
            "SELECT reviews.id, cards.key, notes.key, decks.key, notes.topic, notes.kind, "
            "reviewed_at, study_day, rating, duration_ms, state_before, wait, answer FROM ("
            "SELECT id, card_id, reviewed_at, study_day, rating, duration_ms, "
            "state AS state_before, interval_seconds AS wait, answer FROM reviews"
            ") AS reviews JOIN cards ON cards.id = card_id "
            "JOIN notes ON notes.id = note_id JOIN decks ON decks.id = cards.deck_id "
            "ORDER BY reviews.id"
        ).fetchall()
        rows = [
            Row._make(
                [
                    *facts,
                    rating,
                    min(ms, 60_000) / 1000,
                    state,
                    wait,
                    json.loads(answer or "{}"),
                ]
            )
            for number, *facts, rating, ms, state, wait, answer in found
            if number not in taken_back
        ]
        cards = store.execute(
            "SELECT cards.key, decks.key, notes.topic FROM cards "
            "JOIN notes ON notes.id = note_id JOIN decks ON decks.id = cards.deck_id"
        ).fetchall()
        store.close()
        return cls(rows, cards, today)

    # Days.

    def days(self) -> list[tuple[int, int, float, int, int]]:
        """Day, reviews, seconds, new, again."""
        return [
            (
                day,
                len(some),
                sum(row.seconds for row in some),
                sum(row.state == 0 for row in some),
                sum(row.rating == 1 for row in some),
            )
            for day, some in sorted(_by(self.rows, lambda row: row.day).items())
        ]

    def streak(self) -> int:
        studied = {row.day for row in self.rows}
        day = self.today if self.today in studied else self.today - 1
        streak = 0
        while day in studied:
            streak, day = streak + 1, day - 1
        return streak

    def heat(self, first: int) -> list[tuple[int, int, int]]:
        """Day, reviews and level, 1 to 4 by quarters of the busiest day."""
        counts = Counter(row.day for row in self.rows)
        shown = [(day, counts[day]) for day in range(first, self.today + 1)]
        most = max(n for _, n in shown)
        return [(day, n, math.ceil(4 * n / most) if n else 0) for day, n in shown]

    # Memory.

    def walked(self) -> dict[str, list[tuple[Row, float | None, float, float, int]]]:
        """By card: row, predicted recall (None for the first), S and D after, days since."""
        formulas = Formulas(DEFAULT_WEIGHTS)
        result: dict[str, list[tuple[Row, float | None, float, float, int]]] = {}
        for card, past in _by(self.rows, lambda row: row.card).items():
            s = d = 0.0
            walk: list[tuple[Row, float | None, float, float, int]] = []
            for place, row in enumerate(past):
                elapsed = row.day - past[place - 1].day if place else 0
                recall = formulas.retrievability(s, max(elapsed, 0)) if place else None
                if place:
                    s, d = formulas.following(s, d, elapsed, row.rating)
                else:
                    s, d = formulas.first(row.rating)
                walk.append((row, recall, s, d, elapsed))
            result[card] = walk
        return result

    def memory_now(self) -> dict[str, tuple[float, float, float]]:
        """By card: stability, difficulty, and recall today."""
        formulas = Formulas(DEFAULT_WEIGHTS)
        return {
            card: (s, d, formulas.retrievability(s, max(0, self.today - row.day)))
            for card, walk in self.walked().items()
            for row, _, s, d, _ in walk[-1:]
        }

    def tests(self) -> list[tuple[Row, bool]]:
        """First reviews of a day in state Review, and whether the card was mature."""
        found = []
        for past in _by(self.rows, lambda row: row.card).values():
            for place, row in enumerate(past):
                before = past[place - 1] if place else None
                if row.state == 2 and (before is None or before.day < row.day):
                    waited = before.wait // DAY_SECONDS if before else 0
                    found.append((row, waited >= 21))
        return found

    def predictions(self) -> list[tuple[float, bool]]:
        """Predicted recall and whether it came true, for first reviews of a later day."""
        return [
            (recall, row.rating > 1)
            for walk in self.walked().values()
            for row, recall, _, _, elapsed in walk
            if recall is not None and elapsed > 0
        ]

    def due(self, rollover: int = 4) -> Counter[int]:
        """Cards by the study day on which they are due, in UTC; overdue ones today."""
        found: Counter[int] = Counter()
        for past in _by(self.rows, lambda row: row.card).values():
            row = past[-1]
            if row.wait >= DAY_SECONDS:
                day = row.day + row.wait // DAY_SECONDS
            else:
                instant = row.at / 1000 + row.wait - rollover * 3600
                day = int(instant // DAY_SECONDS) + date(1970, 1, 1).toordinal()
            found[max(day, self.today)] += 1
        return found

    def lapses(self) -> Counter[str]:
        """Lapses by card."""
        return Counter(
            row.card for row in self.rows if row.state == 2 and row.rating == 1
        )

    # Answers.

    def said(self) -> list[tuple[Row, str, float]]:
        """Answers with a word of confidence: row, word and score."""
        return [
            (
                row,
                row.answer["confidence"],
                row.answer.get("score", float(row.rating > 1)),
            )
            for row in self.rows
            if row.answer.get("confidence")
        ]

    def graded(self) -> dict[str, list[Row]]:
        """Rows with a graded answer, by note."""
        return _by(
            [row for row in self.rows if "kind" in row.answer], lambda row: row.note
        )

    def seconds_of_state(self, state: int) -> float | None:
        times = [row.seconds for row in self.rows if row.state == state]
        return median(times) if times else None


def share(rows: list[Row]) -> tuple[int, int]:
    """Recalled and asked."""
    return sum(row.rating > 1 for row in rows), len(rows)


def inside(values: list[float], edges: tuple[float, ...]) -> list[int]:
    """Return how many values are in each bin; the last bin includes its upper bound."""
    last = len(edges) - 2
    return [
        sum(
            edges[place] <= value and (value < edges[place + 1] or place == last)
            for value in values
        )
        for place in range(last + 1)
    ]


def log_loss(pairs: list[tuple[float, bool]]) -> float:
    """Mean of minus the logarithm of the chance given to what came true."""
    return mean(-math.log(p if came else 1 - p) for p, came in pairs)


def _by(rows: list[Row], key: Any) -> dict[Any, list[Row]]:
    groups: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)
