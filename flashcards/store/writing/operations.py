"""The journal of operations: add, undo and redo them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from flashcards.domain.clock import Moment
from flashcards.errors import FlashcardsError
from flashcards.store.reading import undo_state
from flashcards.store.rows import OperationRow
from flashcards.store.tables.model import (
    Operation,
    Retraction,
    Review,
    SessionRecord,
    table_of,
)
from flashcards.store.tables.uid import new_uid
from flashcards.store.writing import anchors, before_after
from flashcards.store.writing.importing import histories
from flashcards.store.writing.undo_snapshot import DAMAGED, UndoSnapshot, decode, encode

REVIEW = "review"
BURY = "bury"
SUSPEND = "suspend"
MARK = "mark"
REPORT = "report"
PLAN = "plan"
DUE = "due"
IMPORT = undo_state.IMPORT
HISTORY = undo_state.HISTORY

_OPERATIONS = table_of(Operation)
_REVIEWS = table_of(Review)
_RETRACTIONS = table_of(Retraction)
_SITTINGS = table_of(SessionRecord)

_COLUMNS = (
    "id",
    "uid",
    "kind",
    "label",
    "at",
    "study_day",
    "sitting_id",
    "undone",
    "payload",
)
"""The columns of an `OperationRow` in its order, and the payload."""
_SELECT = select(*(_OPERATIONS.c[name] for name in _COLUMNS))


class Heading(NamedTuple):
    """The columns of an operation except its snapshot."""

    kind: str
    label: str
    at: int
    day: int
    record_id: int | None = None


def add(connection: Connection, heading: Heading, image: UndoSnapshot) -> int:
    """Add an operation to the journal and return its id."""
    connection.exec_driver_sql(undo_state.DROP_UNDONE)
    result = connection.execute(
        insert(_OPERATIONS),
        {
            "uid": new_uid(heading.at),
            "kind": heading.kind,
            "label": heading.label,
            "at": heading.at,
            "study_day": heading.day,
            "sitting_id": heading.record_id,
            "payload": encode(image),
            "undone": 0,
        },
    )
    return int(result.lastrowid)


def set_image(connection: Connection, operation_id: int, image: UndoSnapshot) -> None:
    """Set the snapshot of an operation that is known only after the change."""
    connection.execute(
        update(_OPERATIONS)
        .where(_OPERATIONS.c.id == operation_id)
        .values(payload=encode(image))
    )


def undo(
    connection: Connection, kinds: undo_state.Kinds, moment: Moment
) -> OperationRow | None:
    """Undo the newest operation of some kinds; return None without one."""
    operation_id = undo_state.undoable(_asking(connection), kinds)
    if not operation_id:
        return None
    operation, image = _switch(connection, operation_id, "before")
    anchors.withdraw(connection, operation_id)
    if operation.kind == HISTORY:
        histories.retract(connection, image, operation_id, moment)
        set_image(connection, operation_id, image)
        return operation
    review = _last_review(connection, operation_id)
    if review:
        connection.execute(
            insert(_RETRACTIONS),
            {
                "review_id": review["id"],
                "retracted_at": moment.at,
                "operation_id": operation_id,
            },
        )
        _set_current(connection, operation.record_id, review["card_id"])
    return operation


def redo(
    connection: Connection, kinds: undo_state.Kinds, moment: Moment
) -> OperationRow | None:
    """Redo the operation that was undone last; return None without one."""
    operation_id = undo_state.redoable(_asking(connection), kinds)
    if not operation_id:
        return None
    operation, image = _switch(connection, operation_id, "after")
    if operation.kind == HISTORY:
        moved = histories.repeat(connection, image, moment)
        set_image(connection, operation_id, image)
        anchors.bring_back(connection, operation_id, moved)
        return operation
    anchors.bring_back(connection, operation_id, None)
    review = _last_review(connection, operation_id)
    if review:
        repeated = {**review, "uid": new_uid(moment.at)}
        del repeated["id"]
        connection.execute(insert(_REVIEWS), repeated)
        _set_current(connection, operation.record_id, None)
    return operation


def _switch(
    connection: Connection, operation_id: int, side: before_after.Side
) -> tuple[OperationRow, UndoSnapshot]:
    row = connection.execute(_SELECT.where(_OPERATIONS.c.id == operation_id)).one()
    image = decode(row.payload)
    try:
        before_after.restore(connection, image, side)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise FlashcardsError(DAMAGED) from error
    undone = side == "before"
    connection.execute(
        update(_OPERATIONS)
        .where(_OPERATIONS.c.id == operation_id)
        .values(undone=int(undone))
    )
    return OperationRow._make([*row[:-2], undone]), image


def _last_review(connection: Connection, operation_id: int) -> dict[str, Any] | None:
    row = connection.execute(
        select(_REVIEWS)
        .where(_REVIEWS.c.operation_id == operation_id)
        .order_by(_REVIEWS.c.id.desc())
        .limit(1)
    ).first()
    return dict(row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public name


def _set_current(
    connection: Connection, record_id: int | None, card_id: int | None
) -> None:
    if record_id is not None:
        connection.execute(
            update(_SITTINGS)
            .where(_SITTINGS.c.id == record_id)
            .values(current_card_id=card_id)
        )


def _asking(connection: Connection) -> undo_state.Ask:
    return lambda query, values: connection.exec_driver_sql(query, values).scalar()
