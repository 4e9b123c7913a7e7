"""Reading the cards of the queue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.domain.cards import Memory, QueueCard, Scope, State
from flashcards.store.reader import Reader
from flashcards.store.rows import DeckCounts, Done
from flashcards.store.store import Store
from tests.unit.store.building import (
    DAY,
    MOMENT,
    answer,
    basic,
    cloze,
    deck,
    learned,
    sync,
)

EVERYTHING = Scope()


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    sync(
        store,
        deck("metrics/a", basic("n1", tags=("f1", "hard")), cloze("n2"), basic("n3")),
        deck(
            "metricsb", basic("n4", tags=("f1",)), basic("n5", requires=("n2", "gone"))
        ),
    )


def set_memory(store: Store, card_id: int, **fields: object) -> None:
    memory = replace(learned(Memory()), **fields)  # type: ignore[arg-type]
    store.repairs.replace_memories([(card_id, memory)], at=MOMENT.at)


def ids(cards: list[QueueCard]) -> list[int]:
    return [card.card_id for card in cards]


def test_due_cards_are_those_in_review_that_are_due_by_today(
    store: Store, reader: Reader
) -> None:
    set_memory(store, 1, due_day=DAY)
    set_memory(store, 2, due_day=DAY - 9)
    set_memory(store, 3, due_day=DAY + 1)
    set_memory(store, 4, state=State.LEARNING, due_day=DAY)
    assert ids(reader.queue.due(DAY)) == [2, 1]
    card = reader.queue.due(DAY)[1]
    assert card == QueueCard(1, 1, 1, 2, DAY, None, DAY, 3.0, 0)


def test_learning_cards_are_those_with_a_remaining_step(
    store: Store, reader: Reader
) -> None:
    set_memory(store, 1, state=State.LEARNING, due_at=MOMENT.at + 60_000)
    set_memory(store, 2, state=State.RELEARNING, due_day=DAY + 1)
    assert ids(reader.queue.learning(DAY)) == [1, 2]
    assert reader.queue.learning(DAY)[0].due_at == MOMENT.at + 60_000


def test_a_new_card_waits_until_its_required_notes_are_known(
    store: Store, reader: Reader
) -> None:
    assert ids(reader.queue.new(DAY)) == [1, 5, 2, 3, 4]
    set_memory(store, 2)
    set_memory(store, 3, state=State.LEARNING, due_day=DAY)
    assert ids(reader.queue.new(DAY)) == [1, 5, 4]
    set_memory(store, 3, state=State.RELEARNING)
    assert ids(reader.queue.new(DAY)) == [1, 5, 6, 4]


def test_a_suspended_or_retired_card_does_not_block_others(
    store: Store, reader: Reader
) -> None:
    store.suspend([2, 3], True, label="x", moment=MOMENT)
    assert 6 in ids(reader.queue.new(DAY))
    store.undo(None, MOMENT)
    sync(store, deck("metrics/a", basic("n1"), basic("n3")))
    assert 6 in ids(reader.queue.new(DAY))


def test_new_cards_stop_at_the_limit(reader: Reader) -> None:
    assert ids(reader.queue.new(DAY, limit=2)) == [1, 5]
    assert reader.queue.new(DAY, limit=0) == []


def test_suspended_retired_and_buried_cards_are_left_out(
    store: Store, reader: Reader
) -> None:
    for card_id in (1, 2, 3):
        set_memory(store, card_id, due_day=DAY)
    store.suspend([1], True, label="x", moment=MOMENT)
    store.bury([2, 4], DAY + 1, label="x", moment=MOMENT)
    assert ids(reader.queue.due(DAY)) == [3]
    assert sorted(ids(reader.queue.due(DAY + 1))) == [2, 3]
    assert 4 not in ids(reader.queue.new(DAY))
    assert 4 in ids(reader.queue.new(DAY + 1))
    assert ids(reader.queue.all(DAY, EVERYTHING)) == [5, 3, 6]


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (EVERYTHING, [1, 5, 2, 3, 4]),
        (Scope(("metrics",)), [1, 2, 3, 4]),
        (Scope(("metrics/a",)), [1, 2, 3, 4]),
        (Scope(("metrics/",)), [1, 2, 3, 4]),
        (Scope(("metricsb",)), [5]),
        (Scope(("metrics", "metricsb")), [1, 5, 2, 3, 4]),
        (Scope(("metric",)), []),
        (Scope(tags=("f1",)), [1, 5]),
        (Scope(tags=("hard", "none")), [1]),
        (Scope(tags=("f",)), []),
        (Scope(("metricsb",), ("f1",)), [5]),
    ],
)
def test_a_scope_selects_decks_and_tags(
    reader: Reader, scope: Scope, found: list[int]
) -> None:
    assert ids(reader.queue.new(DAY, scope)) == found


def test_counts_are_returned_for_every_deck(store: Store, reader: Reader) -> None:
    set_memory(store, 1, due_day=DAY)
    set_memory(store, 2, due_day=DAY + 1)
    set_memory(store, 3, state=State.LEARNING, due_day=DAY)
    store.bury([5], DAY + 1, label="x", moment=MOMENT)
    assert reader.queue.due_counts(DAY) == [
        DeckCounts(1, "metrics/a", "Metrics/A", new=1, learning=1, review=1),
        DeckCounts(2, "metricsb", "Metricsb", new=0, learning=0, review=0),
    ]
    assert reader.cards.deck_keys() == {1: "metrics/a", 2: "metricsb"}


def test_the_work_of_today_excludes_undone_reviews(
    store: Store, reader: Reader
) -> None:
    for key in ("n1", "n1", "n2:c1", "n4"):
        store.record(answer(reader, key), record_id=None, next_card_id=None, label=key)
    store.undo(None, MOMENT)
    assert reader.queue.done_today(DAY) == {
        1: Done(new=2, reviews=1, carried=0, milliseconds=12_000)
    }
    assert reader.queue.notes_seen(DAY) == {1: {1}, 2: {2}}
    assert reader.queue.done_today(DAY + 1) == {}
    assert reader.queue.notes_seen(DAY - 1) == {}


def test_decks_are_listed_with_their_figures(store: Store, reader: Reader) -> None:
    store.suspend([1], True, label="x", moment=MOMENT)
    set_memory(store, 2)
    first, second = reader.cards.decks()
    assert (first.key, first.notes, first.cards, first.new, first.suspended) == (
        "metrics/a",
        3,
        4,
        3,
        1,
    )
    assert (second.key, second.notes, second.cards) == ("metricsb", 2, 2)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("due", "cards_due"),
        ("learning", "cards_due"),
        ("new", "cards_new"),
    ],
)
def test_the_queue_is_read_through_its_indexes(
    store: Store, query: str, index: str
) -> None:
    asked: list[str] = []
    with Reader(store.path) as reader:
        reader.connection._connection.set_trace_callback(asked.append)
        getattr(reader.queue, query)(DAY)
        reader.connection._connection.set_trace_callback(None)
        plan = reader.connection.rows(f"EXPLAIN QUERY PLAN {asked[-1]}")
    steps = [row[3] for row in plan if " cards " in row[3]]
    assert steps
    assert f"USING INDEX {index}" in steps[0]
