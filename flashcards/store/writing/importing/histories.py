"""What an import says was learned of cards: reviews, memories, anchors, flags."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from flashcards.domain.bundle import PastReview
from flashcards.domain.clock import Moment
from flashcards.domain.packed_reviews import PackedReviews
from flashcards.errors import CardChangedError
from flashcards.store.comparison.import_changes import CardChanges, ImportChanges
from flashcards.store.tables.model import MEMORY_COLUMNS, Card, Note, Review, table_of
from flashcards.store.tables.uid import new_uid
from flashcards.store.writing import anchors, before_after, bulk
from flashcards.store.writing.anchors import NewAnchor
from flashcards.store.writing.importing.note_changes import ChangeRecorder
from flashcards.store.writing.undo_snapshot import UndoSnapshot

_CARDS = table_of(Card)
_NOTES = table_of(Note)
_REVIEWS = table_of(Review)

LEARNING_PART = (*MEMORY_COLUMNS, "suspended", "buried_until", "leech")
"""The columns of a card that an import of learning changes."""

_CHUNK = 500
_PART = 50_000
"""Reviews that are written between two reports of progress."""
_FEW = 10_000
"""Reviews that are written without touching the indexes of the log."""
_MOST_TIMES = 3
"""The log may be at most this many times as long as the new rows for its indexes to be rebuilt."""

_NUMBERS = 6
"""Fields of a review before its uid."""
_NOTHING_GIVEN: tuple[str, str | None] = ("", None)
_PLACE_BITS = 32
_PLACE = (1 << _PLACE_BITS) - 1

_INDEXES = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND tbl_name = 'reviews' AND sql IS NOT NULL
"""
_TAKEN = "SELECT uid FROM reviews WHERE uid IN (SELECT value FROM json_each(?))"
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


class _LearningRows(NamedTuple):
    card_id: int
    plan: CardChanges


def write(
    connection: Connection,
    plan: ImportChanges,
    new_cards: Mapping[str, int],
    changes: ChangeRecorder,
    operation_id: int,
    advance: Callable[[int], None],
) -> UndoSnapshot:
    """Write what was learned and return what undo needs besides the changes noted down.

    Args:
        connection: An open transaction, in which the notes are written already.
        plan: The import.
        new_cards: Numbers of the cards that it added, by key; they have their memory.
        changes: Notes down what is changed.
        operation_id: The operation of the import.
        advance: Called with how many reviews were written since.

    Raises:
        CardChangedError: A card was answered since the import was planned.
    """
    if not plan.has_learning:
        return {}
    stored = [card.card for card in plan.histories if card.card not in new_cards]
    ids = {**new_cards, **_ids_of(connection, stored)} if stored else new_cards
    learned = [
        _LearningRows(ids[card.card], card)
        for card in plan.histories
        if card.card in ids
    ]
    _change_cards(
        connection, changes, [one for one in learned if one.plan.card not in new_cards]
    )
    _mark(connection, changes, plan.marked)
    log = _Log(connection, learned, operation_id)
    log.write(new_cards, advance)
    anchors.add(connection, _anchors(learned, log), operation_id)
    new = sorted(new_cards.values())
    image: UndoSnapshot = (
        {"learnt": {"cards": [new[0], new[-1]]}} if new else {"learnt": {}}
    )
    if log.last >= log.first:
        image["learnt"]["reviews"] = [log.first, log.last]
    return image


def retract(
    connection: Connection, image: UndoSnapshot, operation_id: int, moment: Moment
) -> None:
    """Take back the reviews of an import, and what it said of the cards that it added.

    The image keeps the latter, so that `repeat` can write it again.
    """
    learned = image["learnt"]
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


def repeat(connection: Connection, image: UndoSnapshot, moment: Moment) -> int | None:
    """Bring back what `retract` took; return how far down the log the reviews moved.

    None where there are no reviews.
    """
    learned = image["learnt"]
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
    found: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        wanted = _CARDS.c.key.in_(keys[start : start + _CHUNK])
        rows = connection.execute(select(_CARDS.c.key, _CARDS.c.id).where(wanted))
        found.update((key, number) for key, number in rows)
    return found


