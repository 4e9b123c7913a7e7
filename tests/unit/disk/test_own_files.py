"""No command overwrites the store or its files, under any name."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.disk.own_files import refuse_database
from flashcards.domain.settings.settings import AppDirectories
from flashcards.errors import UsageError


@pytest.fixture
def home(tmp_path: Path) -> AppDirectories:
    home = AppDirectories(tmp_path / "home")
    for directory in (home.path, home.media, home.path / "backups"):
        directory.mkdir()
    for file in (
        home.database,
        home.media / "picture.png",
        home.path / "backups" / "flashcards-20261120-153126-manual.db",
        home.path / "flashcards-20261120-153126-damaged.db",
    ):
        file.write_bytes(b"x")
    return home


@pytest.mark.parametrize(
    "name",
    [
        "flashcards.db",
        "flashcards.db-wal",
        "flashcards.db-shm",
        "flashcards.db-journal",
        "FLASHCARDS.DB",
        "Flashcards.db-WAL",
        "flashcards-20261120-153126-damaged.db",
        "window.lock",
        "config.toml",
        "backups",
        "backups/flashcards-20261120-153126-manual.db",
        "backups/cards.csv",
        "media",
        "media/picture.png",
        "media/new.csv",
        "./flashcards.db",
        "media/../flashcards.db",
    ],
)
def test_files_of_the_program_are_refused(home: AppDirectories, name: str) -> None:
    with pytest.raises(UsageError, match="would overwrite"):
        home.own_files.refuse(home.path / name)


@pytest.mark.parametrize(
    "name", ["cards.csv", "decks/a.yaml", "flashcards.csv", "x.db"]
)
def test_other_files_in_the_home_are_allowed(home: AppDirectories, name: str) -> None:
    home.own_files.refuse(home.path / name)
    home.own_files.refuse(home.path.parent / name)


def test_links_of_both_kinds_are_followed(home: AppDirectories, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(home.database)
    (tmp_path / "place").symlink_to(home.path)
    (tmp_path / "log").symlink_to(home.path / "flashcards.db-wal")
    os.link(home.database, tmp_path / "hard.csv")
    os.link(home.media / "picture.png", tmp_path / "hard.png")

    for name in ("link.csv", "place/flashcards.db", "log", "hard.csv", "hard.png"):
        with pytest.raises(UsageError):
            home.own_files.refuse(tmp_path / name)


def test_the_target_of_a_linked_store_is_refused(tmp_path: Path) -> None:
    home = AppDirectories(tmp_path / "home")
    home.path.mkdir()
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "cards.db").write_bytes(b"x")
    home.database.symlink_to(tmp_path / "disk" / "cards.db")

    for name in ("cards.db", "cards.db-wal"):
        with pytest.raises(UsageError):
            home.own_files.refuse(tmp_path / "disk" / name)
    home.own_files.refuse(tmp_path / "disk" / "cards.csv")


def test_any_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")

    with pytest.raises(UsageError, match="is a database"):
        refuse_database(path)
    refuse_database(tmp_path / "none")
    refuse_database(tmp_path)
