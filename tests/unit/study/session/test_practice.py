"""Practice asks like a session and does not change the schedule."""

from __future__ import annotations

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from tests.unit.study.rating_cards import answer, asked, read_cards


def test_practice_records_nothing(collection: Collection) -> None:
    before = read_cards(collection)
    session = collection.sessions.start_review(cram=True, cards=20)
    asked(session, Rating.AGAIN, most=20)

    assert session.summarize().cram
    assert read_cards(collection) == before
    assert collection.reader.log.review_days() == []


def test_practice_asks_a_missed_card_again(collection: Collection) -> None:
    session = collection.sessions.start_review(cram=True)
    missed = answer(session, Rating.AGAIN)

    assert missed in asked(session, Rating.GOOD)
    assert session.current is None


def test_undo_in_practice_reverts_a_suspension_before_the_earlier_answer(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review(cram=True)
    key = answer(session, Rating.GOOD)
    assert session.current is not None
    suspended = session.current.row.key
    session.suspend_card()

    assert session.undo() == f"Suspended {suspended}"
    assert not collection.reader.cards.find(suspended).suspended
    assert session.undo() == f"Good on {key}"


def test_undo_in_practice_reverts_the_last_answer(collection: Collection) -> None:
    session = collection.sessions.start_review(cram=True)
    key = answer(session, Rating.AGAIN)

    assert session.undo() == f"Again on {key}"
    assert session.current is not None
    assert session.current.row.key == key
    assert session.undo() is None
