"""A store that cannot be used raises an error with a complete sentence."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from flashcards.errors import (
    DiskFullError,
    FlashcardsError,
    NothingFoundError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreTooNewError,
)
from flashcards.store.error_translation import store_error, translated
from flashcards.store.files import APPLICATION_ID, SCHEMA_VERSION
from flashcards.store.maintenance import backups
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.helpers import PROJECT
from tests.unit.store.building import DAY, MOMENT, answer, basic, deck, sync


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program that holds the whole database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def raised_by_opening(path: Path) -> list[tuple[type, str]]:
    raised = []
    for opener in (Store.open, Reader):
        with pytest.raises(FlashcardsError) as caught:
            opener(path)
        raised.append((caught.type, str(caught.value)))
    return raised


def damaged(path: Path, reason: str) -> tuple[type, str]:
    return (
        StoreDamagedError,
        (
            f"The store {path} is damaged ({reason}). `flashcards doctor` says more, and "
            "`flashcards restore` restores one of the backups next to it."
        ),
    )


def test_a_locked_store_is_reported_after_the_timeout(path: Path, store: Store) -> None:
    sync(store, deck("a", basic("n1")))
    with Store.open(path, busy_seconds=0.05) as other, held(path):
        with pytest.raises(StoreLockedError) as raised:
            other.suspend([1], True, label="x", moment=MOMENT)
        assert str(raised.value) == (
            f"The store {path} is in use by another program. "
            "Close the other window, or try again in a moment."
        )
    store.suspend([1], True, label="x", moment=MOMENT)


def test_a_new_store_waits_for_another_window_that_creates_it(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with held(path), pytest.raises(StoreLockedError):
        Store.open(path, migration_seconds=0.05)
    Store.open(path).close()


def test_switching_to_a_log_waits_for_a_program_that_reads(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA user_version = 0")
        other.execute("VACUUM")
        other.execute("BEGIN")
        other.execute("SELECT * FROM sqlite_master").fetchall()
        with pytest.raises(StoreLockedError):
            Store.open(path, migration_seconds=0.05)
    Store.open(path).close()


def test_a_store_is_read_while_another_window_writes(path: Path, store: Store) -> None:
    sync(store, deck("a", basic("n1")))
    with held(path), Reader(path, busy_seconds=0.05) as reader:
        assert len(reader.queue.new(DAY)) == 1


def test_a_store_that_does_not_exist_yet_is_reported(path: Path) -> None:
    with pytest.raises(NothingFoundError) as raised:
        Reader(path)
    assert str(raised.value) == (
        f"There is no store at {path} yet. Start `flashcards`, or import a deck, to make one."
    )
    assert not path.parent.exists()


def test_a_file_that_is_not_a_database_is_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"These are not the bytes you are looking for. " * 100)
    expected = damaged(path, "file is not a database")
    assert raised_by_opening(path) == [expected, expected]
    assert path.read_bytes().startswith(b"These are not")


def test_a_database_of_another_program_is_not_changed(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title)")
    expected = damaged(path, "it is a database of another program")
    assert raised_by_opening(path) == [expected, expected]
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [
            ("songs",)
        ]


def test_an_interrupted_first_start_is_repeated(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(NothingFoundError):
        Reader(path)
    Store.open(path).close()
    with Reader(path) as reader:
        assert reader.cards.is_empty()


def test_damaged_bytes_are_reported_when_they_are_read(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", *(basic(f"n{number}") for number in range(200))))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError) as raised, Reader(path) as reader:
        reader.search.find("", 1000, DAY)
    assert str(raised.value) == damaged(path, "database disk image is malformed")[1]


def test_a_store_without_its_tables_is_damaged(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    expected = r"is damaged \(no such table: decks\)"
    with pytest.raises(StoreDamagedError, match=expected), Reader(path) as reader:
        reader.cards.decks()


def test_a_store_of_a_newer_program_is_not_changed(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    expected = (
        StoreTooNewError,
        (
            f"The store {path} was made by a newer version of flashcards (tables 99, this program "
            f"knows {SCHEMA_VERSION}). Update the program; nothing was changed."
        ),
    )
    assert raised_by_opening(path) == [expected, expected]


def test_a_snapshot_does_not_see_later_changes(store: Store, reader: Reader) -> None:
    sync(store, deck("a", basic("n1")))
    with reader.snapshot():
        assert len(reader.cards.decks()) == 1
        sync(store, deck("b", basic("n2")))
        with reader.snapshot():
            assert len(reader.cards.decks()) == 1
        assert len(reader.cards.decks()) == 1
    assert len(reader.cards.decks()) == 2


def test_a_directory_at_the_path_of_the_store_is_reported(path: Path) -> None:
    path.mkdir(parents=True)
    expected = (StoreError, f"The store {path} is a directory, not a file.")
    assert raised_by_opening(path) == [expected, expected]


def test_a_file_at_the_path_of_the_home_is_reported(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    path = tmp_path / "home" / "flashcards.db"
    with pytest.raises(StoreError) as raised:
        Store.open(path)
    assert str(raised.value) == f"The store {path} could not be used: File exists."


def test_a_full_disk_does_not_change_the_store(path: Path) -> None:
    with Store.open(path) as store, Reader(path) as reader:
        sync(store, deck("a", basic("n1")))
        with store._database.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        before = reader.cards.decks()
        many = deck("b", *(basic(f"m{number}") for number in range(500)))
        with pytest.raises(DiskFullError) as raised:
            sync(store, many)
        assert str(raised.value) == (
            f"The disk is full, so nothing was changed in the store {path}. "
            "Free some space and try again."
        )
        assert reader.cards.decks() == before
        store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB, where the test may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a file system is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_really_full_disk_does_not_change_the_store(
    small_disk: Path,
) -> None:
    with (
        Store.open(small_disk / "flashcards.db") as store,
        Reader(store.path) as reader,
    ):
        sync(store, deck("a", basic("n1")))
        before = reader.cards.decks()
        many = deck(
            "b", *(basic(f"m{number}", why="x" * 500) for number in range(5000))
        )
        with pytest.raises(DiskFullError):
            sync(store, many)
        assert reader.cards.decks() == before
    with Reader(small_disk / "flashcards.db") as reader:
        assert reader.cards.decks() == before


FILL_AND_DIE = """
import os, sys
from pathlib import Path
from flashcards.store.store import Store
from tests.unit.store.building import basic, deck, sync
store = Store.open(Path(sys.argv[1]) / "flashcards.db")
sync(store, deck("b", *(basic(f"m{number}") for number in range(300))))
os.kill(os.getpid(), 9)
"""


def fill(directory: Path) -> Path:
    """Write until there is no room left, and return the file that takes it."""
    file = directory / "everything"
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))
    return file


@pytest.mark.parametrize("is_left_by_a_crash", [False, True])
def test_a_store_on_a_full_disk_can_be_read_and_copied(
    small_disk: Path, tmp_path: Path, is_left_by_a_crash: bool
) -> None:
    path = small_disk / "flashcards.db"
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
    if is_left_by_a_crash:
        command = [sys.executable, "-c", FILL_AND_DIE, str(small_disk)]
        subprocess.run(command, check=False, cwd=PROJECT)
        path.with_name("flashcards.db-shm").unlink()
    filler = fill(small_disk)

    expected = ["a", "b"] if is_left_by_a_crash else ["a"]
    with Reader(path) as reader, Reader(path) as second:
        assert reader.is_full
        assert [row.key for row in reader.cards.decks()] == expected
        assert len(second.cards.decks()) == len(expected)
        with pytest.raises(DiskFullError):
            Store.open(path)
        backups.copy_to(path, tmp_path / "copy.db")
        filler.unlink()
        with Store.open(path) as store:
            sync(store, deck("c", basic("n3")))
            assert [row.key for row in reader.cards.decks()] == [*expected, "c"]
    with Reader(tmp_path / "copy.db") as reader:
        assert [row.key for row in reader.cards.decks()] == expected


READ_ONLY = """
import os, sys
from pathlib import Path
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from flashcards.errors import StoreReadOnlyError
path = Path(sys.argv[1])
try:
    Store.open(path)
