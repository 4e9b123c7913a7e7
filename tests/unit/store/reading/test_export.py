"""The store returns decks and histories exactly as they were saved."""

from __future__ import annotations

from flashcards.domain.content import Source
from flashcards.store.reader import Reader
from flashcards.store.reading.export.contents import (
    deck_contents,
    histories,
    retired_contents,
)
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, cloze, deck, sync

FULL = deck(
    "metrics/a",
    basic("n1", tier="stretch", tags=("f1",), source=Source("k", "p. 2"), line=4),
    cloze("n2"),
    basic("n3", requires=("n1",), links=("n2",), reverse=True, line=9),
    topics=(("t", "Topic"),),
    description="About.",
    version="1.2.3",
    license="CC0",
    path="decks/metrics/a.yaml",
)


def test_decks_are_returned_as_they_were_imported(store: Store, reader: Reader) -> None:
    other = deck("other", basic("o1"))
    sync(store, FULL, other)
    assert deck_contents(reader) == [FULL, other]
    assert [note.line for note in deck_contents(reader)[0].notes] == [4, 0, 9]
    assert deck_contents(reader, ["other"]) == [other]
    assert deck_contents(reader, []) == []


def test_retired_decks_and_notes_are_not_exported(store: Store, reader: Reader) -> None:
    sync(store, FULL, deck("other", basic("o1"), basic("o2")))
    left = deck("other", basic("o2"))
    sync(store, left, gone=["metrics/a"])
    assert deck_contents(reader) == [left]


def test_histories_have_every_review_that_counts(store: Store, reader: Reader) -> None:
    sync(store, FULL)
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    store.record(answer(reader, "n2:c2"), record_id=None, next_card_id=None, label="x")
    store.undo(None, MOMENT)
    store.suspend([1], True, label="x", moment=MOMENT)
    store.make_due([1], label="x", moment=MOMENT)
    (first,) = histories(reader, [1])
    assert first.card == "n1"
    assert first.memory is not None
    assert (first.memory.due_day, first.suspended) == (DAY, True)
    assert [review.rating for review in first.reviews] == [3]
    assert [(anchor.reason, anchor.after) for anchor in first.anchors] == [("due", 1)]


def test_retired_notes_are_exported_separately(store: Store, reader: Reader) -> None:
    sync(store, FULL)
    sync(store, deck("metrics/a", basic("n1")))
    (gone,) = retired_contents(reader, ["metrics/a"])
    assert [note.id for note in gone.notes] == ["n2", "n3"]
    assert retired_contents(reader, []) == []
