"""Write the review histories of an import: reviews, memories, anchors, flags."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from flashcards.domain.clock import Moment
from flashcards.errors import CardChangedError
from flashcards.store.comparison.import_changes import CardChanges, ImportChanges
from flashcards.store.tables.model import MEMORY_COLUMNS, Card, Note, Review, table_of
from flashcards.store.tables.uid import new_uid
from flashcards.store.writing import anchors, before_after, bulk
from flashcards.store.writing.anchors import NewAnchor
from flashcards.store.writing.importing.note_changes import ChangeRecorder
from flashcards.store.writing.importing.review_columns import (
    NO_UID_OR_ANSWER,
    ReviewColumns,
)
from flashcards.store.writing.undo_snapshot import UndoSnapshot

_CARDS = table_of(Card)
_NOTES = table_of(Note)
_REVIEWS = table_of(Review)

LEARNING_PART = (*MEMORY_COLUMNS, "suspended", "buried_until", "leech")
"""The columns of a card that an import of histories changes."""

_CHUNK = 500
_REVIEW_CHUNK = 50_000
"""Reviews that are written between two reports of progress."""
_LEAST_FOR_REBUILD = 10_000
"""Least reviews for which the indexes of the log are rebuilt."""
_MOST_LOG_RATIO = 3
"""The log may be at most this many times as long as the new rows for its indexes to be rebuilt."""

_INDEXES = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND tbl_name = 'reviews' AND sql IS NOT NULL
"""
_EXISTING_UIDS = "SELECT uid FROM reviews WHERE uid IN (SELECT value FROM json_each(?))"
_RETRACT = """
    INSERT INTO retractions (review_id, retracted_at, operation_id)
    SELECT id, ?, ? FROM reviews WHERE id BETWEEN ? AND ?
"""
_REPEAT = """
    INSERT INTO reviews (
        uid, card_id, sitting_id, operation_id, reviewed_at, study_day, rating, duration_ms,
        state, interval_seconds, answer
    )
    SELECT printf('%012x7', ?) || substr(hex, 1, 3) || '8' || substr(hex, 4, 15),
        card_id, sitting_id, operation_id, reviewed_at, study_day, rating, duration_ms,
        state, interval_seconds, answer
    FROM (
        SELECT lower(hex(randomblob(9))) AS hex, * FROM reviews
        WHERE id BETWEEN ? AND ? ORDER BY id
    )
"""


class _CardHistory(NamedTuple):
    card_id: int
    changes: CardChanges


def write(
    connection: Connection,
    changes: ImportChanges,
    new_cards: Mapping[str, int],
    recorder: ChangeRecorder,
    operation_id: int,
    advance: Callable[[int], None],
) -> UndoSnapshot:
    """Write histories and marks; return what undo needs besides the recorded changes.

    Args:
        connection: An open transaction, in which the notes are written already.
        changes: The import.
        new_cards: Ids of the cards that it added, by key; they have their memory already.
        recorder: Records the changes for undo.
        operation_id: The operation of the import.
        advance: Called with how many reviews were written since.

    Raises:
        CardChangedError: A card was answered since the changes were computed.
    """
    if not changes.has_learning:
        return {}
    stored = [card.card for card in changes.histories if card.card not in new_cards]
    ids = {**new_cards, **_ids_of(connection, stored)} if stored else new_cards
    learned = [
        _CardHistory(ids[card.card], card)
        for card in changes.histories
        if card.card in ids
    ]
    _change_cards(
        connection,
        recorder,
        [card for card in learned if card.changes.card not in new_cards],
    )
    _mark(connection, recorder, changes.marked)
    log = _LogWriter(connection, learned, operation_id)
    log.write(new_cards, advance)
    anchors.add(connection, _anchors(learned, log), operation_id)
    new = sorted(new_cards.values())
    snapshot: UndoSnapshot = (
        {"learnt": {"cards": [new[0], new[-1]]}} if new else {"learnt": {}}
    )
    if log.last >= log.first:
        snapshot["learnt"]["reviews"] = [log.first, log.last]
    return snapshot


