"""No copy is thrown away while it is the only one that holds an answer."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.errors import StoreDamagedError, StoreError
from flashcards.store.maintenance import backups
from flashcards.store.maintenance.doctor import examine
from flashcards.store.maintenance.missing import refuse_missing
from flashcards.store.maintenance.restore import restore
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, deck, sync

FUTURE = MOMENT.at + 30 * 365 * 86_400_000


def study(store: Store, *keys: str) -> None:
    with Reader(store.path) as reader:
        for key in keys:
            given_answer = answer(reader, key)
            store.record(given_answer, record_id=None, next_card_id=None, label="x")


def uids(file: Path) -> set[str]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return {uid for (uid,) in connection.execute("SELECT uid FROM reviews")}


def every_backup(path: Path) -> set[str]:
    return {uid for each in backups.find_backups(path) for uid in uids(each.path)}


def test_a_session_after_a_restore_keeps_the_copy_with_more_answers(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1"), basic("n2"), basic("n3")))
        study(store, "n1")
        older = backups.back_up(path, reason="manual", at=MOMENT.at)
        study(store, "n2", "n3")
        store.leave()
    (session,) = [b for b in backups.find_backups(path) if b.reason[:7] == "session"]
    confirmed = uids(session.path)
    restore(path, older, at=MOMENT.at)
    for file in backups.directory_of(path).glob("*before-restore*"):
        file.unlink()
    with Store.open(path) as store:
        study(store, "n2")
        store.leave()
    assert len(confirmed) == 3
    assert confirmed <= every_backup(path)


@given(
    st.lists(st.sampled_from(["study", "end", "restore", "copy", "drop"]), max_size=14)
)
def test_every_copied_answer_stays_in_some_copy(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "flashcards.db"
        with Store.open(path) as store:
            sync(store, deck("a", basic("n1"), basic("n2")))
        first = backups.back_up(path, reason="manual", at=MOMENT.at)
        copied: set[str] = set()
        for number, step in enumerate(steps):
            at = MOMENT.at + number * 1000
            if step == "study":
                with Store.open(path) as store:
                    study(store, "n1")
            elif step == "end":
                backups.try_session_backup(path, DAY, at)
            elif step == "restore":
                restore(path, first, at=at)
            else:
                for turn in range(6 if step == "drop" else 1):
                    backups.back_up(path, reason="before-x", at=at + turn)
            before, copied = copied, every_backup(path)
            assert before <= copied


def test_copies_dated_in_the_future_do_not_push_new_ones_out(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1"), basic("n2")))
        for number in range(backups.KEEP_NEWEST + 2):
            backups.back_up(path, reason="before-x", at=FUTURE + number * 1000)
        study(store, "n1")
        first = backups.back_up(path, reason="before-y", at=MOMENT.at)
        second = backups.back_up(path, reason="before-y", at=MOMENT.at + 1000)
    found = [backup.path for backup in backups.find_backups(path)]
    assert found[:2] == [second, first]
    path.unlink()
    with pytest.raises(StoreError, match=r"before-y-?\d*\.db` brings back"):
        refuse_missing(path)


def test_a_copy_of_the_future_with_more_answers_is_the_one_to_restore(
    path: Path,
) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        backups.back_up(path, reason="manual", at=MOMENT.at)
        study(store, "n1")
        newest = backups.back_up(path, reason="manual", at=FUTURE)
    chosen = backups.backup_to_restore(path)
    assert chosen
    assert chosen.path == newest


def test_the_doctor_warns_of_copies_dated_in_the_future(store: Store) -> None:
    backups.back_up(store.path, reason="manual", at=MOMENT.at)
    made = backups.back_up(store.path, reason="manual", at=FUTURE)
    findings = examine(store.path, at=MOMENT.at)
    (finding,) = [each for each in findings if each.check == "backups"]
    assert finding.severity == "warning"
    assert finding.message == (
        f"Backups with a date in the future: 1, such as {made.name}."
    )


def test_backups_that_cannot_be_read_are_not_taken_for_none(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
    directory = backups.directory_of(path)
    shutil.rmtree(directory)
    directory.symlink_to(directory)
    with pytest.raises(StoreError, match="of the backups cannot be read"):
        examine(path, at=MOMENT.at)
    path.unlink()
    with pytest.raises(StoreError, match="of the backups cannot be read"):
        Store.open(path)
    assert not path.exists()


@pytest.mark.parametrize("change", ["DROP TABLE plans", "DROP TABLE retractions"])
def test_a_store_without_one_of_its_tables_is_no_backup(
    path: Path, change: str
) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        made = backups.back_up(path, reason="manual", at=MOMENT.at)
    for file in (path, made):
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(change)
            connection.commit()
    with pytest.raises(StoreDamagedError, match=r"The table \w+ is missing"):
        restore(path, made, at=MOMENT.at)
    with pytest.raises(StoreDamagedError, match=r"The table \w+ is missing"):
        backups.back_up(path, reason="manual", at=MOMENT.at)
