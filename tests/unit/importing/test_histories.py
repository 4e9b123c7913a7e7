"""Imported reviews are logged once, and every memory can be replayed from the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.bundle import CardHistory, PastReview
from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, Reason, State
from flashcards.domain.clock import DAY_MS, Moment
from flashcards.errors import CardChangedError
from flashcards.importing.histories.merge import (
    merge_histories,
    reset_histories,
    soften_histories,
)
from flashcards.scheduling.replay import Replayer
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.comparison.import_changes import CardChanges
from flashcards.store.reader import Reader
from tests.helpers import START, FixedClock

TODAY = FixedClock().moment().day
STATED = Memory(
    State.REVIEW, None, 20.0, 6.0, TODAY + 9, None, TODAY - 11, 20 * DAY_SECONDS, 7, 1
)


def past(ago: int, rating: int = 3, wait: int = 3, state: int = 2) -> PastReview:
    at = START - ago * DAY_MS
    return PastReview(at, TODAY - ago, rating, 5000, state, wait * DAY_SECONDS)


LOG = (past(40, 4, 6, 0), past(34, 3, 15), past(19, 1, 1), past(18, 3, 20))


@pytest.fixture
def learn(collection: Collection) -> Callable[..., Sequence[CardChanges]]:
    """Import histories alone and return their changes."""

    def apply(
        *histories: CardHistory, card_changes: Sequence[CardChanges] = ()
    ) -> Sequence[CardChanges]:
        reader, moment = collection.reader, collection.moment()
        found = (
            *card_changes,
            *merge_histories(
                histories, {}, reader, collection.settings, collection.day_of, moment
            ),
        )
        changes = replace(
            compare_bundle(reader.content.stored_state(()), ()), histories=found
        )
        collection.store().apply(changes, moment)
        return found

    return apply


Learn = Callable[..., Sequence[CardChanges]]
Decide = Callable[[Sequence[str], Reader, Moment], Sequence[CardChanges]]


def memory_of(collection: Collection, card: str) -> Memory:
    """Return a card's memory, which must follow from its review history."""
    row = collection.reader.cards.find(card)
    assert row.memory.agrees_with(
        collection.replay(collection.reader.history.of_card(row.card_id))
    )
    return row.memory


def rate_card(collection: Collection, card: str, rating: Rating = Rating.GOOD) -> None:
    session = collection.sessions.start_review()
    while session.current and session.current.row.key != card:
        session.reveal()
        session.rate(Rating.EASY)
    session.reveal()
    session.rate(rating)
    session.leave()


