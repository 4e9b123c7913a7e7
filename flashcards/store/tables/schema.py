"""The tables, indexes and triggers of a store, compared with those of the model."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache

from flashcards.store.tables.ranges import RULES

Columns = dict[str, tuple[str, int, int]]
"""Type, whether it must have a value, and place in the primary key, by column."""

_OBJECTS = """
    SELECT type, name, sql FROM sqlite_master
    WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name
"""
_KINDS = {
    "INTEGER": ("integer",),
    "BOOLEAN": ("integer",),
    "FLOAT": ("real", "integer"),
    "VARCHAR": ("text",),
    "BLOB": ("blob",),
}
"""Types of values that SQLite may store in columns of a type."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The tables, indexes, triggers and views of a database."""

    tables: dict[str, Columns] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)
    """Statement by name, without differences in layout."""
    triggers: dict[str, str] = field(default_factory=dict)
    views: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    """The original statement of an index or a trigger, by its name."""


def structure_of(connection: sqlite3.Connection) -> Structure:
    """Return the structure of an open database."""
    structure = Structure()
    for kind, name, statement in connection.execute(_OBJECTS).fetchall():
        if kind == "table":
            quoted = name.replace('"', '""')
            rows = connection.execute(f'PRAGMA table_info("{quoted}")').fetchall()
            structure.tables[name] = {
                column: (type_.upper(), required, place)
                for _, column, type_, required, _, place in rows
            }
            continue
        by_kind = {
            "index": structure.indexes,
            "trigger": structure.triggers,
            "view": structure.views,
        }
        by_kind[kind][name] = " ".join(statement.split()).casefold()
        structure.statements[name] = statement
    return structure


@cache
def expected_structure() -> Structure:
    """Return the structure of a store of the current version."""
    from flashcards.store.database import schema_statements

    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema_statements():
            connection.execute(statement)
        return structure_of(connection)


def lacks(found: Structure) -> list[str]:
    """Return sentences on missing tables and columns, which only a backup can restore."""
    sentences = []
    for name, columns in expected_structure().tables.items():
        if name not in found.tables:
            sentences.append(f"The table {name} is missing.")
            continue
        sentences += [
            f"The column {column} of the table {name} is missing or changed."
            for column, facts in columns.items()
            if found.tables[name].get(column) != facts
        ]
    return sentences


def repairs(found: Structure) -> dict[str, list[str]]:
    """Return problems of indexes and triggers, each with the statements that repair it."""
    expected = expected_structure()
    result: dict[str, list[str]] = {}
    for kind, expected_items, found_items in (
        ("index", expected.indexes, found.indexes),
        ("trigger", expected.triggers, found.triggers),
    ):
        for name, statement in expected_items.items():
            creation = expected.statements[name]
            if name not in found_items:
                result[f"The {kind} {name} is missing."] = [creation]
            elif found_items[name] != statement:
                result[f"The {kind} {name} was changed."] = [
                    _drop(kind, name),
                    creation,
                ]
    for name in found.triggers.keys() - expected.triggers.keys():
        sentence = f"The trigger {name} is not of this program."
        result[sentence] = [_drop("trigger", name)]
    return result


def strange_values(connection: sqlite3.Connection) -> list[str]:
    """Return sentences on columns with values of a wrong type.

    Columns that are checked row by row are left out.
    """
    sentences = []
    for table, columns in expected_structure().tables.items():
        known = {rule.column for rule in RULES[table].rules} if table in RULES else ()
        names = [name for name in columns if name not in known]
        if not names:
            continue
        counts = ", ".join(
            f"coalesce(sum(typeof({name}) NOT IN ({_allowed(*columns[name])})), 0)"
            for name in names
        )
        query = f"SELECT {counts} FROM {table}"  # noqa: S608 - names of the model
        row = connection.execute(query).fetchone()
        sentences += [
            f"The column {name} of the table {table} holds {count:,} values of another type."
            for name, count in zip(names, row, strict=True)
            if count
        ]
    return sentences


def _allowed(type_: str, required: int, place: int) -> str:
    kinds = _KINDS[type_] if required or place else (*_KINDS[type_], "null")
    return ", ".join(f"'{kind}'" for kind in kinds)


def _drop(kind: str, name: str) -> str:
    quoted = name.replace('"', '""')
    return f'DROP {kind.upper()} "{quoted}"'
