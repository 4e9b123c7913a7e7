"""Give the cards of a store a history: eight reviews each by default, a tenth of the cards due.

    python -m tests.benchmarks.history HOME [REVIEWS]

The rows go straight into the tables, because a year of answering takes too long. Each card
holds exactly the memory that its log gives, as after real answers.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import DAY_SECONDS, Rating
from flashcards.domain.clock import DAY_MS, Moment, SystemClock, moment
from flashcards.domain.settings.settings import DeckOptions, find_home
from flashcards.scheduling.replay import Replayer
from tests.benchmarks.anki_peer import DUE_SHARE, NEW_SHARE, REVIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashcards.scheduling.replay import ReplayedReview

GROWTH = 1.9
CONFIG = """\
minutes = 0

[scheduling]
new_per_day = 9999
reviews_per_day = 9999
"""
"""No limits, so that the queue is as long as possible."""

_CARD = """
UPDATE cards SET state = ?, step = ?, stability = ?, difficulty = ?, due_day = ?, due_at = ?,
last_day = ?, interval_seconds = ?, reps = ?, lapses = ? WHERE id = ?"""
_REVIEW = """
INSERT INTO reviews (uid, card_id, reviewed_at, study_day, rating, duration_ms, state, interval_seconds)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


class Past(NamedTuple):
    """The reviews of one card, oldest first."""

    card_id: int
    reviews: list[ReplayedReview]


def pasts(cards: list[int], today: Moment, count: int = REVIEWS) -> Iterator[Past]:
    """Yield the reviews of every card that has some."""
    chance = random.Random(2)  # noqa: S311 - the same past each time
    for card in cards:
        if chance.random() < NEW_SHARE:
            continue
        due = (
            -chance.randint(0, 3)
            if chance.random() < DUE_SHARE
            else chance.randint(1, 90)
        )
        interval = max(1, due) + chance.randint(1, 30)
        day, waits = due, []
        for _ in range(count):
            waits.append((day - interval, interval))
            day -= interval
            interval = max(1, round(interval / GROWTH))
        ratings = [
            Rating.GOOD,
            *chance.choices(tuple(Rating), (12, 10, 65, 13), k=count - 2),
            Rating.GOOD,
        ]
        yield Past(
            card,
            [
                (
                    today.day + day,
                    int(rating),
                    wait * DAY_SECONDS,
                    today.at + day * DAY_MS,
                )
                for (day, wait), rating in zip(reversed(waits), ratings, strict=True)
            ],
        )


def write(database: sqlite3.Connection, today: Moment, count: int = REVIEWS) -> int:
    """Write the reviews and return their number."""
    cards = [row[0] for row in database.execute("SELECT id FROM cards ORDER BY id")]
    replayer = Replayer(DeckOptions(), today.day_of)
    chance = random.Random(3)  # noqa: S311 - the same past each time
    log, memories = [], []
    for card, reviews in pasts(cards, today, count):
        memory = replayer.compute_memory(reviews)
        memories.append(
            (memory.state, memory.step, memory.stability, memory.difficulty, memory.due_day, memory.due_at,
             memory.last_day, memory.interval_seconds, memory.reps, memory.lapses, card)
        )  # fmt: skip
        for number, (day, rating, wait, at) in enumerate(reviews):
            uid = f"{at:012x}7{number:03x}8{card:015x}"
            log.append(
                (
                    uid,
                    card,
                    at,
                    day,
                    rating,
                    chance.randint(3000, 20000),
                    2 if number else 0,
                    wait,
                )
            )
    log.sort(key=lambda row: row[2])
    with database:
        database.executemany(_REVIEW, log)
        database.executemany(_CARD, memories)
    return len(log)


def main() -> None:
    """Give the cards of a home their reviews, and the home settings without limits."""
    home = find_home(sys.argv[1], {})
    home.config.write_text(CONFIG, encoding="utf-8")
    database = sqlite3.connect(home.database)
    database.execute("PRAGMA cache_size = -262144")
    reviews_per_card = int(sys.argv[2]) if sys.argv[2:] else REVIEWS
    count = write(database, moment(SystemClock().now(), None, 4), reviews_per_card)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    sys.stdout.write(f'{{"reviews": {count}}}\n')


if __name__ == "__main__":
    main()