except StoreReadOnlyError as error:
    print(error)
with Reader(path) as reader:
    print(len(reader.queue.new(1)), os.listdir(path.parent))
"""


def run_with_permissions(path: Path) -> str:
    """Open the store in a process that must respect permissions, which root need not."""
    command = [sys.executable, "-c", READ_ONLY, str(path)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everything here")
        command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", *command]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_a_read_only_store_is_read_but_not_opened_for_changes(
    path: Path, mode: int
) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
    for file in path.parent.rglob("*"):
        file.chmod(0o444 if file.is_file() else 0o555)
    path.parent.chmod(mode)
    try:
        shown = run_with_permissions(path)
    finally:
        path.parent.chmod(0o755)
        (path.parent / "backups").chmod(0o755)
    sentence, figures = shown.splitlines()
    assert sentence == (
        f"The store {path} cannot be written. Change the permissions of the file and "
        "of its directory, or choose another home with --home."
    )
    assert figures.startswith("1 ")
    assert "-shm" not in figures


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EROFS, StoreReadOnlyError),
        (errno.EACCES, StoreReadOnlyError),
        (errno.EIO, StoreError),
    ],
)
def test_errors_of_the_file_system_are_distinguished(
    path: Path, number: int, kind: type[StoreError]
) -> None:
    with pytest.raises(StoreError) as raised, translated(path):
        raise OSError(number, os.strerror(number))
    assert raised.type is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, StoreLockedError),
        (sqlite3.SQLITE_LOCKED, StoreLockedError),
        (sqlite3.SQLITE_READONLY, StoreReadOnlyError),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreReadOnlyError),
        (sqlite3.SQLITE_FULL, DiskFullError),
        (sqlite3.SQLITE_CORRUPT, StoreDamagedError),
        (sqlite3.SQLITE_NOTADB, StoreDamagedError),
        (sqlite3.SQLITE_IOERR_FSYNC, StoreError),
        (sqlite3.SQLITE_TOOBIG, StoreError),
        (sqlite3.SQLITE_CANTOPEN, StoreError),
    ],
)
def test_errors_of_the_database_are_distinguished(
    tmp_path: Path, code: int, kind: type[StoreError]
) -> None:
    fault = sqlite3.OperationalError("some fault")
    fault.sqlite_errorcode = code
    error = store_error(fault, tmp_path / "flashcards.db")
    assert type(error) is kind
    assert str(error).endswith(".")
