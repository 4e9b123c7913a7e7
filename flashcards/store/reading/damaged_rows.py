"""Rows that hold what was never written there: found as a store is opened, and left out.

Temporary views of a connection take the place of the tables in which there are any, so
that every query sees sound rows alone and none has to think of damage.
"""

# ruff: noqa: S608 - queries are put together from the constants of the model alone

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from flashcards.store.tables.ranges import RULES
from flashcards.store.tables.rules import TableRules

_MOST = 1000
"""Rows of a table that are named."""
_FIND = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM main.{table} WHERE {condition})"
    for table, rules in RULES.items()
    for condition in (
        rules.damaged,
        *([f"{rules.opened} AND {rules.wrong}"] if rules.opened else []),
    )
)
_BELONGS = {
    "cards": ("note_id", "notes"),
    "reviews": ("card_id", "cards"),
    "anchors": ("card_id", "cards"),
}
"""A row of the one table is left out with the row of the other that it names."""


class DamagedRow(NamedTuple):
    """A row that readers leave out, or see with other values."""

    table: str
    noun: str
    """Such as `card`."""
    label: str
    """Names the row, such as `mcl-012:c2`."""


def leave_out_damaged(connection: sqlite3.Connection) -> list[DamagedRow]:
    """Leave damaged rows out of all that a connection reads, and return them."""
    try:
        damaged = {table for (table,) in connection.execute(_FIND)}
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        # A table or a column is missing, which whatever needs it says.
        return []
    if not damaged:
        return []
    found = [row for table in damaged for row in _rows_of(connection, table)]
    connection.execute("PRAGMA temp_store = MEMORY")
    shown = set(damaged)
    for table, rules in RULES.items():
        owner = _BELONGS.get(table, ("", ""))[1]
        if owner in shown:
            shown.add(table)
        if table in shown:
            connection.execute(_view(table, rules, owner if owner in shown else ""))
    return sorted(found)


def _rows_of(connection: sqlite3.Connection, table: str) -> list[DamagedRow]:
    rules = RULES[table]
    query = (
        f"SELECT CAST({rules.label} AS TEXT) FROM main.{table} "
        f"WHERE ({rules.damaged} OR ({rules.opened or 'FALSE'}) AND {rules.wrong}) "
        f"AND {rules.in_force or 'TRUE'} LIMIT {_MOST}"
    )
    return [
        DamagedRow(table, rules.noun, label or "")
        for (label,) in connection.execute(query)
    ]


def _view(table: str, rules: TableRules, owner: str) -> str:
    if not rules.is_left_out:
        return f"CREATE TEMP VIEW {table} AS {_corrected(table, rules)}"
    condition = rules.faultless if rules.opened else rules.sound
    if owner:
        column = _BELONGS[table][0]
        condition = f"{condition} AND {column} IN (SELECT id FROM {owner})"
    return f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {condition}"


def _corrected(table: str, rules: TableRules) -> str:
    """Return a query for all rows with other values in the place of those never written."""
    columns = ", ".join(
        f"CASE WHEN {rule.sound} THEN {rule.column} "
        f"ELSE {rule.instead or 'NULL'} END AS {rule.column}"
        for rule in rules.rules
    )
    row_id = "id, " if table in _WITH_ID else ""
    return f"SELECT {row_id}{columns} FROM main.{table}"


_WITH_ID = ("decks", "reports", "plans")
"""Tables of corrected rows that have a row id of their own."""
