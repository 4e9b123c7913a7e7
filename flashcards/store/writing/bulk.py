"""Write many rows: statements for the model's tables, run directly by SQLite.

SQLAlchemy looks at every value of every row on its way to the database, which costs as
much as writing it. These rows hold what SQLite takes as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import (
    Connection,
    Table,
    bindparam,
    func,
    insert,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import dialect

if TYPE_CHECKING:
    import sqlite3

Row = Sequence[Any]

_ROW_ID = "row_id"


def insert_rows(
    connection: Connection,
    table: Table,
    rows: Iterable[Row],
    constants: Mapping[str, int | None] = MappingProxyType({}),
) -> None:
    """Insert rows that have a value for every column of a table, in its order.

    Args:
        connection: An open transaction.
        table: The table.
        rows: The rows, without the columns of `constants`.
        constants: Values that all rows have, by column; SQLite gets them once.
    """
    # SQLAlchemy would want them all at once; SQLite takes them one by one.
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    driver.executemany(_insert(table, tuple(constants.items())), rows)


def update_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Set columns of rows; each row begins with its id."""
    statement, order = _update(table, tuple(columns))
    values = [tuple([row[place] for place in order]) for row in rows]
    if values:
        connection.exec_driver_sql(statement, values)


def next_id(connection: Connection, table: Table) -> int:
    """Return the id that the next row of a table gets."""
    last = connection.scalar(select(func.max(table.c.id)))
    return int(last or 0) + 1


@lru_cache(maxsize=64)
def _insert(table: Table, constants: tuple[tuple[str, int | None], ...]) -> str:
    known = {
        name: null() if value is None else literal_column(f"{value:d}")
        for name, value in constants
    }
    values = {
        column.name: known.get(column.name, bindparam(column.name))
        for column in table.columns
    }
    return str(insert(table).values(values).compile(dialect=dialect()))


@cache
def _update(table: Table, columns: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    """Return the statement, and which value of a row each of its parameters is."""
    # A parameter may not have the name of a column that is set, hence the prefix.
    statement = (
        update(table)
        .where(table.c.id == bindparam(_ROW_ID))
        .values({name: bindparam(f"new_{name}") for name in columns})
        .compile(dialect=dialect())
    )
    given = (_ROW_ID, *(f"new_{name}" for name in columns))
    return str(statement), tuple(
        given.index(name) for name in statement.positiontup or ()
    )
