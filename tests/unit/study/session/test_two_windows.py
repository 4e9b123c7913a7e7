"""Two windows on one store ask no card twice and lose no answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.errors import StoreLockedError
from flashcards.grading.answers import ChoiceAnswer
from flashcards.store.store import Store
from tests.conftest import OpenCollection
from tests.unit.study.rating_cards import answer, asked


def test_a_second_window_does_not_resume_the_session_of_the_first(
    open_collection: OpenCollection,
    reopen_after_crash: OpenCollection,
    collection: Collection,
) -> None:
    here = collection.sessions.start_review(minutes=15)
    answer(here, Rating.EASY)

    there = open_collection().sessions.start_review(minutes=15)
    assert there.progress.answers == 0
    answer(there, Rating.EASY)
    there.leave()

    assert reopen_after_crash().sessions.start_review(minutes=15).progress.answers == 1


def test_undo_does_not_show_a_retired_card_again(
    collection: Collection, tmp_path: Path
) -> None:
    session = collection.sessions.start_review()
    key = answer(session, Rating.EASY)
    path = tmp_path / "metrics" / "tiny.yaml"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if f"id: {key}," not in line))
    collection.importing.import_files([path])

    session.undo()

    assert session.current is not None
    assert session.current.row.key != key


def test_a_card_rated_in_another_window_is_not_rated_twice(
    open_collection: OpenCollection, collection: Collection
) -> None:
    here, there = (
        collection.sessions.start_review(),
        open_collection().sessions.start_review(),
    )
    key = answer(here, Rating.EASY)
    assert there.current is not None
    assert there.current.row.key == key
    there.reveal()

    rated = there.rate(Rating.AGAIN)

    assert rated is not None
    assert rated.changed_elsewhere
    assert there.progress.answers == 0
    card = collection.reader.cards.find(key)
    assert [
        review.rating for review in collection.reader.log.reviews(card.card_id)
    ] == [Rating.EASY]


def test_two_windows_do_not_ask_the_same_card_twice(
    open_collection: OpenCollection, collection: Collection
) -> None:
    here, there = (
        collection.sessions.start_review(),
        open_collection().sessions.start_review(),
    )
    by_hand: list[str] = []
    while here.current or there.current:
        for window in (here, there):
            if window.current:
                window.reveal()
                rated = window.rate(Rating.EASY)
                assert rated is not None
                if not rated.changed_elsewhere:
                    by_hand.append(rated.label)

    assert len(by_hand) == len(set(by_hand)) == 4


def test_a_card_rated_elsewhere_does_not_come_back(
    open_collection: OpenCollection, collection: Collection
) -> None:
    only = Scope(tags=("rates",))
    here, there = (
        collection.sessions.start_review(only),
        open_collection().sessions.start_review(only),
    )
    answer(there, Rating.EASY)
    here.reveal()

    rated = here.rate(Rating.AGAIN)

    assert rated is not None
    assert rated.changed_elsewhere
    assert here.current is None


def test_a_card_hidden_in_another_window_is_skipped(
    open_collection: OpenCollection, collection: Collection
) -> None:
    here, there = (
        collection.sessions.start_review(),
        open_collection().sessions.start_review(),
    )
    answer(there, Rating.EASY)
    assert there.current is not None
    hidden = there.current.row.key
    there.suspend_card()

    assert hidden not in asked(here, Rating.EASY)


def test_an_answer_that_cannot_be_recorded_leaves_the_card_current(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    assert session.current is not None
    key, total = session.current.row.key, session.progress.cards_left

    with locked_store(collection), pytest.raises(StoreLockedError):
        session.rate(Rating.GOOD)

    assert session.current is not None
    assert session.current.row.key == key
    assert session.progress.cards_left == total
    assert session.progress.answers == 0


def test_a_failed_write_leaves_the_session_as_it_was(
    quizzes: Collection,
) -> None:
    session = quizzes.sessions.start_review(minutes=15)
    session.answer(ChoiceAnswer((0,)))
    current = session.current
    assert current is not None
    assert current.row.key == "q-choice"
    before = session.progress, session.summarize(), session.preview_ratings()

    for rating in Rating:
        with locked_store(quizzes), pytest.raises(StoreLockedError):
            session.rate(rating)
        assert session.current is current
        assert (
            session.progress,
            session.summarize(),
            session.preview_ratings(),
        ) == before

    session.rate(Rating.AGAIN)

    assert session.progress.answers == 1
    assert session.current is not None
    assert session.current.row.key == "q-micro"


@contextmanager
def locked_store(collection: Collection) -> Iterator[None]:
    """Let another window hold the store, so that nothing can be written."""
    path = collection.directories.database
    collection._store = Store.open(path, busy_seconds=0.05)
    other_window = sqlite3.connect(path, isolation_level=None)
    other_window.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other_window.close()
