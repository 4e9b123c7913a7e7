"""Anchors are kept through undo, redo and a newer version of the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.domain.cards import FROM_THE_START
from flashcards.store.maintenance.doctor import DoctorFinding, examine
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, deck, sync
from tests.unit.store.maintenance.test_doctor import replay
from tests.unit.store.older import drop_origins


def memory_findings(path: Path) -> list[DoctorFinding]:
    """Return what is wrong apart from the copy of a migration, dated by the real clock."""
    findings = examine(path, at=MOMENT.at, replay=replay)
    return [each for each in findings if each.check != "backups"]


@pytest.fixture
def filled(store: Store, reader: Reader) -> Store:
    sync(store, deck("a", basic("n1"), basic("n2")))
    record(store, reader)
    return store


def record(store: Store, reader: Reader) -> None:
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")


def made_due(reader: Reader) -> int | None:
    memory = reader.history.of_card(1).anchored.made_due
    return memory.due_day if memory else None


def test_a_card_is_made_due_until_it_is_asked_again(
    filled: Store, reader: Reader
) -> None:
    filled.make_due([1, 2], label="x", moment=MOMENT)
    assert made_due(reader) == DAY
    assert reader.history.of_card(2).anchored == FROM_THE_START

    record(filled, reader)
    assert made_due(reader) is None
    assert len(reader.history.of_card(1).reviews) == 2

    filled.undo(None, MOMENT)
    assert made_due(reader) == DAY


def test_an_anchor_comes_after_a_review_that_was_redone(
    filled: Store, reader: Reader
) -> None:
    filled.make_due([1], label="x", moment=MOMENT)
    for _ in range(2):
        filled.undo(None, MOMENT)
    assert made_due(reader) is None
    for _ in range(2):
        filled.redo(None, MOMENT)

    assert made_due(reader) == DAY
    assert examine(filled.path, at=MOMENT.at, replay=replay) == []


def test_cards_that_an_older_version_made_due_get_their_anchors(
    path: Path, filled: Store, reader: Reader
) -> None:
    filled.make_due([1], label="x", moment=MOMENT)
    reader.close()
    filled.close()
    with closing(sqlite3.connect(path)) as old:
        old.execute("DROP TABLE anchors")
        old.execute("DROP TABLE store_identity")
        drop_origins(old)
        old.execute("PRAGMA user_version = 3")
        old.commit()

    with Store.open(path) as store, Reader(path) as again:
        assert made_due(again) == DAY
        assert not memory_findings(path)
        store.undo(None, MOMENT)
        assert made_due(again) is None
        assert not memory_findings(path)
        store.redo(None, MOMENT)
        assert made_due(again) == DAY


def test_an_operation_that_an_older_version_undid_can_be_redone(
    path: Path, filled: Store, reader: Reader
) -> None:
    filled.make_due([1], label="x", moment=MOMENT)
    filled.undo(None, MOMENT)
    reader.close()
    filled.close()
    with closing(sqlite3.connect(path)) as old:
        old.execute("DROP TABLE anchors")
        old.execute("DROP TABLE store_identity")
        drop_origins(old)
        old.execute("PRAGMA user_version = 3")
        old.commit()

    with Store.open(path) as store, Reader(path) as again:
        assert made_due(again) is None
        store.redo(None, MOMENT)
        assert made_due(again) == DAY
        assert not memory_findings(path)
