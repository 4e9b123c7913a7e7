"""Reads the log: reviews, session records and operations."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flashcards.domain.cards import ANSWER_CAP_MS, Rating, ReviewRow, Scope, State
from flashcards.store.reading import undo_state
from flashcards.store.reading.base import COUNTS, Facet, ReadConnection
from flashcards.store.reading.search.fronts import FRONT
from flashcards.store.rows import (
    AnswerTime,
    AnswerTotals,
    DayRow,
    KeptAnswer,
    OperationRow,
    SessionRow,
)
from flashcards.store.writing.undo_snapshot import decode

_RECENT = 1000

_REVIEW = f"""
    SELECT uid, card_id, reviewed_at, study_day, rating, duration_ms, state,
        interval_seconds, answer
    FROM reviews WHERE {COUNTS}
"""
# Few reviews are ever undone, so they are subtracted instead of checking every review;
# the sums need only an index.
_DAYS = f"""
    SELECT study_day, count(*), sum(min(duration_ms, {ANSWER_CAP_MS})) FROM reviews
    WHERE study_day >= ? GROUP BY study_day
"""
_DAYS_RETRACTED = f"""
    SELECT study_day, count(*), sum(min(duration_ms, {ANSWER_CAP_MS}))
    FROM retractions CROSS JOIN reviews ON reviews.id = review_id
    WHERE study_day >= ? GROUP BY study_day
"""
# Jumps from day to day along the index instead of reading every review.
_STUDIED = """
    WITH RECURSIVE days(day) AS (
        SELECT min(study_day) FROM reviews
        UNION ALL
        SELECT (SELECT min(study_day) FROM reviews WHERE study_day > days.day)
        FROM days WHERE day IS NOT NULL
    )
    SELECT day FROM days WHERE day IS NOT NULL
"""
_DAYS_FULLY_UNDONE = f"""
    SELECT study_day
    FROM (SELECT DISTINCT study_day FROM retractions CROSS JOIN reviews ON reviews.id = review_id)
    AS touched
    WHERE NOT EXISTS (
        SELECT 1 FROM reviews WHERE reviews.study_day = touched.study_day AND {COUNTS}
    )
"""
# Imported logs may have answers without a time, which are stored with 0 ms.
_ANSWER_TIMES = f"""
    SELECT state, rating = 1, min(duration_ms, {ANSWER_CAP_MS})
    FROM reviews WHERE duration_ms > 0 AND study_day < ? AND {COUNTS}
    ORDER BY id DESC LIMIT {_RECENT}
"""
_OF_OPERATIONS = f"""
    SELECT count(*), coalesce(sum(min(duration_ms, {ANSWER_CAP_MS})), 0) FROM reviews
    WHERE operation_id IN (SELECT value FROM json_each(?)) AND {COUNTS}
"""
_OPERATION = """
    SELECT id, uid, kind, label, at, study_day, sitting_id, undone FROM operations
"""
_SESSION_RECORD = """
    SELECT
        id, kind, scope, minutes, card_limit, started_at, study_day, finished_at,
        current_card_id, seed, items, drafts
    FROM sittings
"""
_ANSWER = """
    SELECT answer FROM reviews WHERE operation_id = ? ORDER BY id DESC LIMIT 1
"""
_SAVED_ANSWERS = f"""
    SELECT
        cards.id, cards.key, notes.key, decks.key, notes.topic, notes.kind, {FRONT},
        study_day, answer, rating
    FROM reviews
    JOIN cards ON cards.id = card_id
    JOIN notes ON notes.id = note_id
    JOIN decks ON decks.id = cards.deck_id
    WHERE answer IS NOT NULL AND {{}}
      AND {COUNTS}
    ORDER BY reviewed_at, reviews.id
