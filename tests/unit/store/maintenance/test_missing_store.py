"""A store that is missing or half made is never silently replaced by a new one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.errors import (
    StoreError,
    StoreMissingError,
)
from flashcards.store.maintenance.restore import restore, start_new
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import MOMENT
from tests.unit.store.maintenance.test_backups import decks

HALF_A_CHANGE = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE junk (text)")
for _ in range(200):
    connection.execute("INSERT INTO junk VALUES (?)", ("x" * 4000,))
connection.execute("UPDATE decks SET key = 'half'")
connection.execute("PRAGMA cache_spill = 1")
for _ in range(200):
    connection.execute("INSERT INTO junk VALUES (?)", ("y" * 4000,))
os.kill(os.getpid(), 9)
"""


def leave_hot_journal(path: Path) -> None:
    """Let a program be killed after it wrote a part of its change into the file."""
    subprocess.run([sys.executable, "-c", HALF_A_CHANGE, str(path)], check=False)


def open_anyhow(path: Path) -> None:
    for opener in (Reader, Store.open):
        with pytest.raises(StoreMissingError) as raised:
            opener(path)
        assert "is missing or empty, though" in str(raised.value)
        assert "restore --new` starts a new, empty store" in str(raised.value)


@pytest.mark.parametrize("content", [None, b""])
def test_a_store_that_is_gone_is_never_silently_a_new_one(
    path: Path, backup: Path, content: bytes | None
) -> None:
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    open_anyhow(path)
    assert [file.name for file in path.parent.glob("flashcards.db*")] == (
        [] if content is None else ["flashcards.db"]
    )


def test_a_log_without_its_store_is_a_sign_that_there_was_one(path: Path) -> None:
    path.parent.mkdir()
    log = path.with_name("flashcards.db-wal")
    log.write_bytes(b"a log")
    open_anyhow(path)
    kept = start_new(path, at=MOMENT.at)
    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"a log"
    assert decks(path) == []


def test_a_database_without_tables_next_to_backups_is_no_new_store(
    path: Path, backup: Path
) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    open_anyhow(path)


def test_a_new_store_is_made_where_that_is_asked_for(path: Path, backup: Path) -> None:
    with pytest.raises(StoreError, match="There is a store"):
        start_new(path, at=MOMENT.at)
    path.unlink()
    assert start_new(path, at=MOMENT.at) is None
    assert decks(path) == []
    assert backup.exists()


def test_the_journal_of_an_interrupted_change_is_rolled_back_by_reading(
    path: Path, backup: Path
) -> None:
    restore(path, backup, at=MOMENT.at)
    leave_hot_journal(path)
    assert path.with_name("flashcards.db-journal").stat().st_size > 0
    assert decks(path) == ["a"]
    leave_hot_journal(path)
    restore(path, backup, at=MOMENT.at)
    assert decks(path) == ["a"]


def test_a_first_start_that_ended_in_its_log_is_made_up_for(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert path.stat().st_size
    path.with_name("flashcards.db-wal").write_bytes(bytes(32))

    Store.open(path).close()
    with Reader(path) as reader:
        assert reader.cards.decks() == []