def retract(
    connection: Connection, snapshot: UndoSnapshot, operation_id: int, moment: Moment
) -> None:
    """Undo the reviews of an import, and the memories of the cards that it added.

    The snapshot keeps the memories, so that `repeat` can write them again.
    """
    learned = snapshot["learnt"]
    if "reviews" in learned:
        values = (moment.at, operation_id, *learned["reviews"])
        connection.exec_driver_sql(_RETRACT, values)
    if "cards" in learned:
        columns = [_CARDS.c[name] for name in ("id", *LEARNING_PART)]
        rows = connection.execute(
            select(*columns).where(_CARDS.c.id.between(*learned["cards"]))
        )
        unseen = (0, *(None,) * 6, 0, 0, 0, 0, None, 0)
        learned["kept"] = [list(row) for row in rows if tuple(row)[1:] != unseen]
        blank = [(row[0], *unseen) for row in learned["kept"]]
        before_after.write_rows(connection, "cards", LEARNING_PART, blank)


def repeat(
    connection: Connection, snapshot: UndoSnapshot, moment: Moment
) -> int | None:
    """Redo what `retract` undid; return by how many ids the reviews moved in the log.

    None if there are no reviews.
    """
    learned = snapshot["learnt"]
    before_after.write_rows(connection, "cards", LEARNING_PART, learned.pop("kept", ()))
    if "reviews" not in learned:
        return None
    first, last = map(int, learned["reviews"])
    log = anchors.last_review(connection)
    moved = log + 1 - first
    with _indexes(connection, last + 1 - first, log):
        connection.exec_driver_sql(_REPEAT, (moment.at, first, last))
    learned["reviews"] = [first + moved, last + moved]
    return moved


def uid_tail(card: str) -> str:
    """Return the end of the uids of imported reviews of a card, without the last digit.

    A uid is the instant in 12 hexadecimal digits, this, and the rating: the same on every
    machine that imports the review.
    """
    digits = blake2b(card.encode(), digest_size=9).hexdigest()
    return f"7{digits[:3]}8{digits[3:17]}"


def _ids_of(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        is_in_chunk = _CARDS.c.key.in_(keys[start : start + _CHUNK])
        rows = connection.execute(select(_CARDS.c.key, _CARDS.c.id).where(is_in_chunk))
        ids.update((key, card_id) for key, card_id in rows)
    return ids


def _change_cards(
    connection: Connection, recorder: ChangeRecorder, learned: Sequence[_CardHistory]
) -> None:
    columns = [_CARDS.c[name] for name in ("id", *LEARNING_PART)]
    for start in range(0, len(learned), _CHUNK):
        chunk = {card.card_id: card.changes for card in learned[start : start + _CHUNK]}
        rows = connection.execute(select(*columns).where(_CARDS.c.id.in_(list(chunk))))
        before = [tuple(row) for row in rows]
        after = [_changed_row(row, chunk[row[0]]) for row in before]
        different = [
            pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]
        ]
        recorder.set_rows(
            "cards",
            LEARNING_PART,
            [old for old, _ in different],
            [new for _, new in different],
        )


def _changed_row(row: tuple[Any, ...], changes: CardChanges) -> tuple[Any, ...]:
    *memory, suspended, buried_until, leech = row[1:]
    if changes.memory is not None:
        if changes.previous_memory is not None and memory != before_after.memory_values(
            changes.previous_memory
        ):
            raise CardChangedError(
                "Cards were answered in another window, so nothing was imported. "
                "Start the import again."
            )
        memory = before_after.memory_values(changes.memory)
    if changes.buried_until is not None:
        buried_until = changes.buried_until
    return (
        row[0],
        *memory,
        suspended or changes.suspended,
        buried_until,
        leech or changes.leech,
    )


def _mark(
    connection: Connection, recorder: ChangeRecorder, keys: frozenset[str]
) -> None:
    sorted_keys = sorted(keys)
    before: list[before_after.Row] = []
    for start in range(0, len(sorted_keys), _CHUNK):
        is_in_chunk = _NOTES.c.key.in_(sorted_keys[start : start + _CHUNK])
        rows = select(_NOTES.c.id).where(is_in_chunk, _NOTES.c.marked == 0)
        before.extend((note_id, 0) for (note_id,) in connection.execute(rows))
    after: list[before_after.Row] = [(note_id, 1) for note_id, _ in before]
    recorder.set_rows("notes", ("marked",), before, after)