def test_imported_reviews_give_the_card_its_memory(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", LOG))

    memory = memory_of(collection, "m-1")
    assert (memory.reps, memory.lapses, memory.last_day) == (4, 1, TODAY - 18)
    assert memory.due_day == TODAY + 2
    assert [row.rating for row in collection.reader.log.reviews(1)] == [4, 3, 1, 3]


def test_stored_reviews_are_not_imported_again(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", LOG[:2]))
    before = memory_of(collection, "m-1")

    assert learn(CardHistory("m-1", LOG[:2])) == ()
    assert memory_of(collection, "m-1") == before

    learn(CardHistory("m-1", LOG))
    assert len(collection.reader.log.reviews(1)) == 4
    assert memory_of(collection, "m-1").reps == 4


def test_a_stated_memory_counts_if_there_are_no_reviews(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", memory=STATED), CardHistory("m-2", LOG, memory=STATED))

    assert memory_of(collection, "m-1") == STATED
    assert memory_of(collection, "m-2").reps == 4
    assert learn(CardHistory("m-1", memory=STATED)) == ()
    (anchor,) = collection.reader.history.anchors(1)
    assert anchor.reason is Reason.IMPORT

    collection.store().make_due([1], label="x", moment=collection.moment())
    assert memory_of(collection, "m-1") == replace(STATED, due_day=TODAY)
    rate_card(collection, "m-1")
    later = memory_of(collection, "m-1")
    assert (later.reps, later.last_day) == (8, TODAY)


def test_older_imported_reviews_are_replayed_in_order_of_time(
    collection: Collection, learn: Learn
) -> None:
    rate_card(collection, "m-1", Rating.AGAIN)
    own = collection.reader.log.reviews(1)[0]
    learn(CardHistory("m-1", LOG))

    memory = memory_of(collection, "m-1")
    every = [
        *(
            (review.day, review.rating, review.interval_seconds, review.at)
            for review in LOG
        ),
        (own.day, int(own.rating), own.interval_seconds, own.at),
    ]
    folded = Replayer(
        collection.settings.options(""), collection.day_of
    ).compute_memory(every)
    assert memory.agrees_with(folded)
    assert [review.reason for review in collection.reader.history.anchors(1)] == [
        Reason.MERGE
    ]


def test_reviews_replace_a_memory_that_was_stated_before(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", memory=STATED))
    learn(CardHistory("m-1", LOG, memory=STATED))

    assert memory_of(collection, "m-1").reps == 4


def test_softening_halves_the_stability_and_makes_the_card_due_today(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", LOG))
    before = memory_of(collection, "m-1")
    learn(
        card_changes=soften_histories(
            ["m-1", "m-2"], collection.reader, collection.moment()
        )
    )

    after = memory_of(collection, "m-1")
    assert after == replace(
        before, stability=(before.stability or 0) / 2, due_day=TODAY
    )
    assert memory_of(collection, "m-2") == Memory()


def test_a_reset_card_is_new_and_keeps_its_log(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", LOG))
    learn(card_changes=reset_histories(["m-1"], collection.reader, collection.moment()))

    assert memory_of(collection, "m-1") == Memory()
    assert len(collection.reader.log.reviews(1)) == 4
    assert learn(CardHistory("m-1", LOG)) == ()

    rate_card(collection, "m-1")
    assert memory_of(collection, "m-1").reps == 1

    collection.store().undo(None, collection.moment())
    collection.store().undo(None, collection.moment())
    assert memory_of(collection, "m-1").reps == 4


def test_a_review_imported_again_after_an_undo_counts_once(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", LOG))
    first = [row.uid for row in collection.reader.log.reviews(1)]
    collection.store().undo(None, collection.moment())
    assert memory_of(collection, "m-1") == Memory()
    learn(CardHistory("m-1", LOG))

    again = [row.uid for row in collection.reader.log.reviews(1)]
    assert len(again) == 4
    assert not set(first) & set(again)


def test_an_imported_review_has_the_same_uid_on_every_machine(
    collection: Collection, learn: Learn
) -> None:
    learn(CardHistory("m-1", LOG[:1]))

    (row,) = collection.reader.log.reviews(1)
    assert row.uid == "019bdfc83a8076e68150a1fa62b3b934"
    assert row.uid.startswith(f"{row.at:012x}7")


def test_a_note_that_returns_has_its_imported_history(
    collection: Collection, learn: Learn, tmp_path: Path
) -> None:
    learn(CardHistory("m-1", LOG), CardHistory("m-3:c2", memory=STATED))
    before = collection.reader.cards.find("m-1")
    path = tmp_path / "metrics" / "tiny.yaml"
    text = path.read_bytes()
    path.write_bytes(
        b"".join(text.splitlines(keepends=True)[:4])
        + b"  - {id: z, front: a, back: b}\n"
    )
    collection.importing.import_files([path])
    assert collection.reader.cards.find("m-1").retired

    path.write_bytes(text)
    collection.importing.import_files([path])
    assert replace(collection.reader.cards.find("m-1"), line=before.line) == before
    assert memory_of(collection, "m-3:c2") == STATED


def test_flags_are_imported_once_with_the_history(
    collection: Collection, learn: Learn
) -> None:
    history = CardHistory(
        "m-1", LOG, suspended=True, leech=True, buried_until=TODAY + 1
    )
    learn(history)
    row = collection.reader.cards.find("m-1")
    assert (row.suspended, row.leech, row.buried_until) == (True, True, TODAY + 1)

    collection.store().suspend(
        [1], suspended=False, label="x", moment=collection.moment()
    )
    learn(history)
    assert not collection.reader.cards.find("m-1").suspended


def test_an_import_of_histories_must_be_undone_before_older_operations(
    collection: Collection, learn: Learn
) -> None:
    rate_card(collection, "m-1")
    learn(CardHistory("m-1", LOG))
    store, moment = collection.store(), collection.moment()

    assert store.undo({"review"}, moment) is None
    undone = store.undo({"import"}, moment)
    assert undone is not None
    assert undone.kind == "history"
    assert store.undo({"review"}, moment) is not None


@pytest.mark.parametrize("decide", [None, soften_histories, reset_histories])
def test_an_answer_given_since_the_preview_is_not_overwritten(
    collection: Collection, learn: Learn, decide: Decide | None
) -> None:
    rate_card(collection, "m-1")
    reader, moment = collection.reader, collection.moment()
    card_changes = (
        decide(["m-1"], reader, moment)
        if decide
        else merge_histories(
            [CardHistory("m-1", LOG)],
            {},
            reader,
            collection.settings,
            collection.day_of,
            moment,
        )
    )
    rate_card(collection, "m-1", Rating.AGAIN)
    before = memory_of(collection, "m-1")

    with pytest.raises(CardChangedError, match="nothing was imported"):
        learn(card_changes=card_changes)

    assert memory_of(collection, "m-1") == before
    assert len(reader.log.reviews(1)) == 2


def test_a_canceled_import_changes_nothing(collection: Collection) -> None:
    class CancelledError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise CancelledError

    reader, moment = collection.reader, collection.moment()
    card_changes = merge_histories(
        [CardHistory("m-1", LOG)],
        {},
        reader,
        collection.settings,
        collection.day_of,
        moment,
    )
    changes = replace(
        compare_bundle(reader.content.stored_state(()), ()), histories=card_changes
    )
    before = reader.log.operations(9)
    with pytest.raises(CancelledError):
        collection.store().apply(changes, moment, stop)

    assert reader.log.reviews(1) == []
    assert reader.log.operations(9) == before
    assert memory_of(collection, "m-1") == Memory()


def test_an_import_of_many_reviews_leaves_every_index_in_place(
    collection: Collection, learn: Learn
) -> None:
    def indexes() -> list[tuple[str]]:
        with closing(sqlite3.connect(collection.directories.database)) as store:
            return store.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
            ).fetchall()

    before = indexes()
    log = [past(ago, 3, 1) for ago in range(10_500, 0, -1)]
    learn(CardHistory("m-1", log))
    assert indexes() == before
    assert memory_of(collection, "m-1").reps == 10_500

    collection.store().undo(None, collection.moment())
    collection.store().redo(None, collection.moment())
    assert indexes() == before
    assert memory_of(collection, "m-1").reps == 10_500
    assert len({row.uid for row in collection.reader.log.reviews(1)}) == 10_500