def _change_cards(
    connection: Connection, changes: ChangeRecorder, learned: Sequence[_LearningRows]
) -> None:
    columns = [_CARDS.c[name] for name in ("id", *LEARNING_PART)]
    for start in range(0, len(learned), _CHUNK):
        part = {one.card_id: one.plan for one in learned[start : start + _CHUNK]}
        rows = connection.execute(select(*columns).where(_CARDS.c.id.in_(list(part))))
        before = [tuple(row) for row in rows]
        after = [_changed(row, part[row[0]]) for row in before]
        different = [
            pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]
        ]
        changes.set_rows(
            "cards",
            LEARNING_PART,
            [old for old, _ in different],
            [new for _, new in different],
        )


def _changed(row: tuple[Any, ...], plan: CardChanges) -> tuple[Any, ...]:
    *memory, suspended, buried_until, leech = row[1:]
    if plan.memory is not None:
        if plan.previous_memory is not None and memory != before_after.memory_values(
            plan.previous_memory
        ):
            raise CardChangedError(
                "Cards were answered in another window meanwhile, so nothing was imported. "
                "Start the import again."
            )
        memory = before_after.memory_values(plan.memory)
    until = buried_until if plan.buried_until is None else plan.buried_until
    return (row[0], *memory, suspended or plan.suspended, until, leech or plan.leech)


def _mark(
    connection: Connection, changes: ChangeRecorder, keys: frozenset[str]
) -> None:
    wanted = sorted(keys)
    before: list[before_after.Row] = []
    for start in range(0, len(wanted), _CHUNK):
        part = _NOTES.c.key.in_(wanted[start : start + _CHUNK])
        rows = select(_NOTES.c.id).where(part, _NOTES.c.marked == 0)
        before.extend((note_id, 0) for (note_id,) in connection.execute(rows))
    after: list[before_after.Row] = [(note_id, 1) for note_id, _ in before]
    changes.set_rows("notes", ("marked",), before, after)


class _Columns:
    """All reviews of an import, field by field, so that few objects are made of them."""

    def __init__(self, learned: Sequence[_LearningRows]) -> None:
        self.numbers = [array("q") for _ in PastReview._fields[:_NUMBERS]]
        """Instant, day, rating, duration, state, wait."""
        self.owners = array("i")
        """The place of each one's card."""
        self.given: dict[int, tuple[str, str | None]] = {}
        """Uid and answer of those that have any, by their place."""
        self._order: list[int] = []
        for place, (_, plan) in enumerate(learned):
            if plan.reviews:
                self._add(place, plan.reviews)
        self._order.sort()

    def __len__(self) -> int:
        return len(self._order)

    def in_order(self, start: int, stop: int) -> list[int]:
        """Return the places of some reviews in the order of the log.

        That is by time, but those of a card in the order of the file.
        """
        return [code & _PLACE for code in self._order[start:stop]]

    def _add(self, owner: int, reviews: Sequence[PastReview]) -> None:
        first = len(self.owners)
        if isinstance(reviews, PackedReviews) and reviews.is_bare:
            for column, values in zip(self.numbers, reviews.columns(), strict=True):
                column.extend(values)
        else:
            fields = list(zip(*reviews, strict=True))
            for column, field in zip(self.numbers, fields[:_NUMBERS], strict=True):
                column.extend(field)
            self.given.update(
                (place, each)
                for place, each in enumerate(
                    zip(*fields[_NUMBERS:], strict=True), first
                )
                if each != _NOTHING_GIVEN
            )
        self.owners.extend([owner] * len(reviews))
        times = accumulate(self.numbers[0][first:], max)
        self._order.extend(
            time << _PLACE_BITS | place for place, time in enumerate(times, first)
        )