class _LogWriter:
    """Writes the reviews of one import into the log."""

    def __init__(
        self,
        connection: Connection,
        learned: Sequence[_CardHistory],
        operation_id: int,
    ) -> None:
        self._connection = connection
        self._learned = learned
        self._operation_id = operation_id
        self._existing_uids: set[str] = set()
        self.first = anchors.last_review(connection) + 1
        self.last = self.first - 1
        self.review_ids: dict[int, list[int]] = {
            card.card_id: [] for card in learned if card.changes.anchors
        }
        """The ids of the reviews of each card with anchors."""

    def write(
        self, new_cards: Mapping[str, int], advance: Callable[[int], None]
    ) -> None:
        """Write the reviews."""
        columns = ReviewColumns([changes.reviews for _, changes in self._learned])
        if self.first > 1:
            self._existing_uids.update(
                _find_existing_uids(self._connection, self._learned, new_cards)
            )
        self.last += len(columns)
        tails = [
            uid_tail(changes.card) if changes.reviews else ""
            for _, changes in self._learned
        ]
        same = {"sitting_id": None, "operation_id": self._operation_id}
        with _indexes(self._connection, len(columns), self.first):
            for start in range(0, len(columns), _REVIEW_CHUNK):
                chunk = columns.in_order(start, start + _REVIEW_CHUNK)
                rows = self._rows(columns, chunk, self.first + start, tails)
                bulk.insert_rows(self._connection, _REVIEWS, rows, same)
                advance(len(chunk))

    def _rows(
        self,
        columns: ReviewColumns,
        order: Sequence[int],
        first: int,
        tails: Sequence[str],
    ) -> Iterator[tuple[Any, ...]]:
        existing, review_ids = self._existing_uids, self.review_ids
        learned, all_given = self._learned, columns.uids_and_answers
        fields = (
            map(column.__getitem__, order)
            for column in (columns.owners, *columns.numbers)
        )
        given_uid, answer = NO_UID_OR_ANSWER
        for number, (index, owner, at, day, rating, duration, state, wait) in enumerate(
            zip(order, *fields, strict=True), first
        ):
            if all_given:
                given_uid, answer = all_given.get(index, NO_UID_OR_ANSWER)
            card_id = learned[owner][0]
            uid = given_uid or f"{at:012x}{tails[owner]}{rating}"
            if uid in existing:
                uid = new_uid(at)
            if given_uid:
                existing.add(uid)
            if card_id in review_ids:
                review_ids[card_id].append(number)
            yield number, uid, card_id, at, day, rating, duration, state, wait, answer


@contextmanager
def _indexes(connection: Connection, count: int, log: int) -> Iterator[None]:
    """Rebuild the indexes of the log afterwards, where that is quicker than maintaining them.

    Args:
        connection: An open transaction.
        count: How many reviews are about to be written.
        log: How many reviews the log has.
    """
    if count < max(_LEAST_FOR_REBUILD, log / _MOST_LOG_RATIO):
        yield
        return
    indexes = connection.exec_driver_sql(_INDEXES).fetchall()
    for name, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        connection.exec_driver_sql(statement)


def _find_existing_uids(
    connection: Connection,
    learned: Sequence[_CardHistory],
    new_cards: Mapping[str, int],
) -> Iterator[str]:
    """Yield the uids that the log already has, mostly those of retracted reviews."""
    uids: list[str] = []
    for _, changes in learned:
        is_new = changes.card in new_cards
        tail = uid_tail(changes.card)
        uids.extend(
            review.uid or f"{review.at:012x}{tail}{review.rating}"
            for review in changes.reviews
            if review.uid or not is_new
        )
    for start in range(0, len(uids), _REVIEW_CHUNK):
        chunk = json.dumps(uids[start : start + _REVIEW_CHUNK])
        yield from (
            uid for (uid,) in connection.exec_driver_sql(_EXISTING_UIDS, (chunk,))
        )


def _anchors(learned: Sequence[_CardHistory], log: _LogWriter) -> Iterator[NewAnchor]:
    for card_id, changes in learned:
        for anchor in changes.anchors:
            last_review = log.first - 1
            if anchor.after:
                last_review = log.review_ids[card_id][anchor.after - 1]
            yield NewAnchor(
                card_id,
                anchor.reason,
                anchor.memory,
                last_review,
                anchor.at,
                anchor.day,
                anchor.uid,
            )
