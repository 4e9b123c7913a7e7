"""A change is saved in the file at the store's path, or said not to be saved."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flashcards.errors import CardChangedError, StoreError, StoreReplacedError
from flashcards.store.maintenance import backups
from flashcards.store.maintenance.doctor import examine
from flashcards.store.maintenance.restore import restore
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import MOMENT, answer, basic, deck, sync


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A store with the same card numbers, of other notes."""
    path = tmp_path / "other" / "flashcards.db"
    with Store.open(path) as store:
        sync(store, deck("b", basic("m1"), basic("m2"), basic("m3")))
    return path


def rate(store: Store, reader: Reader, key: str) -> int:
    given = answer(reader, key)
    return store.record(given, record_id=None, next_card_id=None, label="x")


def refused(store: Store, reader: Reader, key: str) -> str:
    with pytest.raises(StoreReplacedError) as raised:
        rate(store, reader, key)
    return str(raised.value)


def rescued(sentence: str) -> Path:
    found = re.search(r"saved before is in (\S+)\.", sentence)
    assert found, sentence
    return Path(found[1])


def test_no_answer_is_confirmed_into_a_deleted_store(
    path: Path, store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    rate(store, reader, "n1")
    for file in path.parent.glob("flashcards.db*"):
        file.unlink()

    sentence = refused(store, reader, "n2")

    assert sentence.startswith(
        f"The store {path} was deleted by another program while it was open. "
        "This change was not saved. All that was saved before is in "
    )
    assert refused(store, reader, "n2") == sentence
    assert not path.exists()
    reader.close()
    store.close()
    restore(path, rescued(sentence), at=MOMENT.at)
    with Reader(path) as again:
        assert len(again.log.reviews(1)) == 1
        assert again.log.reviews(2) == []


def test_a_store_that_was_replaced_gets_nothing_of_the_old_one(
    path: Path, store: Store, reader: Reader, other: Path
) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    rate(store, reader, "n1")
    copy = path.with_name("new")
    shutil.copy(other, copy)
    copy.replace(path)

    sentence = refused(store, reader, "n2")

    assert "was replaced by another program while it was open" in sentence
    reader.close()
    store.close()
    assert not [found for found in examine(path, at=MOMENT.at) if found[0] == "error"]
    with Reader(path) as new, Reader(rescued(sentence)) as old:
        assert [row.key for row in new.cards.decks()] == ["b"]
        assert new.log.reviews(1) == []
        assert len(old.log.reviews(1)) == 1


def test_a_copy_that_was_restored_by_hand_is_another_file(
    path: Path, store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    made = backups.back_up(path, reason="asked", at=MOMENT.at)
    rate(store, reader, "n1")
    shutil.copy(made, path.with_name("new"))
    path.with_name("new").replace(path)
    assert "replaced" in refused(store, reader, "n2")


def test_another_store_written_over_the_open_file_is_noticed(
    path: Path, store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE store_identity SET uid = 'another'")
    with pytest.raises(StoreReplacedError, match="Another store was written over"):
        rate(store, reader, "n1")


def test_what_cannot_be_saved_elsewhere_is_said(
    path: Path, store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    directory = backups.directory_of(path)
    shutil.rmtree(directory)
    directory.write_bytes(b"no room")
    path.unlink()
    assert "What was saved before could not be copied: " in refused(store, reader, "n1")


def test_an_answer_names_its_card_by_key(store: Store, reader: Reader) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    given = replace(answer(reader, "n1"), key="n2")
    with pytest.raises(CardChangedError):
        store.record(given, record_id=None, next_card_id=None, label="x")
    assert reader.log.reviews(1) == []


def test_a_store_that_moved_with_its_home_is_refused_in_words(
    path: Path, store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    path.parent.rename(path.parent.with_name("moved"))
    with pytest.raises(StoreError, match="was deleted"):
        rate(store, reader, "n1")


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_store_that_was_replaced_while_nothing_was_written_says_so_on_leaving(
    path: Path, other: Path, *, is_deleted: bool
) -> None:
    store = Store.open(path)
    sync(store, deck("a", basic("n1")))
    if is_deleted:
        path.unlink()
    else:
        other.replace(path)

    with pytest.raises(StoreReplacedError) as raised:
        store.leave()

    assert "This change" not in str(raised.value)
    with Reader(rescued(str(raised.value))) as saved:
        assert saved.cards.find("n1").deck == "a"
    if not is_deleted:
        with Reader(path) as reader:
            assert reader.cards.find("m1").deck == "b"
