"""Anchors: memory states that replace the replay of earlier reviews."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection, update

from flashcards.domain.cards import Memory, Reason
from flashcards.store.tables.model import Anchor, Review, table_of
from flashcards.store.tables.uid import new_uid
from flashcards.store.writing import bulk
from flashcards.store.writing.before_after import memory_values

_ANCHORS = table_of(Anchor)
_REVIEWS = table_of(Review)
_TAKEN = "SELECT uid FROM anchors WHERE uid IN (SELECT value FROM json_each(?))"


class NewAnchor(NamedTuple):
    """An anchor that is not stored yet."""

    card_id: int
    reason: Reason
    memory: Memory
    after_review: int
    at: int
    day: int
    uid: str = ""
    """Empty for a new one."""


def add(connection: Connection, rows: Iterable[NewAnchor], operation_id: int) -> None:
    """Save the anchors of an operation."""
    new = list(rows)
    given = json.dumps([row.uid for row in new if row.uid])
    taken = {uid for (uid,) in connection.exec_driver_sql(_TAKEN, (given,))}
    bulk.insert_rows(
        connection, _ANCHORS, (_row(row, operation_id, taken) for row in new)
    )


def withdraw(connection: Connection, operation_id: int) -> None:
    """Withdraw the anchors that an operation set."""
    _set(connection, operation_id, withdrawn=True)


def bring_back(connection: Connection, operation_id: int, moved: int | None) -> None:
    """Restore the anchors that an operation set.

    Args:
        connection: An open transaction.
        operation_id: The operation.
        moved: How many rows further down the log the reviews of the operation are now;
            None where it has none, so that its anchors stood at the end of the log.
    """
    place = last_review(connection)
    if moved is None:
        _set(connection, operation_id, withdrawn=False, after_review=place)
    else:
        after = _ANCHORS.c.after_review + moved
        _set(connection, operation_id, withdrawn=False, after_review=after)


def last_review(connection: Connection) -> int:
    """Return the number of the last review in the log, 0 where there is none."""
    return bulk.next_id(connection, _REVIEWS) - 1


def _set(connection: Connection, operation_id: int, **values: object) -> None:
    connection.execute(
        update(_ANCHORS).where(_ANCHORS.c.operation_id == operation_id).values(**values)
    )


def _row(
    row: NewAnchor, operation_id: int, taken: Collection[str]
) -> tuple[object, ...]:
    return (
        None,
        row.uid if row.uid and row.uid not in taken else new_uid(row.at),
        row.card_id,
        row.after_review,
        row.at,
        row.day,
        str(row.reason),
        *memory_values(row.memory),
        operation_id,
        0,
    )
