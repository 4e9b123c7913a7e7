"""Reading the log of reviews."""

from __future__ import annotations

from typing import Any

import pytest

from flashcards.domain.cards import Rating, State
from flashcards.store.reader import Reader
from flashcards.store.rows import AnswerTime, DayRow
from flashcards.store.store import Store
from tests.unit.store.building import (
    DAY,
    MOMENT,
    answer,
    basic,
    deck,
    every_review,
    sync,
)


def record(store: Store, reader: Reader, key: str, **fields: Any) -> None:
    store.record(
        answer(reader, key, **fields), record_id=None, next_card_id=None, label=key
    )


def test_reviews_are_found_by_card_and_by_deck(store: Store, reader: Reader) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    record(store, reader, "n1", day=DAY, at=MOMENT.at)
    record(store, reader, "n2", day=DAY + 1, at=MOMENT.at + 2)
    record(store, reader, "n1", day=DAY + 2, at=MOMENT.at + 1)
    assert [review.day for review in reader.log.reviews(1)] == [DAY, DAY + 2]
    assert [row[1] for row in reader.history.deck_reviews(1)] == [DAY, DAY + 2, DAY + 1]
    assert [review.day for review in every_review(reader)] == [DAY, DAY + 1, DAY + 2]


def test_a_clock_set_back_does_not_change_the_order_of_reviews(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", basic("n1")))
    for day in (DAY + 2, DAY, DAY + 1):
        record(store, reader, "n1", day=day, at=MOMENT.at + day)
    store.undo(None, MOMENT)
    store.redo(None, MOMENT)
    in_order = [DAY + 2, DAY, DAY + 1]
    assert [review.day for review in reader.log.reviews(1)] == in_order
    assert [row[1] for row in reader.history.deck_reviews(1)] == in_order
    assert [review.day for review in every_review(reader)] == in_order


@pytest.mark.parametrize(
    ("query", "wanted"), [("deck_reviews", 1), ("deck_anchors", [1])]
)
def test_the_history_of_a_deck_is_read_by_an_index(
    store: Store, query: str, wanted: object
) -> None:
    sync(store, deck("a", basic("n1")))
    asked: list[str] = []
    with Reader(store.path) as reader:
        reader.connection._connection.set_trace_callback(asked.append)
        getattr(reader.history, query)(wanted)
        reader.connection._connection.set_trace_callback(None)
        plan = reader.connection.rows(f"EXPLAIN QUERY PLAN {asked[-1]}")
    steps = [row[3] for row in plan]
    assert any(step.startswith("SEARCH") for step in steps)
    assert not [step for step in steps if step.startswith(("SCAN rev", "SCAN anc"))]


def test_days_count_reviews_that_were_not_undone(store: Store, reader: Reader) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    record(store, reader, "n1", duration_ms=1000)
    record(store, reader, "n2", duration_ms=2000)
    record(store, reader, "n1", duration_ms=5000, day=DAY + 1)
    assert reader.log.review_days() == [DayRow(DAY, 2, 3000), DayRow(DAY + 1, 1, 5000)]
    assert reader.log.review_days(since=DAY + 1) == [DayRow(DAY + 1, 1, 5000)]
    store.undo(None, MOMENT)
    store.undo(None, MOMENT)
    assert reader.log.review_days() == [DayRow(DAY, 1, 1000)]


def test_a_day_was_studied_while_one_of_its_reviews_counts(
    store: Store, reader: Reader
) -> None:
    assert reader.log.studied_days() == []
    sync(store, deck("a", basic("n1"), basic("n2")))
    record(store, reader, "n1", day=DAY)
    record(store, reader, "n2", day=DAY)
    record(store, reader, "n1", day=DAY + 5)
    assert reader.log.studied_days() == [DAY, DAY + 5]
    store.undo(None, MOMENT)
    assert reader.log.studied_days() == [DAY]
    store.undo(None, MOMENT)
    assert reader.log.studied_days() == [DAY]
    store.undo(None, MOMENT)
    assert reader.log.studied_days() == []


def test_answer_times_are_medians_by_state_and_recall(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", *(basic(f"n{number}") for number in range(5))))
    for number, duration in enumerate((1000, 3000, 900_000, 8000)):
        record(store, reader, f"n{number}", duration_ms=duration)
    record(store, reader, "n4", duration_ms=7000, rating=Rating.AGAIN)
    record(store, reader, "n0", duration_ms=900_000)
    assert reader.log.answer_times(DAY + 1) == [
        AnswerTime(State.NEW, again=False, median_ms=5500, answers=4),
        AnswerTime(State.NEW, again=True, median_ms=7000, answers=1),
        AnswerTime(State.REVIEW, again=False, median_ms=60_000, answers=1),
    ]
    store.undo(None, MOMENT)
    assert len(reader.log.answer_times(DAY + 1)) == 2
