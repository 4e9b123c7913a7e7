"""Migrating an older store."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.domain.content import ClozeNote, NumericNote
from flashcards.errors import StoreDamagedError, StoreError
from flashcards.store.files import SCHEMA_VERSION
from flashcards.store.maintenance import backups
from flashcards.store.reader import Reader
from flashcards.store.steps.migrations import Step
from flashcards.store.store import Store
from tests.unit.store.building import basic, deck, sync
from tests.unit.store.older import drop_damage_indexes, drop_origins

FIRST, SECOND = SCHEMA_VERSION + 1, SCHEMA_VERSION + 2


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE cards ADD COLUMN colour TEXT")


def fill_column(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE cards SET colour = 'blue'")


def colors(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT colour FROM cards").fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def old(path: Path) -> Path:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
    return path


def test_steps_run_in_order_after_a_backup(old: Path) -> None:
    steps = {SECOND: fill_column, FIRST: add_column}
    Store.open(old, steps=steps).close()
    assert version(old) == SECOND
    assert colors(old) == [("blue",)]
    (backup,) = [
        b for b in backups.find_backups(old) if b.reason == f"before-version-{SECOND}"
    ]
    assert version(backup.path) == SCHEMA_VERSION
    Store.open(old, steps=steps).close()
    assert len(backups.find_backups(old)) == 2


def test_a_failed_step_does_not_change_the_store(old: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE absent SET colour = 'red'")

    with pytest.raises(StoreDamagedError, match="no such table: absent"):
        Store.open(old, steps={FIRST: add_column, SECOND: fail})
    assert version(old) == SCHEMA_VERSION
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        colors(old)
    Store.open(old).close()


@pytest.mark.parametrize(
    "payload",
    [
        b"x-not-compressed",
        b"{",
        b"[]",
        b'{"changes": 7}',
        b'{"changes": [{}]}',
        b'{"changes": [{"before": [], "after": [1]}]}',
        b'{"changes": [{"before": [0], "after": [1]}]}',
    ],
)
def test_a_damaged_change_of_an_older_store_is_reported_with_the_backup(
    old: Path, payload: bytes
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        as_in_first_release(connection)
        connection.execute("DROP TABLE anchors")
        connection.execute(
            "INSERT INTO operations (uid, at, study_day, kind, label, payload, undone)"
            " VALUES ('u', 0, 1, 'due', 'Due', ?, 0)",
            (payload,),
        )
        connection.execute("PRAGMA user_version = 3")

    with pytest.raises(StoreDamagedError) as raised:
        Store.open(old)
    backup = backups.find_backups(old)[0]
    assert str(raised.value).startswith(f"The store {old} is damaged (")
    assert str(raised.value).endswith(
        f" The store was not changed. A copy of it as it is now: {backup.path}."
    )
    assert version(old) == version(backup.path) == 3

    with pytest.raises(StoreDamagedError) as again:
        Store.open(old)
    assert str(again.value) == str(raised.value)
    assert backups.find_backups(old)[0] == backup
    reasons = [each.reason for each in backups.find_backups(old)]
    assert reasons.count(f"before-version-{SCHEMA_VERSION}") == 1


def test_a_step_may_not_leave_dangling_foreign_keys(old: Path) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM decks")

    with pytest.raises(StoreDamagedError, match="rows point to nothing after the step"):
        Store.open(old, steps={FIRST: orphan})
    with Reader(old) as reader:
        assert len(reader.cards.decks()) == 1


def test_a_missing_step_is_reported(old: Path) -> None:
    with pytest.raises(StoreError) as raised:
        Store.open(old, steps={SECOND: fill_column})
    assert str(raised.value) == (
        f"The store {old} cannot be brought up to date: the step to version {FIRST} of "
        "its tables is missing from this program. Install flashcards again."
    )


def test_a_new_store_runs_no_step(path: Path) -> None:
    def never(connection: sqlite3.Connection) -> None:
        raise AssertionError

    Store.open(path, steps={FIRST: never}).close()
    assert version(path) == FIRST
    assert backups.find_backups(path) == []


def test_opening_waits_while_another_window_migrates(old: Path) -> None:
    has_started = threading.Event()
    taken: list[str] = []

    def slow(connection: sqlite3.Connection) -> None:
        has_started.set()
        time.sleep(0.3)
        taken.append(threading.current_thread().name)
        add_column(connection)

    steps: dict[int, Step] = {FIRST: slow}
    first = threading.Thread(
        target=lambda: Store.open(old, steps=steps).close(), name="first"
    )
    first.start()
    has_started.wait(5)
    Store.open(old, steps=steps).close()
    assert taken == ["first"]
    first.join()
    assert version(old) == FIRST


def test_reading_an_older_store_says_to_start_the_program(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = -1")
    with pytest.raises(StoreError) as raised:
        Reader(old)
    assert str(raised.value) == (
        f"The store {old} was made by an older version of flashcards (tables -1, this "
        f"program needs {SCHEMA_VERSION}). Start `flashcards` once to bring it up to date."
    )


PLAN_TABLES = (
    "plans",
    "plan_interviews",
    "plan_days_off",
    "plan_weights",
    "plan_tasks",
    "forecasts",
)


DECKS_OF_FIRST_RELEASE = """
    CREATE TABLE decks (
        id INTEGER NOT NULL, key VARCHAR NOT NULL, title VARCHAR NOT NULL,
        description VARCHAR NOT NULL, version VARCHAR NOT NULL, license VARCHAR NOT NULL,
        topics VARCHAR NOT NULL, path VARCHAR NOT NULL, digest VARCHAR NOT NULL,
        retired BOOLEAN NOT NULL,
        PRIMARY KEY (id), CHECK (key <> ''), CHECK (retired IN (0, 1)), UNIQUE (key)
    )
