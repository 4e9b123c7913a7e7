"""The tables refuse invalid values, and every column is documented."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from sqlmodel import SQLModel

from flashcards.domain.cards import Memory
from flashcards.store.database import schema_statements
from flashcards.store.rows import StoredDeck
from flashcards.store.store import Store
from flashcards.store.tables import model
from tests.helpers import PROJECT
from tests.unit.store.building import basic, deck, sync

DOCUMENT = PROJECT / "docs" / "database.md"


def documented() -> dict[str, dict[str, str]]:
    """Return the documented meanings by table and column."""
    tables: dict[str, dict[str, str]] = {}
    for section in DOCUMENT.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, *lines = section.splitlines()
        rows = [
            line.strip("| ").split(" | ", 1) for line in lines if line.startswith("| `")
        ]
        tables[name] = {column.strip("`"): meaning for column, meaning in rows}
    return tables


def test_every_column_is_explained_in_the_document() -> None:
    tables = {
        table.name: {column.name: column.comment for column in table.columns}
        for table in SQLModel.metadata.tables.values()
    }
    assert documented() == tables


def test_a_memory_has_its_columns_in_the_same_order() -> None:
    assert tuple(Memory.__dataclass_fields__) == model.MEMORY_COLUMNS


def test_known_decks_have_their_columns_in_the_same_order() -> None:
    columns = tuple(model.table_of(model.Deck).columns.keys())
    assert columns == ("id", *StoredDeck._fields[1:])


def test_the_schema_has_all_statements() -> None:
    statements = schema_statements()
    assert sum("CREATE TABLE" in statement for statement in statements) == 22
    assert sum("CREATE TRIGGER" in statement for statement in statements) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cards SET state = 4",
        "UPDATE cards SET state = 2",
        "UPDATE cards SET stability = 0",
        "UPDATE cards SET difficulty = 11",
        "UPDATE cards SET reps = -1",
        "UPDATE cards SET reps = NULL",
        "UPDATE cards SET suspended = 2",
        "UPDATE cards SET note_id = 99",
        "UPDATE notes SET key = ''",
        "UPDATE notes SET marked = 3",
        "UPDATE decks SET title = NULL",
        "UPDATE operations SET undone = 3",
        "INSERT INTO decks SELECT 9, key, title, '', '', '', '', '', '', 0, '', 0, '', '', '', '', 0, 0 FROM decks",
        "UPDATE decks SET is_partial = 2",
        "INSERT INTO reviews VALUES (1, 'u', 1, NULL, NULL, 1, 1, 5, 1, 0, 0, NULL)",
        "INSERT INTO reviews VALUES (1, 'u', 1, NULL, NULL, 1, 1, 3, -1, 0, 0, NULL)",
        "INSERT INTO reviews VALUES (1, 'u', 9, NULL, NULL, 1, 1, 3, 1, 0, 0, NULL)",
    ],
)
def test_invalid_values_are_refused(store: Store, statement: str) -> None:
    sync(store, deck("a", basic("n1")))
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_reading_loads_no_database_mapper() -> None:
    program = (
        "import sys, flashcards.store.reader, flashcards.store.maintenance.doctor, flashcards.store.reading.export.contents\n"
        "print(sorted({'sqlmodel', 'sqlalchemy', 'pydantic', 'yaml', 'asyncio'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
