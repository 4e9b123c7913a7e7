"""Finds impossible values in the store, and repairs them or sets their rows aside."""

# ruff: noqa: S608 - statements are put together from the constants of the model alone

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.store.tables.ranges import RULES
from flashcards.store.tables.rules import TableRules
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

MOST = 20
"""Rows of a table that are reported at most."""
_MAX_QUOTED = 60
_IMPORT = "Import its file again to repair it."
_REPAIR = (
    "`flashcards doctor --repair` makes a backup and then repairs it or sets it aside."
)
_RESTORE = "Bring back a backup with `flashcards restore`."


class WrongRow(NamedTuple):
    """A row with impossible values."""

    sentence: str
    remedy: str


def wrong_rows(connection: sqlite3.Connection) -> Iterator[WrongRow]:
    """Yield the rows with impossible values that still count, table by table.

    Args:
        connection: An open connection that tolerates text that is not UTF-8.
    """
    for table, rules in RULES.items():
        yield from _rows_of_table(connection, table, rules)


def set_aside(connection: sqlite3.Connection, at: int) -> None:
    """Replace impossible values, or set their rows aside if there is no possible value.

    A review is retracted and an anchor is withdrawn, so the row itself does not change.

    Args:
        connection: A connection inside a transaction.
        at: The present instant in Unix milliseconds.
    """
    for table, rules in RULES.items():
        if rules.first:
            connection.execute(rules.first)
        if rules.set_aside:
            statement = rules.set_aside.format(damaged=rules.wrong)
            values = {"at": at} if ":at" in statement else {}
            connection.execute(statement, values)
            continue
        columns = [
            f"{rule.column} = CASE WHEN {rule.sound} THEN {rule.column} "
            f"ELSE {rule.instead} END"
            for rule in rules.rules
            if rule.instead is not None
        ]
        also = [rules.also] if rules.also else []
        connection.execute(
            f"UPDATE {table} SET {', '.join([*columns, *also])} WHERE {rules.wrong}"
        )


def _rows_of_table(
    connection: sqlite3.Connection, table: str, rules: TableRules
) -> Iterator[WrongRow]:
    quoted_values = ", ".join(
        f"CASE WHEN {rule.sound} THEN '' ELSE quote({rule.column}) END"
        for rule in rules.rules
    )
    query = (
        f"SELECT CAST({rules.label} AS TEXT), {quoted_values} FROM {table} "
        f"WHERE {rules.wrong} AND {rules.in_force or 'TRUE'} LIMIT {MOST}"
    )
    for label, *values in connection.execute(query):
        wrong = [
            (rule, one_line(str(value), _MAX_QUOTED))
            for rule, value in zip(rules.rules, values, strict=True)
            if value
        ]
        subject = f"The {rules.noun} `{label or ''}`"
        if table == "plans":
            subject = "The study plan"
        values_text = ", ".join(f"{rule.column} is {value}" for rule, value in wrong)
        sentence = (
            f"{subject} has impossible values: "
            f"{values_text or 'they contradict each other'}."
        )
        yield WrongRow(
            sentence, _remedy(table, rules, [rule.column for rule, _ in wrong])
        )


def _remedy(table: str, rules: TableRules, columns: list[str]) -> str:
    if rules.set_aside:
        return _REPAIR
    instead = {rule.column: rule.instead for rule in rules.rules}
    if all(instead[column] is not None for column in columns):
        return _REPAIR
    return _IMPORT if table == "notes" else _RESTORE
