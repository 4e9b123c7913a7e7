"""A store that is disconnected while idle: in its file alone, and connected by its next use."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flashcards.collection.idle import IdleConnections
from flashcards.errors import StoreError, StoreReplacedError
from flashcards.store.files import log_of
from flashcards.store.maintenance import backups
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, answer, basic, deck, sync


def nothing() -> None:
    """Hear nothing of a connection."""


def record(store: Store, reader: Reader, key: str) -> None:
    given = answer(reader, key)
    store.record(given, record_id=None, next_card_id=None, label="x")


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def side_files(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.glob("flashcards.db-*"))


@pytest.fixture
def idle(store: Store, reader: Reader) -> Store:
    """A store with three cards that holds no file but its own."""
    sync(store, deck("a", basic("n1"), basic("n2"), basic("n3")))
    assert reader.disconnect(nothing)
    assert store.database.disconnect(nothing)
    return store


def test_a_disconnected_store_is_one_file(path: Path, idle: Store) -> None:
    assert side_files(path) == []


def test_reading_and_writing_connect_again(idle: Store, reader: Reader) -> None:
    heard: list[str] = []
    reader.disconnect(lambda: heard.append("reader"))
    idle.database.disconnect(lambda: heard.append("store"))

    record(idle, reader, "n1")

    assert heard == ["reader", "store"]
    assert len(reader.log.reviews(1)) == 1
    assert len(reader.search.find("n2", 9, DAY)) == 1


def test_connecting_early_changes_nothing(idle: Store, reader: Reader) -> None:
    idle.database.connect()
    assert log_of(idle.path).stat().st_size > 0
    assert reader.log.operations(9) != []
    assert reader.log.reviews(1) == []


def test_a_snapshot_is_not_cut_in_two(idle: Store, reader: Reader) -> None:
    with reader.snapshot():
        reader.cards.deck_keys()
        assert not reader.disconnect(nothing)
        record(idle, reader, "n1")
        assert reader.log.reviews(1) == []
    assert len(reader.log.reviews(1)) == 1


def test_another_window_that_reads_keeps_the_connection_open(
    idle: Store, reader: Reader
) -> None:
    with Reader(idle.path) as other, other.snapshot():
        other.cards.deck_keys()
        record(idle, reader, "n1")
        assert reader.disconnect(nothing)
        assert not idle.database.disconnect(nothing)
    assert idle.database.disconnect(nothing)


def test_what_is_closed_is_not_connected_again(idle: Store, reader: Reader) -> None:
    reader.close()
    with pytest.raises(StoreError, match="closed"):
        reader.cards.deck_keys()


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_reader_refuses_a_store_that_was_replaced_while_it_was_disconnected(
    tmp_path: Path, idle: Store, reader: Reader, *, is_deleted: bool
) -> None:
    other = tmp_path / "other.db"
    with Store.open(other) as another:
        sync(another, deck("b", basic("m1")))
    idle.path.unlink()
    if not is_deleted:
        other.rename(idle.path)
    with pytest.raises(StoreReplacedError, match="deleted" if is_deleted else "repl"):
        reader.cards.deck_keys()


def test_idle_connections_are_closed_and_opened_by_themselves(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    watching = IdleConnections(lambda: reader, lambda: store, 0.01)
    wait_for(lambda: side_files(store.path) == [])
    record(store, reader, "n1")
    wait_for(lambda: side_files(store.path) == [])
    watching.stop()
    assert len(reader.log.reviews(1)) == 1


def test_an_answer_in_a_pause_is_copied(store: Store, reader: Reader) -> None:
    sync(store, deck("a", basic("n1")))
    record(store, reader, "n1")
    store.back_up_pause()
    with Reader(backups.find_backups(store.path)[0].path) as copy:
        assert len(copy.log.reviews(1)) == 1


def test_a_store_that_is_opened_after_the_reader_became_idle_is_closed_too(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    opened: list[Store] = []
    asked: list[bool] = []

    def find_store() -> Store | None:
        asked.append(bool(opened))
        return opened[0] if opened else None

    watching = IdleConnections(lambda: reader, find_store, 0.01)
    # The third question comes from closing the idle reader.
    wait_for(lambda: len(asked) > 3)

    opened.append(store)
    watching.wake()

    wait_for(lambda: side_files(store.path) == [])
    watching.stop()
