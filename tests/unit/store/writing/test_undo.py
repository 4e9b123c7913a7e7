"""Undo and redo of operations."""

from __future__ import annotations

import pytest

from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, cloze, deck, sync


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    sync(store, deck("a/b", basic("n1"), cloze("n2")))


def record(store: Store, reader: Reader, key: str) -> None:
    store.record(answer(reader, key), record_id=None, next_card_id=None, label=key)


def test_nothing_can_be_undone_without_an_operation_of_the_kind(
    store: Store, reader: Reader
) -> None:
    assert store.undo({"review"}, MOMENT) is None
    assert store.redo(None, MOMENT) is None
    assert reader.log.undoable({"review"}) is None
    assert reader.log.redoable(None) is None


def test_undo_retracts_a_review_and_redo_logs_it_again(
    store: Store, reader: Reader
) -> None:
    before = reader.cards.find("n1")
    record(store, reader, "n1")
    after, (logged,) = reader.cards.find("n1"), reader.log.reviews(1)
    undone = store.undo(None, MOMENT)
    assert undone is not None
    assert (undone.kind, undone.label, undone.undone) == ("review", "n1", True)
    assert reader.cards.find("n1") == before
    assert reader.log.reviews(1) == []
    assert reader.log.review_days() == []
    redone = store.redo(None, MOMENT)
    assert redone is not None
    assert not redone.undone
    assert reader.cards.find("n1") == after
    (again,) = reader.log.reviews(1)
    assert again.uid != logged.uid
    assert (again.at, again.rating, again.duration_ms) == (
        logged.at,
        logged.rating,
        4000,
    )


def test_undo_works_after_a_restart_and_has_no_limit(
    store: Store, reader: Reader
) -> None:
    for _ in range(30):
        record(store, reader, "n1")
    with Store.open(store.path) as other:
        for _ in range(30):
            other.undo({"review"}, MOMENT)
    assert reader.log.reviews(1) == []
    assert reader.cards.get(1).memory.reps == 0


def test_nothing_can_be_redone_after_a_new_operation(
    store: Store, reader: Reader
) -> None:
    record(store, reader, "n1")
    store.undo(None, MOMENT)
    record(store, reader, "n2:c1")
    assert reader.log.redoable(None) is None
    assert store.redo(None, MOMENT) is None


def test_redo_follows_the_order_of_the_operations(store: Store, reader: Reader) -> None:
    for key in ("n1", "n2:c1", "n2:c2"):
        record(store, reader, key)
    for _ in range(3):
        store.undo({"review"}, MOMENT)
    labels = [
        operation.label for _ in range(3) if (operation := store.redo(None, MOMENT))
    ]
    assert labels == ["n1", "n2:c1", "n2:c2"]


def test_undo_of_one_kind_leaves_later_ones_of_other_kinds(
    store: Store, reader: Reader
) -> None:
    record(store, reader, "n1")
    store.suspend([1], True, label="suspend", moment=MOMENT)
    store.undo({"review"}, MOMENT)
    row = reader.cards.get(1)
    assert row.suspended
    assert row.memory.reps == 0


def test_redo_never_skips_an_earlier_operation_of_the_kind(
    store: Store, reader: Reader
) -> None:
    record(store, reader, "n1")
    store.suspend([1], True, label="suspend", moment=MOMENT)
    record(store, reader, "n1")
    store.undo({"review"}, MOMENT)
    store.undo({"review"}, MOMENT)
    redone = [store.redo({"review", "suspend"}, MOMENT) for _ in range(3)]
    assert [row and row.operation_id for row in redone] == [2, 4, None]


def test_an_operation_dropped_by_a_new_one_is_never_redone(
    store: Store, reader: Reader
) -> None:
    record(store, reader, "n1")
    store.undo(None, MOMENT)
    record(store, reader, "n2:c1")
    store.undo(None, MOMENT)
    redone = [store.redo(None, MOMENT) for _ in range(2)]
    assert [row and row.label for row in redone] == ["n2:c1", None]
    assert reader.log.reviews(1) == []


def test_bury_suspend_mark_and_report_can_be_undone(
    store: Store, reader: Reader
) -> None:
    store.bury([1, 2], DAY + 1, label="bury", moment=MOMENT)
    store.bury([2], DAY + 2, label="bury longer", moment=MOMENT)
    store.suspend([1], True, label="suspend", moment=MOMENT)
    store.mark(1, True, label="mark", moment=MOMENT)
    store.report(1, 1, "The sign is wrong.", label="report", moment=MOMENT)
    row = reader.cards.get(1)
    assert (row.buried_until, row.suspended, row.marked) == (DAY + 1, True, True)
    assert reader.cards.get(2).buried_until == DAY + 2
    (report,) = reader.cards.reports()
    assert (report.note, report.card, report.text) == ("n1", "n1", "The sign is wrong.")
    for _ in range(4):
        store.undo(None, MOMENT)
    row = reader.cards.get(1)
    assert (row.buried_until, row.suspended, row.marked) == (DAY + 1, False, False)
    assert reader.cards.get(2).buried_until == DAY + 1
    assert reader.cards.reports() == []
    for _ in range(4):
        store.redo(None, MOMENT)
    assert len(reader.cards.reports()) == 1
    assert reader.cards.get(1).marked


def test_operations_are_listed_newest_first(store: Store, reader: Reader) -> None:
    record(store, reader, "n1")
    store.undo(None, MOMENT)
    listed = [(row.kind, row.undone) for row in reader.log.operations(5)]
    assert listed == [("review", True), ("import", False)]
    assert len(reader.log.operations(1)) == 1


def test_the_cards_of_an_operation_are_returned(store: Store, reader: Reader) -> None:
    store.suspend([3, 2], True, label="suspend", moment=MOMENT)
    newest = reader.log.operations(1)[0].operation_id
    assert reader.log.cards_of_operation(newest) == [2, 3]
    assert reader.log.cards_of_operation(99) == []
