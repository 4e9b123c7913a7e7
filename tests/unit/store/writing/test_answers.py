"""Saving answers and session records."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from flashcards.domain.cards import Rating, Scope, State
from flashcards.errors import CardChangedError, NothingFoundError
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, cloze, deck, sync


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    sync(store, deck("a/b", basic("n1"), cloze("n2")))


def start(store: Store, scope: Scope | None = None) -> int:
    return store.start_session_record(
        kind="review",
        scope=scope or Scope(),
        minutes=15,
        card_limit=None,
        moment=MOMENT,
    )


def test_an_answer_changes_the_card_and_is_logged(store: Store, reader: Reader) -> None:
    given = answer(reader, "n1")
    store.record(given, record_id=None, next_card_id=None, label="Good on n1")
    assert reader.cards.find("n1").memory == given.after
    (review,) = reader.log.reviews(given.card_id)
    assert (review.at, review.day, review.rating) == (MOMENT.at, DAY, Rating.GOOD)
    assert (review.duration_ms, review.state) == (4000, State.NEW)
    assert review.interval_seconds == 3 * 86_400
    assert reader.log.undoable(None) == reader.log.operations(1)[0]
    assert reader.log.operations(1)[0].label == "Good on n1"


def test_an_answer_to_a_changed_card_is_not_saved(store: Store, reader: Reader) -> None:
    given = answer(reader, "n1")
    store.record(given, record_id=None, next_card_id=None, label="first")
    with pytest.raises(CardChangedError) as raised:
        store.record(given, record_id=None, next_card_id=None, label="second")
    assert str(raised.value) == (
        "This card was answered in another window meanwhile, so this answer was not saved."
    )
    assert len(reader.log.reviews(given.card_id)) == 1
    assert len(reader.log.operations(10)) == 2


def test_a_card_stays_a_leech_until_that_is_undone(
    store: Store, reader: Reader
) -> None:
    first = answer(reader, "n1", leech=True)
    store.record(first, record_id=None, next_card_id=None, label="first")
    second = answer(reader, "n1")
    store.record(second, record_id=None, next_card_id=None, label="second")
    assert reader.cards.find("n1").leech
    store.undo(None, MOMENT)
    assert reader.cards.find("n1").leech
    store.undo(None, MOMENT)
    assert not reader.cards.find("n1").leech


def test_the_log_is_append_only(store: Store, reader: Reader) -> None:
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    store.undo(None, MOMENT)
    with closing(sqlite3.connect(store.path)) as connection:
        for statement, table in (
            ("UPDATE reviews SET rating = 4", "reviews"),
            ("DELETE FROM reviews", "reviews"),
            ("UPDATE retractions SET retracted_at = 0", "retractions"),
            ("DELETE FROM retractions", "retractions"),
        ):
            with pytest.raises(
                sqlite3.IntegrityError, match=f"{table} are only ever added to"
            ):
                connection.execute(statement)


def test_a_session_record_has_the_current_card(store: Store, reader: Reader) -> None:
    sitting = start(store, Scope(("a",), ("t",)))
    given = answer(reader, "n1")
    shown = reader.log.unfinished_session_record(DAY)
    assert shown is not None
    assert (shown.scope, shown.minutes, shown.kind) == (
        Scope(("a",), ("t",)),
        15,
        "review",
    )
    store.record(given, record_id=sitting, next_card_id=2, label="x")
    assert (reader.log.session_record(sitting) or shown).current_card_id == 2
    store.undo(None, MOMENT)
    assert (
        reader.log.session_record(sitting) or shown
    ).current_card_id == given.card_id


def test_a_finished_session_is_not_resumed(store: Store, reader: Reader) -> None:
    sitting = start(store)
    store.finish_session_record(sitting, MOMENT.at + 9)
    assert reader.log.unfinished_session_record(DAY) is None
    row = reader.log.session_record(sitting)
    assert row is not None
    assert row.finished_at == MOMENT.at + 9
    assert reader.log.session_record(99) is None


def test_a_session_of_yesterday_is_not_resumed(store: Store, reader: Reader) -> None:
    start(store)
    assert reader.log.unfinished_session_record(DAY + 1) is None


def test_the_reviews_of_a_session_exclude_undone_ones(
    store: Store, reader: Reader
) -> None:
    sitting = start(store)
    for key in ("n1", "n2:c1", "n2:c2"):
        store.record(
            answer(reader, key), record_id=sitting, next_card_id=None, label=key
        )
    again = replace(answer(reader, "n1"), rating=Rating.AGAIN)
    store.record(again, record_id=sitting, next_card_id=None, label="again")
    assert [row.card_id for row in reader.log.session_reviews(sitting)] == [1, 2, 3, 1]
    for _ in range(3):
        store.undo({"review"}, MOMENT)
    assert [row.card_id for row in reader.log.session_reviews(sitting)] == [1]


def test_memories_can_be_replaced_in_bulk(store: Store, reader: Reader) -> None:
    after = answer(reader, "n1", days=9).after
    store.repairs.replace_memories([(1, after), (3, after)], at=MOMENT.at)
    assert reader.cards.get(1).memory == reader.cards.get(3).memory == after
    assert reader.cards.get(2).memory.state is State.NEW
    assert len(reader.log.operations(10)) == 1


def test_a_change_of_a_missing_card_changes_nothing(
    store: Store, reader: Reader
) -> None:
    with pytest.raises(NothingFoundError) as raised:
        store.suspend([1, 999], True, label="x", moment=MOMENT)
    assert str(raised.value) == (
        "One of these is no longer in the store, so nothing was changed."
    )
    assert not reader.cards.get(1).suspended
