"""Copies of the store: made, thinned out, put back."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flashcards.errors import (
    FlashcardsError,
    StoreDamagedError,
)
from flashcards.store.maintenance import backups, session_backup
from flashcards.store.maintenance.backups import Backup
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, deck, sync


def decks(path: Path) -> list[str]:
    with Reader(path) as reader:
        return [row.key for row in reader.cards.decks()]


def test_a_backup_is_one_complete_file(store: Store) -> None:
    sync(store, deck("a", basic("n1")))
    made = backups.back_up(store.path, reason="asked", at=MOMENT.at)
    assert made.name == "flashcards-20260302-090000-asked.db"
    newest = backups.find_backups(store.path)[0]
    assert newest.path in {made, *made.parent.iterdir()}
    assert not [file for file in made.parent.iterdir() if file.suffix != ".db"]
    assert decks(made) == ["a"]


def test_no_backup_replaces_another(store: Store) -> None:
    made = [
        backups.back_up(store.path, reason="manual", at=MOMENT.at) for _ in range(3)
    ]
    assert [file.name for file in made] == [
        "flashcards-20260302-090000-manual.db",
        "flashcards-20260302-090000-manual-2.db",
        "flashcards-20260302-090000-manual-3.db",
    ]
    assert [backup.path for backup in backups.find_backups(store.path)] == made[::-1]


def test_backups_made_at_once_are_whole(store: Store) -> None:
    sync(store, deck("a", basic("n1")))
    with ThreadPoolExecutor(4) as threads:
        made = list(
            threads.map(
                lambda _: backups.back_up(store.path, reason="manual", at=MOMENT.at),
                range(8),
            )
        )
    assert len(set(made)) == 8
    assert [decks(file) for file in made] == [["a"]] * 8


def test_a_backup_that_fails_leaves_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all" * 999)
    with pytest.raises(StoreDamagedError):
        backups.back_up(path, reason="manual", at=MOMENT.at)
    assert list(backups.directory_of(path).iterdir()) == []


def test_a_copy_elsewhere_replaces_a_file(store: Store) -> None:
    sync(store, deck("a", basic("n1")))
    target = store.path.parent / "copy.db"
    target.write_bytes(b"old")
    backups.copy_to(store.path, target)
    assert decks(target) == ["a"]
    with pytest.raises(FlashcardsError, match="There is no directory"):
        backups.copy_to(store.path, store.path.parent / "nowhere" / "copy.db")


def test_the_first_change_of_a_study_day_makes_a_backup(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    for day in (DAY, DAY, DAY + 1):
        given = answer(reader, "n1", day=day, at=MOMENT.at + (day - DAY) * 86_400_000)
        store.record(given, record_id=None, next_card_id=None, label="x")
    reasons = [backup.reason for backup in backups.find_backups(store.path)]
    assert reasons == [f"daily-{DAY + 1}", f"daily-{DAY}"]
    with Store.open(store.path) as other:
        other.suspend([1], True, label="x", moment=MOMENT)
    assert len(backups.find_backups(store.path)) == 2


def test_an_answer_is_kept_even_where_no_backup_can_be_made(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    for file in backups.directory_of(store.path).iterdir():
        file.unlink()
    backups.directory_of(store.path).rmdir()
    backups.directory_of(store.path).touch()
    given = answer(reader, "n1", day=DAY + 1)
    store.record(given, record_id=None, next_card_id=None, label="x")
    assert len(reader.log.reviews(1)) == 1


def at_hours(*hours: int, reason: str = "before-import") -> list[Backup]:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    made = [
        Backup(Path(f"{hour}.db"), start + timedelta(hours=hour), reason, 1)
        for hour in hours
    ]
    return sorted(made, key=lambda backup: backup.at, reverse=True)


def test_the_ten_newest_backups_stay() -> None:
    assert backups.find_superseded(at_hours(*range(10))) == []
    lost = backups.find_superseded(at_hours(*range(12)))
    assert [backup.path.name for backup in lost] == ["1.db", "0.db"]


def test_backups_that_were_asked_for_stay() -> None:
    asked = at_hours(*range(99), reason="manual")
    assert backups.find_superseded([*at_hours(*range(10)), *asked]) == []


def test_of_seven_days_the_last_backup_of_each_stays() -> None:
    hours = [day * 24 + hour for day in range(9) for hour in (1, 2)]
    kept = set(at_hours(*hours)) - set(backups.find_superseded(at_hours(*hours)))
    names = sorted(int(backup.path.stem) for backup in kept)
    assert names == [2 * 24 + 2, 3 * 24 + 2, *hours[8:]]


def overwrite_page(path: Path) -> None:
    """Overwrite one page, which a copy takes over as it is."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)


def test_a_damaged_store_pushes_no_good_backup_out(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
        for number in range(1, backups.KEEP_NEWEST):
            backups.back_up(path, reason="asked", at=MOMENT.at + number * 1000)
    before = backups.find_backups(path)
    overwrite_page(path)
    later = MOMENT.at + 9 * 86_400_000
    with pytest.raises(StoreDamagedError, match="is damaged"):
        backups.back_up(path, reason="asked", at=later)
    backups.try_daily_backup(path, DAY + 9, later)
    assert backups.find_backups(path) == before
    assert {file.suffix for file in backups.directory_of(path).iterdir()} == {".db"}


def test_files_of_others_in_the_directory_are_left_alone(store: Store) -> None:
    directory = backups.directory_of(store.path)
    directory.mkdir(exist_ok=True)
    (directory / "flashcards-mine.db").touch()
    assert backups.find_backups(store.path) == []
    for number in range(20):
        backups.back_up(
            store.path, reason=f"before-{number}", at=MOMENT.at + number * 1000
        )
    assert len(backups.find_backups(store.path)) == backups.KEEP_NEWEST
    assert (directory / "flashcards-mine.db").exists()


def test_the_answers_of_a_session_are_copied_when_it_ends(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    store.back_up_session()
    for key in ("n1", "n2"):
        store.record(answer(reader, key), record_id=None, next_card_id=None, label="x")
        store.back_up_session()
        store.back_up_session()
    made = backups.find_backups(store.path)
    (session,) = [backup for backup in made if backup.reason.startswith("session")]
    with Reader(session.path) as copy:
        assert [len(copy.log.reviews(number)) for number in (1, 2)] == [1, 1]


def test_a_large_store_is_copied_after_one_session_a_day(
    store: Store, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "LARGE", 0)
    sync(store, deck("a", basic("n1"), basic("n2")))
    made = []
    for key in ("n1", "n2"):
        store.record(answer(reader, key), record_id=None, next_card_id=None, label="x")
        store.back_up_session()
        made.append([b.path for b in backups.find_backups(store.path)])
    assert made[0] == made[1]


def test_a_store_that_takes_time_to_copy_is_copied_after_it_was_left(
    store: Store, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_backup, "QUICK", 0)
    sync(store, deck("a", basic("n1"), basic("n2")))
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    store.leave()
    _, status = os.waitpid(-1, 0)
    assert status == 0

    made = backups.find_backups(store.path)
    (session,) = [backup for backup in made if backup.reason.startswith("session")]
    with Reader(session.path) as copy:
        assert len(copy.log.reviews(1)) == 1
    assert list(session.path.parent.glob(".*")) == []


def test_programs_that_start_at_once_make_one_daily_backup(store: Store) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(
            threads.map(
                lambda _: backups.try_daily_backup(store.path, DAY, MOMENT.at), range(6)
            )
        )
    assert len(backups.find_backups(store.path)) == 1
