"""Finds rows with impossible values when a store is opened, and leaves them out.

Temporary views replace tables with such rows for a connection, so that every query sees
only undamaged rows.
"""

# ruff: noqa: S608 - queries are put together from the constants of the model alone

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from flashcards.store.tables.ranges import RULES
from flashcards.store.tables.rules import TableRules

_MOST = 1000
"""Rows of a table that are reported at most."""
_FIND = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM main.{table} WHERE {condition})"
    for table, rules in RULES.items()
    for condition in (
        rules.damaged,
        *([f"{rules.opened} AND {rules.wrong}"] if rules.opened else []),
    )
)
_OWNERS = {
    "cards": ("note_id", "notes"),
    "reviews": ("card_id", "cards"),
    "anchors": ("card_id", "cards"),
}
"""By table: the column and table of the row without which a row is left out too."""


class DamagedRow(NamedTuple):
    """A row that readers leave out or see with replaced values."""

    table: str
    noun: str
    """Such as `card`."""
    label: str
    """Names the row, such as `mcl-012:c2`."""


def leave_out_damaged(connection: sqlite3.Connection) -> list[DamagedRow]:
    """Leave damaged rows out of all queries of a connection, and return them."""
    try:
        damaged = {table for (table,) in connection.execute(_FIND)}
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        # A table or column is missing, which queries that need it report.
        return []
    if not damaged:
        return []
    rows = [row for table in damaged for row in _rows_of(connection, table)]
    connection.execute("PRAGMA temp_store = MEMORY")
    replaced_tables = set(damaged)
    for table, rules in RULES.items():
        owner = _OWNERS.get(table, ("", ""))[1]
        if owner in replaced_tables:
            replaced_tables.add(table)
        if table in replaced_tables:
            connection.execute(
                _view(table, rules, owner if owner in replaced_tables else "")
            )
    return sorted(rows)


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
    condition = rules.without_errors if rules.opened else rules.sound
    if owner:
        column = _OWNERS[table][0]
        condition = f"{condition} AND {column} IN (SELECT id FROM {owner})"
    return f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {condition}"


def _corrected(table: str, rules: TableRules) -> str:
    """Return a query for all rows with impossible values replaced."""
    columns = ", ".join(
        f"CASE WHEN {rule.sound} THEN {rule.column} "
        f"ELSE {rule.instead or 'NULL'} END AS {rule.column}"
        for rule in rules.rules
    )
    row_id = "id, " if table in _WITH_ID else ""
    return f"SELECT {row_id}{columns} FROM main.{table}"


_WITH_ID = ("decks", "reports", "plans")
"""Tables of corrected rows that have an id."""
