"""No value in any column keeps a command from working, or from saying what is wrong."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.__main__ import run
from flashcards.store.tables.schema import expected_structure
from tests.examples import scale_examples
from tests.property.any_past import DECKS, fill
from tests.property.test_any_past import NOW, TODAY, streams

CARDS = [
    {
        "card": card,
        "state": "review",
        "stability": 3.0,
        "difficulty": 5.0,
        "due_day": TODAY - 1,
        "last_day": TODAY - 4,
        "interval_seconds": 259_200,
        "reps": 1,
        "lapses": 0,
        "reviews": [[NOW - 345_600_000, TODAY - 4, 3, 5_000, 0, 259_200, "", None]],
    }
    for card in ("m-1", "m-3", "s-1")
]
PAST = {
    "format": "flashcards",
    "version": 1,
    "review_fields": [
        "at", "day", "rating", "duration_ms", "state", "interval_seconds", "uid", "answer"
    ],
    "decks": DECKS,
    "cards": CARDS,
    "plan": {
        "started_day": TODAY - 5,
        "interviews": [{"day": TODAY + 20, "title": "Bank"}],
        "minutes": 15,
        "target": 0.85,
        "weekdays_off": [6],
        "dates_off": [TODAY + 3],
        "scope": ["metrics"],
        "weights": [["metrics", 2]],
        "tasks": [{"name": "read", "kind": "read", "title": "Read", "day": TODAY + 1}],
    },
}  # fmt: skip
COMMANDS = (
    ("due",),
    ("decks",),
    ("stats",),
    ("plan",),
    ("card", "m-1"),
    ("review", "--plain"),
    ("quiz", "--plain", "--exam"),
    ("undo", "--list"),
    ("export", "-o", "-", "--format", "json"),
    ("doctor",),
)
REFERENCES = ("id", "key", "deck_id", "note_id", "card_id", "operation_id")
"""Columns by which rows find one another: without them there is only a backup."""
CHANGES = sorted(
    (table, column)
    for table, columns in expected_structure().tables.items()
    for column in columns
    if table != "store_identity"
)
VALUES = (
    "'x'",
    "''",
    "-1",
    "NULL",
    "9e999",
    "9223372036854775807",
    "1e300",
    "x'ff00'",
    "'{'",
    "'[5]'",
    "CAST(x'ff' AS TEXT)",
)


def change(home: Path, table: str, column: str, value: str) -> None:
    """Set a column of one row, as somebody does who edits the database by hand."""
    with closing(sqlite3.connect(home / "flashcards.db")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        key = column if table in ("forecasts", "links", "requirements") else "rowid"
        # Some columns refuse a value by themselves, and then nothing is damaged.
        with suppress(sqlite3.IntegrityError):
            connection.execute(
                f"UPDATE {table} SET {column} = {value} "  # noqa: S608 - constants
                f"WHERE {key} = (SELECT min({key}) FROM {table})"
            )
        for _, statement in triggers:
            connection.execute(statement)
        connection.commit()


def outcome(home: Path, *command: str) -> tuple[int, str]:
    """Return status and complaints of a command; an exception fails the test."""
    with streams("\n3\n\n3\nq\n") as (_, err):
        status = run(["--home", str(home), *command])
    return status, err.getvalue()


@settings(max_examples=scale_examples(12))
@given(
    table_column=st.sampled_from(CHANGES),
    value=st.sampled_from(VALUES),
    commands=st.lists(st.sampled_from(COMMANDS), min_size=3, max_size=3, unique=True),
)
def test_any_value_in_any_column_ends_in_a_sentence_at_worst(
    table_column: tuple[str, str], value: str, commands: list[tuple[str, ...]]
) -> None:
    table, column = table_column
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "home"
        fill(home, PAST, "")
        outcome(home, "review", "--plain")
        change(home, table, column, value)
        for command in commands:
            status, said = outcome(home, *command)
            # A damaged card cannot be shown, and a row that nothing finds has no remedy here.
            may_refuse = column in REFERENCES or command[0] == "card"
            allowed = (0, 1, 3) if may_refuse else (0, 1)
            assert status in allowed, (table_column, value, command, said)
            if status:
                assert not said or said.rstrip().endswith("."), (command, said)
        assert outcome(home, "doctor", "--repair")[0] in (0, 1, 3)
        assert outcome(home, "due")[0] in (0, 3)
