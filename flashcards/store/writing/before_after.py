"""Values before and after an operation, saved so that it can be undone.

The image of an operation is JSON:

    changes   [{table, columns, before, after}], rows being [id, value, ...]
    added     {table: [first id, last id]}; undone by retiring the rows
    lists     {requirements | links: {before, after}}, each {note id: [key, ...]}
    sources   {before, after}, each {key: [column, ...] or null}
    origins   {before, after}, each {note id: [column, ...] or null}
    whole     {table: {before, after}}, each all rows of a small table
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, update

from flashcards.domain.cards import Memory
from flashcards.store.tables.model import (
    MEMORY_COLUMNS,
    Card,
    Deck,
    Link,
    Note,
    Plan,
    PlanDayOff,
    PlanInterview,
    PlanNote,
    PlanTask,
    PlanWeight,
    Report,
    Requirement,
    Source,
    table_of,
)
from flashcards.store.writing import bulk
from flashcards.store.writing.importing import origins
from flashcards.store.writing.undo_snapshot import UndoSnapshot

Side = Literal["before", "after"]
Row = Sequence[Any]

REVIEWED = (*MEMORY_COLUMNS, "leech")
"""The columns of a card that a review changes."""

_TABLES = {
    table.name: table for table in (table_of(m) for m in (Card, Deck, Note, Report))
}
_LISTS = {table.name: table for table in (table_of(Requirement), table_of(Link))}
_SOURCES = table_of(Source)
PLAN_TABLES = {
    table.name: table
    for table in (
        table_of(m)
        for m in (Plan, PlanInterview, PlanNote, PlanDayOff, PlanWeight, PlanTask)
    )
}
"""The tables that hold the study plan."""


_VALUES = attrgetter(*MEMORY_COLUMNS)


def memory_values(memory: Memory) -> list[int | float | None]:
    """Return a memory as the values of its columns."""
    return list(_VALUES(memory))


def change(
    table: str, columns: Sequence[str], before: Iterable[Row], after: Iterable[Row]
) -> UndoSnapshot:
    """Return the image of rows that were changed; each row begins with its id."""
    # The columns of a review are saved by name: there is one such snapshot for every review.
    names = "reviewed" if tuple(columns) == REVIEWED else list(columns)
    return {
        "table": table,
        "columns": names,
        "before": list(before),
        "after": list(after),
    }


def restore(connection: Connection, image: UndoSnapshot, side: Side) -> None:
    """Write one side of an image into the store."""
    for item in image.get("changes", ()):
        columns = REVIEWED if item["columns"] == "reviewed" else item["columns"]
        write_rows(connection, item["table"], columns, item[side])
    for name, (first, last) in image.get("added", {}).items():
        table = _TABLES[name]
        rows = table.c.id.between(first, last)
        connection.execute(update(table).where(rows).values(retired=side == "before"))
    for name, sides in image.get("lists", {}).items():
        write_lists(
            connection, name, {int(key): keys for key, keys in sides[side].items()}
        )
    write_sources(connection, image.get("sources", {}).get(side, {}))
    found = image.get("origins", {}).get(side, {})
    origins.write(connection, {int(key): row for key, row in found.items()})
    for name, sides in image.get("whole", {}).items():
        write_whole(connection, name, sides[side])


def write_rows(
    connection: Connection, table_name: str, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    """Set columns of rows that begin with their id."""
    bulk.update_rows(connection, _TABLES[table_name], columns, rows)


def write_lists(
    connection: Connection, table_name: str, lists: dict[int, Sequence[str]]
) -> None:
    """Replace the requirements or links of notes."""
    if not lists:
        return
    table = _LISTS[table_name]
    connection.execute(
        delete(table).where(table.c.note_id == bindparam("owner")),
        [{"owner": note_id} for note_id in lists],
    )
    rows = [(note_id, key) for note_id, keys in lists.items() for key in keys]
    bulk.insert_rows(connection, table, rows)


def write_sources(connection: Connection, sources: dict[str, Row | None]) -> None:
    """Set entries of the bibliography; those that are None are removed."""
    if not sources:
        return
    connection.execute(
        delete(_SOURCES).where(_SOURCES.c.key == bindparam("old")),
        [{"old": key} for key in sources],
    )
    bulk.insert_rows(connection, _SOURCES, (row for row in sources.values() if row))


def write_whole(connection: Connection, table_name: str, rows: Sequence[Row]) -> None:
    """Replace all rows of a table of the plan."""
    table = PLAN_TABLES[table_name]
    connection.execute(delete(table))
    bulk.insert_rows(connection, table, rows)
