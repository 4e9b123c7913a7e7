"""Restoring a backup over any state of the store."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.errors import (
    NothingFoundError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreTooNewError,
)
from flashcards.store.maintenance import backups, copies
from flashcards.store.maintenance.locks import share
from flashcards.store.maintenance.restore import restore, start_new
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, basic, deck, sync
from tests.unit.store.maintenance.test_backups import decks, overwrite_page


def test_a_backup_is_restored_and_the_previous_state_is_saved(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
        sync(store, deck("b", basic("n2")))
    kept = restore(path, made, at=MOMENT.at + 60_000)
    assert decks(path) == ["a"]
    assert kept is not None
    assert decks(kept) == ["a", "b"]
    with Store.open(path) as store:
        sync(store, deck("c", basic("n3")))
    assert decks(path) == ["a", "c"]


def test_a_damaged_store_is_set_aside(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
    path.write_bytes(b"not a database at all" * 999)
    kept = restore(path, made, at=MOMENT.at)
    assert kept == path.with_name("flashcards-20260302-090000-damaged.db")
    assert kept.read_bytes().startswith(b"not a database")
    assert decks(path) == ["a"]


def test_a_lost_store_is_restored(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
    path.unlink()
    assert restore(path, made, at=MOMENT.at) is None
    assert decks(path) == ["a"]


def test_an_empty_store_is_restored(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
    path.write_bytes(b"")
    assert restore(path, made, at=MOMENT.at) is None
    assert decks(path) == ["a"]


def test_the_log_of_a_lost_store_is_not_replayed_into_a_backup(path: Path) -> None:
    with Store.open(path) as store, Reader(path):
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
        sync(store, deck("b", *(basic(f"n{number}") for number in range(2, 99))))
        log = path.with_name("flashcards.db-wal")
        left = log.read_bytes()
    path.unlink()
    log.write_bytes(left)
    restore(path, made, at=MOMENT.at)
    assert decks(path) == ["a"]


def test_the_oldest_backup_can_be_restored(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        for number in range(1, backups.KEEP_NEWEST):
            backups.back_up(path, reason="before-import", at=MOMENT.at + number * 1000)
    oldest = backups.find_backups(path)[-1]
    assert oldest.reason == f"daily-{DAY}"
    restore(path, oldest.path, at=MOMENT.at + 99_000)
    assert decks(path) == []


def test_a_file_that_is_not_a_backup_is_not_restored(
    path: Path, tmp_path: Path
) -> None:
    Store.open(path).close()
    other = tmp_path / "other.db"
    with pytest.raises(NothingFoundError) as raised:
        restore(path, other, at=MOMENT.at)
    assert str(raised.value) == f"There is no backup {other}."
    for content in (b"", b"no database" * 999):
        other.write_bytes(content)
        with pytest.raises(StoreDamagedError) as refused:
            restore(path, other, at=MOMENT.at)
        assert str(refused.value) == (
            f"{other} is not a backup of flashcards. Nothing was changed."
        )


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
    overwrite_page(made)
    with pytest.raises(StoreDamagedError, match=f"The backup {made} is damaged"):
        restore(path, made, at=MOMENT.at)
    assert decks(path) == ["a"]


def test_waiting_for_a_locked_store_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "BUSY_SECONDS", 0.2)
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="asked", at=MOMENT.at)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLockedError) as raised:
            restore(path, made, at=MOMENT.at)
    assert str(raised.value) == (
        f"The store {path} is in use by another program. "
        "Close the other window, or try again in a moment."
    )


@pytest.fixture
def held_backup(backup: Path) -> Iterator[Path]:
    """A backup that another program writes."""
    with closing(sqlite3.connect(backup, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield backup


def test_a_locked_backup_is_not_reported_as_the_store(
    path: Path, held_backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "BUSY_SECONDS", 0.2)
    with pytest.raises(StoreLockedError) as raised:
        restore(path, held_backup, at=MOMENT.at)
    assert str(raised.value) == (
        f"The backup {held_backup} is in use by another program. Close that program, or "
        "try again in a moment."
    )


def test_a_backup_of_a_newer_version_is_not_reported_as_the_store(
    path: Path, backup: Path
) -> None:
    make_newer(backup)
    with pytest.raises(StoreTooNewError) as raised:
        restore(path, backup, at=MOMENT.at)
    assert str(raised.value) == (
        f"A newer version of flashcards made the backup {backup}. Update the program; "
        "nothing was changed."
    )


RESTORE = """
import sys
from pathlib import Path
from flashcards.errors import StoreError
from flashcards.store.maintenance.restore import restore

try:
    restore(Path(sys.argv[1]), Path(sys.argv[2]), at=0)
except StoreError as error:
    print(type(error).__name__, error)