class _Log:
    """The reviews of one import on their way into the log."""

    def __init__(
        self,
        connection: Connection,
        learned: Sequence[_LearningRows],
        operation_id: int,
    ) -> None:
        self._connection = connection
        self._learned = learned
        self._operation_id = operation_id
        self._taken: set[str] = set()
        self.first = anchors.last_review(connection) + 1
        self.last = self.first - 1
        self.places: dict[int, list[int]] = {
            one.card_id: [] for one in learned if one.plan.anchors
        }
        """The numbers of the reviews of each card with anchors."""

    def write(
        self, new_cards: Mapping[str, int], advance: Callable[[int], None]
    ) -> None:
        """Write the reviews."""
        columns = _Columns(self._learned)
        if self.first > 1:
            self._taken.update(_taken(self._connection, self._learned, new_cards))
        self.last += len(columns)
        tails = [
            uid_tail(plan.card) if plan.reviews else "" for _, plan in self._learned
        ]
        same = {"sitting_id": None, "operation_id": self._operation_id}
        with _indexes(self._connection, len(columns), self.first):
            for start in range(0, len(columns), _PART):
                part = columns.in_order(start, start + _PART)
                rows = self._rows(columns, part, self.first + start, tails)
                bulk.insert_rows(self._connection, _REVIEWS, rows, same)
                advance(len(part))

    def _rows(
        self, columns: _Columns, order: Sequence[int], first: int, tails: Sequence[str]
    ) -> Iterator[tuple[Any, ...]]:
        taken, places = self._taken, self.places
        learned, all_given = self._learned, columns.given
        fields = (
            map(each.__getitem__, order) for each in (columns.owners, *columns.numbers)
        )
        given, answer = _NOTHING_GIVEN
        for number, (place, owner, at, day, rating, duration, state, wait) in enumerate(
            zip(order, *fields, strict=True), first
        ):
            if all_given:
                given, answer = all_given.get(place, _NOTHING_GIVEN)
            card_id = learned[owner][0]
            uid = given or f"{at:012x}{tails[owner]}{rating}"
            if uid in taken:
                uid = new_uid(at)
            if given:
                taken.add(uid)
            if card_id in places:
                places[card_id].append(number)
            yield number, uid, card_id, at, day, rating, duration, state, wait, answer


@contextmanager
def _indexes(connection: Connection, count: int, log: int) -> Iterator[None]:
    """Rebuild the indexes of the log afterwards, where that is quicker than maintaining them.

    Args:
        connection: An open transaction.
        count: Reviews that are about to be written.
        log: Reviews that are there.
    """
    if count < max(_FEW, log / _MOST_TIMES):
        yield
        return
    indexes = connection.exec_driver_sql(_INDEXES).fetchall()
    for name, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        connection.exec_driver_sql(statement)


def _taken(
    connection: Connection,
    learned: Sequence[_LearningRows],
    new_cards: Mapping[str, int],
) -> Iterator[str]:
    """Give the uids wanted that the log has already, mostly for reviews that were retracted."""
    wanted: list[str] = []
    for _, plan in learned:
        is_new = plan.card in new_cards
        tail = uid_tail(plan.card)
        wanted.extend(
            one.uid or f"{one.at:012x}{tail}{one.rating}"
            for one in plan.reviews
            if one.uid or not is_new
        )
    for start in range(0, len(wanted), _PART):
        part = json.dumps(wanted[start : start + _PART])
        yield from (uid for (uid,) in connection.exec_driver_sql(_TAKEN, (part,)))


def _anchors(learned: Sequence[_LearningRows], log: _Log) -> Iterator[NewAnchor]:
    for card_id, plan in learned:
        for one in plan.anchors:
            before = log.places[card_id][one.after - 1] if one.after else log.first - 1
            yield NewAnchor(
                card_id, one.reason, one.memory, before, one.at, one.day, one.uid
            )