"""


class LogReader(Facet):
    """Reviews that count, session records and operations."""

    def reviews(self, card_id: int) -> list[ReviewRow]:
        """Return the reviews of a card, oldest first.

        The order of the log counts, not the clock, which may have been set back.
        """
        return review_rows(self._connection, "AND card_id = ? ORDER BY id", (card_id,))

    def review_days(self, since: int = 0) -> list[DayRow]:
        """Return number and milliseconds of the reviews of each study day that has any.

        Args:
            since: The first study day.
        """
        days = {
            day: (count, duration)
            for day, count, duration in self._connection.rows(_DAYS, (since,))
        }
        for day, count, duration in self._connection.rows(_DAYS_RETRACTED, (since,)):
            days[day] = (days[day][0] - count, days[day][1] - duration)
        return [
            DayRow(day, *figures) for day, figures in sorted(days.items()) if figures[0]
        ]

    def studied_days(self) -> list[int]:
        """Return the study days that have a review, in order."""
        empty = {day for (day,) in self._connection.rows(_DAYS_FULLY_UNDONE)}
        return [day for (day,) in self._connection.rows(_STUDIED) if day not in empty]

    def answer_times(self, before: int) -> list[AnswerTime]:
        """Return the median time of the last thousand timed answers, by state and recall.

        Args:
            before: Study day; its own answers and later ones are left out, so that what is
                predicted for a day does not change while it is studied.
        """
        times: dict[tuple[int, bool], list[int]] = {}
        for state, again, duration in self._connection.rows(_ANSWER_TIMES, (before,)):
            times.setdefault((state, bool(again)), []).append(duration)
        return [
            AnswerTime(*key, _median(durations), len(durations))
            for key, durations in sorted(times.items())
        ]

    def unfinished_session_record(
        self, day: int, kind: str = "review"
    ) -> SessionRow | None:
        """Return the newest unfinished session record of a kind on a study day."""
        condition = "WHERE study_day = ? AND kind = ? AND finished_at IS NULL"
        return self._session_record(condition, (day, kind))

    def unfinished_session_records(self, kind: str) -> list[SessionRow]:
        """Return the unfinished session records of a kind on any day, oldest first."""
        query = (
            "SELECT id FROM sittings WHERE kind = ? AND finished_at IS NULL ORDER BY id"
        )
        records = (
            self.session_record(row[0]) for row in self._connection.rows(query, (kind,))
        )
        return [record for record in records if record]

    def session_record(self, record_id: int) -> SessionRow | None:
        """Return a session record; None without one of this id."""
        return self._session_record("WHERE id = ?", (record_id,))

    def session_reviews(self, record_id: int) -> list[ReviewRow]:
        """Return the reviews of a session that count, oldest first."""
        return review_rows(
            self._connection, "AND sitting_id = ? ORDER BY id", (record_id,)
        )

    def sum_answers(self, operation_ids: Sequence[int]) -> AnswerTotals:
        """Return number and time of the answers of some operations that were not undone."""
        row = self._connection.row(_OF_OPERATIONS, (json.dumps(operation_ids),))
        return AnswerTotals(*(row or (0, 0)))

    def answer_of_operation(self, operation_id: int) -> str | None:
        """Return the answer saved by an operation, whether it was undone or not."""
        answer: str | None = self._connection.value(_ANSWER, (operation_id,))
        return answer

    def answers(
        self, first_day: int = 0, card_id: int | None = None
    ) -> list[KeptAnswer]:
        """Return the reviews since a study day that count and have an answer, oldest first."""
        if card_id is not None:
            condition = "study_day >= :first_day AND card_id = :card"
        else:
            # Without a first day nearly every answer counts, so an index would be slower.
            condition = "study_day >= :first_day" if first_day else "TRUE"
        values = {"first_day": first_day, "card": card_id}
        return [
            KeptAnswer._make([*row[:-1], Rating(row[-1])])
            for row in self._connection.rows(_SAVED_ANSWERS.format(condition), values)
        ]

    def cards_of_operation(self, operation_id: int) -> list[int]:
        """Return the cards that an operation changed, the main one first."""
        payload = self._connection.value(
            "SELECT payload FROM operations WHERE id = ?", (operation_id,)
        )
        if payload is None:
            return []
        changes = decode(payload).get("changes", ())
        return [
            row[0]
            for change in changes
            if change["table"] == "cards"
            for row in change["after"]
        ]

    def operations(self, limit: int) -> list[OperationRow]:
        """Return the newest operations, newest first."""
        rows = self._connection.rows(f"{_OPERATION} ORDER BY id DESC LIMIT ?", (limit,))
        return [_operation(row) for row in rows]

    def undoable(self, kinds: undo_state.Kinds) -> OperationRow | None:
        """Return the operation that undo would undo next, of some kinds or (None) of any."""
        return self._operation(undo_state.undoable(self._connection.value, kinds))

    def redoable(self, kinds: undo_state.Kinds) -> OperationRow | None:
        """Return the operation that redo would redo next, of some kinds or (None) of any."""
        return self._operation(undo_state.redoable(self._connection.value, kinds))

    def _operation(self, operation_id: int) -> OperationRow | None:
        row = self._connection.row(f"{_OPERATION} WHERE id = ?", (operation_id,))
        return _operation(row) if row else None

    def _session_record(
        self, condition: str, values: tuple[int | str, ...]
    ) -> SessionRow | None:
        row = self._connection.row(
            f"{_SESSION_RECORD} {condition} ORDER BY id DESC LIMIT 1", values
        )
        if row is None:
            return None
        scope = json.loads(row[2])
        session_scope = Scope(
            *(tuple(scope.get(name, ())) for name in ("decks", "tags", "topics"))
        )
        return SessionRow._make([*row[:2], session_scope, *row[3:]])


def _operation(row: Any) -> OperationRow:
    return OperationRow._make([*row[:-1], bool(row[-1])])


def _median(values: list[int]) -> int:
    """Return the median; the `statistics` module would take longer to load than to use."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) // 2


def review_rows(
    connection: ReadConnection, condition: str, values: tuple[int, ...]
) -> list[ReviewRow]:
    """Return the reviews that count and fulfill a further condition, in its order."""
    return [
        ReviewRow(
            uid, card, at, day, Rating(rating), duration, State(state), wait, answer
        )
        for uid, card, at, day, rating, duration, state, wait, answer in connection.rows(
            f"{_REVIEW} {condition}", values
        )
    ]