"""


def restored_with_permissions(path: Path, backup: Path) -> str:
    """Restore in a process that must respect permissions, which root need not."""
    command = [sys.executable, "-c", RESTORE, str(path), str(backup)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everything here")
        command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_unreadable_backup_is_not_reported_as_the_store(
    path: Path, backup: Path
) -> None:
    backup.chmod(0)
    shown = restored_with_permissions(path, backup)
    assert shown == (
        f"StoreError The backup {backup} cannot be read: Permission denied. Nothing was "
        "changed; check its permissions, or choose another backup."
    )


def test_a_read_only_home_is_not_reported_as_the_backup(
    path: Path, backup: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "backup.db"
    shutil.copy(backup, elsewhere)
    path.parent.chmod(0o555)
    try:
        shown = restored_with_permissions(path, elsewhere)
    finally:
        path.parent.chmod(0o755)
    assert shown == (
        f"StoreReadOnlyError The directory {path.parent} cannot be written. Change its "
        "permissions and try again."
    )
    assert decks(path) == ["a", "b"]


def test_nothing_is_restored_while_the_store_is_open_anywhere(
    path: Path, backup: Path
) -> None:
    for opened in (Reader(path), Store.open(path), share(path)):
        with opened, pytest.raises(StoreLockedError, match="Another window or command"):
            restore(path, backup, at=MOMENT.at)
        assert decks(path) == ["a", "b"]
    restore(path, backup, at=MOMENT.at)
    assert decks(path) == ["a"]


def damage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x09\x09")


def damage_schema(path: Path) -> None:
    content = path.read_bytes()
    place = content.index(b"CREATE TABLE decks") + 7
    path.write_bytes(content[:place] + b"\xe9" + content[place + 1 :])


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title)")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")


def drop_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE reviews")


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    "damage",
    [damage_header, damage_schema, make_foreign, make_newer, drop_a_table, tear],
)
def test_a_backup_replaces_anything_at_the_path(
    path: Path, backup: Path, damage: object
) -> None:
    damage(path)  # type: ignore[operator]
    before = path.read_bytes()
    kept = restore(path, backup, at=MOMENT.at)
    assert decks(path) == ["a"]
    assert kept is not None
    # A sound copy only differs in what the header says of logs and counts.
    assert kept.read_bytes()[100:] == before[100:]
    with Store.open(path) as store:
        sync(store, deck("c", basic("n3")))
    assert decks(path) == ["a", "c"]


def test_the_log_of_a_damaged_store_is_saved_with_it(path: Path, backup: Path) -> None:
    log = path.with_name("flashcards.db-wal")
    path.write_bytes(b"no database" * 999)
    log.write_bytes(b"a log")
    kept = restore(path, backup, at=MOMENT.at)
    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"a log"
    assert decks(path) == ["a"]


def test_a_file_that_is_linked_to_stays_where_it_is(
    path: Path, backup: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "mine.db"
    elsewhere.parent.mkdir()
    path.replace(elsewhere)
    path.symlink_to(elsewhere)
    restore(path, backup, at=MOMENT.at)
    assert path.is_symlink()
    assert decks(elsewhere) == decks(path) == ["a"]


def test_files_next_to_a_restored_store_can_be_written(
    path: Path, backup: Path
) -> None:
    path.chmod(0o444)
    restore(path, backup, at=MOMENT.at)
    with Store.open(path) as store, Reader(path):
        sync(store, deck("c", basic("n3")))
        modes = {file.stat().st_mode & 0o600 for file in path.parent.glob("*.db*")}
    assert modes == {0o600}


def test_the_store_itself_cannot_be_restored(path: Path, backup: Path) -> None:
    with pytest.raises(StoreError, match="is the store itself"):
        restore(path, path, at=MOMENT.at)
    assert decks(path) == ["a", "b"]


def test_an_unfinished_copy_does_not_change_the_store(path: Path, backup: Path) -> None:
    (path.parent / f".flashcards-{'0' * 32}.tmp").write_bytes(b"half a copy")
    assert decks(path) == ["a", "b"]
    restore(path, backup, at=MOMENT.at)
    assert decks(path) == ["a"]


def test_backups_of_another_store_are_never_thrown_away(
    path: Path, backup: Path
) -> None:
    for number in range(5):
        backups.back_up(path, reason=f"daily-{number}", at=MOMENT.at - number)
    lost = {found.path for found in backups.find_backups(path)}
    path.unlink()
    start_new(path, at=MOMENT.at)
    for number in range(20):
        at = MOMENT.at + number * 86_400_000
        backups.back_up(path, reason=f"daily-{DAY + number}", at=at)
    found = {each.path for each in backups.find_backups(path)}
    assert lost <= found
    assert len(found - lost) == backups.KEEP_NEWEST


def test_backups_from_before_stores_had_an_identity_stay(
    path: Path, backup: Path
) -> None:
    old = backups.back_up(path, reason="daily-1", at=MOMENT.at - 99_000)
    with closing(sqlite3.connect(old)) as copy:
        copy.execute("DROP TABLE store_identity")
    for number in range(15):
        backups.back_up(path, reason=f"daily-{DAY + number}", at=MOMENT.at + number)
    assert old.exists()


def test_a_restored_backup_is_the_same_store(path: Path, backup: Path) -> None:
    restore(path, backup, at=MOMENT.at)
    made = backups.back_up(path, reason="asked", at=MOMENT.at)
    assert copies.identity_of(made) == copies.identity_of(backup) != ""


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_directory_in_the_place_of_a_side_file_is_named_and_changes_nothing(
    path: Path, ending: str
) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        backup = backups.back_up(path, reason="asked", at=MOMENT.at)
    side = path.with_name(path.name + ending)
    side.unlink(missing_ok=True)
    side.mkdir()

    with pytest.raises(StoreError, match=f"{side.name} is a directory"):
        restore(path, backup, at=MOMENT.at)

    side.rmdir()
    assert decks(path) == ["a"]