"""


def as_in_first_release(connection: sqlite3.Connection) -> None:
    """Restore the deck columns of the first release, and remove the identity."""
    connection.execute("DROP TABLE store_identity")
    connection.execute(
        "CREATE TABLE copies AS SELECT id, key, title, description, version, license,"
        " topics, path, digest, retired FROM decks"
    )
    connection.execute("DROP TABLE decks")
    connection.execute(DECKS_OF_FIRST_RELEASE)
    connection.execute("INSERT INTO decks SELECT * FROM copies")
    connection.execute("DROP TABLE copies")
    drop_origins(connection)


def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        return {
            name: connection.execute(f"PRAGMA table_info({name})").fetchall()
            for (name,) in names.fetchall()
        }


def test_a_migrated_store_of_the_first_version_equals_a_new_one(
    old: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        drop_damage_indexes(connection)
        for column in ("seed", "items", "drafts"):
            connection.execute(f"ALTER TABLE sittings DROP COLUMN {column}")
        as_in_first_release(connection)
        for table in (*PLAN_TABLES, "anchors"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
    Store.open(old).close()
    Store.open(tmp_path / "new.db").close()

    assert version(old) == SCHEMA_VERSION
    assert columns(old) == columns(tmp_path / "new.db")
    assert any(
        b.reason == f"before-version-{SCHEMA_VERSION}"
        for b in backups.find_backups(old)
    )
    with Reader(old) as reader:
        assert len(reader.cards.decks()) == 1


@pytest.mark.parametrize(
    ("stamp", "digest", "is_partial", "given_key"),
    [
        ("", "", False, ""),
        ("f00", "f00", False, ""),
        ("part:", "", True, ""),
        ("part:f00", "f00", True, ""),
        ("into:a:f00", "f00", False, "a"),
        ("part:into:my/own:f00", "f00", True, "my/own"),
        ("part:into:my/own:", "", True, "my/own"),
    ],
)
def test_the_digests_of_the_first_release_become_columns(
    old: Path, stamp: str, digest: str, is_partial: bool, given_key: str
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        as_in_first_release(connection)
        connection.execute("UPDATE decks SET digest = ?", (stamp,))
        connection.execute("PRAGMA user_version = 4")
    Store.open(old).close()

    with Reader(old) as reader:
        (known,) = reader.content.decks()
        assert (known.digest, known.is_partial) == (digest, is_partial)
        assert known.given_key == given_key
        assert known.reader_version == 0
        assert [row.notes for row in reader.cards.decks()] == [1]


def test_a_migrated_store_finds_its_notes_by_every_spelling(path: Path) -> None:
    notes = (
        basic("n1", front="nai\u0308ve", tags=("re\u0301sume\u0301",)),
        basic("n2", front=r"\(\frac{a}{b}\)"),
        ClozeNote(id="n3", text="a `{{c1::b}}`"),
        NumericNote(
            id="n4", question="{qps}?", answer="qps", variables=(("qps", (500.0,)),)
        ),
        basic("n5"),
    )
    with Store.open(path) as store:
        sync(store, deck("a", *notes))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        drop_origins(connection)
        for column, value, key in (
            ("searchable", "n1\nnai\u0308ve\nre\u0301sume\u0301", "n1"),
            ("tags", " re\u0301sume\u0301 ", "n1"),
            ("searchable", "n2\n\\(\\frac{a}{b}\\)", "n2"),
            ("front", "a `**[...]**`", "n3"),
            ("front", "{qps}?", "n4"),
            ("content", "{}", "n5"),
        ):
            statement = f"UPDATE notes SET {column} = ? WHERE key = ?"  # noqa: S608 - constants
            connection.execute(statement, (value, key))
        connection.execute("PRAGMA user_version = 6")
    Store.open(path).close()

    with Reader(path) as reader:
        fronts = {row.card: row.front for row in reader.search.find("", 9, 0)}
        assert fronts["n3:c1"] == "a `[...]`"
        assert fronts["n4"] == "500?"
        for query, card in (
            ("nai", "n1"),
            ("tag:résumé", "n1"),
            ("a/b", "n2"),
            ("is:new n5", "n5"),
        ):
            assert [row.card for row in reader.search.find(query, 9, 0)] == [card]
        assert (
            reader.connection.value("SELECT tags FROM notes WHERE key = 'n1'")
            == " résumé "
        )
