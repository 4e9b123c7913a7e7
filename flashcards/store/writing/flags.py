"""Saves what a learner sets on cards and notes: hidden, due, marked, reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Table, insert, select

from flashcards.domain.bundle import NoteReport
from flashcards.domain.cards import Memory, Reason, State
from flashcards.errors import NothingFoundError
from flashcards.store.tables.model import MEMORY_COLUMNS, Card, Note, Report, table_of
from flashcards.store.writing import anchors, before_after
from flashcards.store.writing.anchors import NewAnchor
from flashcards.store.writing.importing.note_changes import ChangeRecorder
from flashcards.store.writing.operations import Heading, add, set_image

_CHUNK = 500

_CARDS = table_of(Card)
_NOTES = table_of(Note)
_REPORTS = table_of(Report)

_DUE = ["due_day", "due_at"]
_MEMORY = [_CARDS.c[name] for name in MEMORY_COLUMNS]


def set_cards(
    connection: Connection,
    card_ids: Iterable[int],
    column: str,
    value: int | None,
    heading: Heading,
) -> int:
    """Set one column of cards and return the id of the operation."""
    return _set(connection, _CARDS, sorted(set(card_ids)), column, value, heading)


def make_due(connection: Connection, card_ids: Iterable[int], heading: Heading) -> int:
    """Make cards due on the day of the heading and return the id of the operation.

    New cards are not changed, because they have no due day.
    """
    ids = sorted(set(card_ids))
    before: list[list[int | None]] = []
    after: list[list[int | None]] = []
    memories: dict[int, Memory] = {}
    for start in range(0, len(ids), _CHUNK):
        part = _CARDS.c.id.in_(ids[start : start + _CHUNK])
        rows = select(_CARDS.c.id, *_MEMORY).where(part, _CARDS.c.state > 0)
        for card_id, state, *rest in connection.execute(rows):
            memory = Memory(State(state), *rest)
            made = _due_by(memory, heading)
            before.append([card_id, memory.due_day, memory.due_at])
            after.append([card_id, made.due_day, made.due_at])
            if made != memory:
                memories[card_id] = made
    before_after.write_rows(connection, _CARDS.name, _DUE, after)
    image = before_after.change(_CARDS.name, _DUE, before, after)
    operation_id = add(connection, heading, {"changes": [image]})
    place = anchors.last_review(connection)
    made_due = (
        NewAnchor(card_id, Reason.DUE, memory, place, heading.at, heading.day)
        for card_id, memory in memories.items()
    )
    anchors.add(connection, made_due, operation_id)
    return operation_id


def set_note(
    connection: Connection, note_id: int, column: str, value: int, heading: Heading
) -> int:
    """Set one column of a note and return the id of the operation."""
    return _set(connection, _NOTES, [note_id], column, value, heading)


def add_report(
    connection: Connection,
    note_id: int,
    card_id: int | None,
    text: str,
    heading: Heading,
) -> int:
    """Save a report and return the id of its operation; undo withdraws the report."""
    operation_id = add(connection, heading, {})
    result = connection.execute(
        insert(_REPORTS),
        {
            "note_id": note_id,
            "card_id": card_id,
            "text": text,
            "at": heading.at,
            "operation_id": operation_id,
            "withdrawn": False,
        },
    )
    report_id = result.lastrowid
    image = before_after.change(
        "reports", ["withdrawn"], [[report_id, 1]], [[report_id, 0]]
    )
    set_image(connection, operation_id, {"changes": [image]})
    return operation_id


def restore_report(
    connection: Connection,
    reports: Sequence[NoteReport],
    changes: ChangeRecorder,
    operation_id: int,
) -> None:
    """Save imported reports of existing notes."""
    for note, card, text, at in reports:
        note_id = connection.scalar(select(_NOTES.c.id).where(_NOTES.c.key == note))
        if note_id is None:
            continue
        card_id = connection.scalar(select(_CARDS.c.id).where(_CARDS.c.key == card))
        row = {
            "note_id": note_id,
            "card_id": card_id,
            "text": text,
            "at": at,
            "operation_id": operation_id,
            "withdrawn": False,
        }
        number = connection.execute(insert(_REPORTS), row).lastrowid
        changes.record("reports", ("withdrawn",), [[number, 1]], [[number, 0]])


def _due_by(memory: Memory, heading: Heading) -> Memory:
    """Return the memory, due on the day of the heading unless it is due earlier."""
    day, at = memory.due_day, memory.due_at
    return replace(
        memory,
        due_day=None if day is None else min(day, heading.day),
        due_at=None if at is None else min(at, heading.at),
    )


def _set(
    connection: Connection,
    table: Table,
    ids: Sequence[int],
    column: str,
    value: int | None,
    heading: Heading,
) -> int:
    before: list[list[int | None]] = []
    for start in range(0, len(ids), _CHUNK):
        part = table.c.id.in_(ids[start : start + _CHUNK])
        rows = connection.execute(select(table.c.id, table.c[column]).where(part))
        before.extend(
            [int(row_id), old if old is None else int(old)] for row_id, old in rows
        )
    if len(before) < len(ids):
        raise NothingFoundError(
            "One of these is no longer in the store, so nothing was changed."
        )
    after = [[row_id, value] for row_id, _ in before]
    before_after.write_rows(connection, table.name, [column], after)
    image = before_after.change(table.name, [column], before, after)
    return add(connection, heading, {"changes": [image]})
