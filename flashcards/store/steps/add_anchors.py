"""Step to the table of anchors, with one for every card that was made due and not asked since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from flashcards.store.tables.uid import new_uid
from flashcards.store.writing.undo_snapshot import inflate

_STATEMENTS = (
    """
    CREATE TABLE anchors (
        id INTEGER NOT NULL,
        uid VARCHAR NOT NULL,
        card_id INTEGER NOT NULL,
        after_review INTEGER NOT NULL,
        at INTEGER NOT NULL,
        study_day INTEGER NOT NULL,
        reason VARCHAR NOT NULL,
        state INTEGER NOT NULL,
        step INTEGER,
        stability FLOAT,
        difficulty FLOAT,
        due_day INTEGER,
        due_at INTEGER,
        last_day INTEGER,
        interval_seconds INTEGER NOT NULL,
        reps INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        operation_id INTEGER,
        withdrawn BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        CHECK (reason IN ('import', 'merge', 'reset', 'soften', 'due')),
        CHECK (after_review >= 0),
        CHECK (state BETWEEN 0 AND 3),
        CHECK ((state = 0) = (due_day IS NULL)),
        CHECK (stability IS NULL OR stability > 0),
        CHECK (difficulty IS NULL OR difficulty BETWEEN 1 AND 10),
        CHECK (interval_seconds >= 0 AND reps >= 0 AND lapses >= 0),
        CHECK (withdrawn IN (0, 1)),
        UNIQUE (uid),
        FOREIGN KEY(card_id) REFERENCES cards (id),
        FOREIGN KEY(operation_id) REFERENCES operations (id)
    )
    """,
    "CREATE INDEX anchors_by_card ON anchors (card_id)",
    "CREATE INDEX anchors_by_operation ON anchors (operation_id)",
    "DROP INDEX IF EXISTS reviews_by_sitting",
    """
    CREATE INDEX reviews_by_sitting ON reviews (sitting_id) WHERE sitting_id IS NOT NULL
    """,
)
_MEMORY = """
    state, step, stability, difficulty, due_day, due_at, last_day, interval_seconds, reps,
    lapses
"""
_MADE_DUE = """
    SELECT id, at, study_day, payload, undone FROM operations
    WHERE kind = 'due' AND undone < 2 ORDER BY id
"""
_REVIEWS_BEFORE = """
    SELECT coalesce(max(id), 0) FROM reviews WHERE operation_id < ?
"""
_REVIEWED_SINCE = """
    SELECT EXISTS (
        SELECT 1 FROM reviews WHERE card_id = ? AND id > ?
        AND id NOT IN (SELECT review_id FROM retractions)
    )
"""
_ANCHOR = f"""
    INSERT INTO anchors (
        uid, card_id, after_review, at, study_day, reason, {_MEMORY}, operation_id, withdrawn
    )
    SELECT ?, id, ?, ?, ?, 'due', state, step, stability, difficulty, ?, ?, last_day,
        interval_seconds, reps, lapses, ?, ?
    FROM cards WHERE id = ? AND state > 0
"""  # noqa: S608 - made of a constant alone


def add_anchors(connection: sqlite3.Connection) -> None:
    """Create the table, and anchors for cards made due and not asked since."""
    for statement in _STATEMENTS:
        connection.execute(statement)
    for number, at, day, payload, undone in connection.execute(_MADE_DUE).fetchall():
        (after,) = connection.execute(_REVIEWS_BEFORE, (number,)).fetchone()
        for card_id, due_day, due_at in _moved(payload):
            (is_past,) = connection.execute(
                _REVIEWED_SINCE, (card_id, after)
            ).fetchone()
            if not is_past and due_day is not None:
                values = (new_uid(at), after, at, day, due_day, due_at, number, undone)
                connection.execute(_ANCHOR, (*values, card_id))


def _moved(payload: bytes) -> Iterator[list[Any]]:
    """Yield the cards that an operation made due earlier."""
    for change in json.loads(inflate(payload)).get("changes", ()):
        pairs = zip(change["before"], change["after"], strict=True)
        yield from (after for before, after in pairs if before != after)
