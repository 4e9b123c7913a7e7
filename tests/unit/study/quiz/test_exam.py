"""An exam gives no feedback before it is submitted, and records each answer once."""

from __future__ import annotations

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.unit.study.answering_quizzes import (
    ALL,
    exam,
    fill_in,
    quiz,
    reviews,
)


def test_an_exam_reveals_nothing_before_it_is_submitted(quizzes: Collection) -> None:
    session = exam(quizzes)
    keys = [fill_in(session, "wrong") for _ in range(ALL)]

    assert len(set(keys)) == ALL
    assert session.current is not None
    assert session.current.result is None
    assert reviews(quizzes) == {}

    result = session.submit()

    assert session.is_over
    assert result.wrong == ALL
    assert reviews(quizzes) == {key: [Rating.AGAIN] for key in keys}


def test_an_answer_of_an_exam_can_be_changed_and_is_one_review(
    quizzes: Collection,
) -> None:
    session = exam(quizzes, count=2)
    key = fill_in(session, "wrong")
    session.go_to(0)
    assert session.current is not None
    assert session.current.given_answer is not None
    fill_in(session, "right")

    session.submit()

    assert reviews(quizzes) == {key: [Rating.GOOD]}


def test_unanswered_items_count_in_the_score_but_are_not_recorded(
    quizzes: Collection,
) -> None:
    session = exam(quizzes, count=4)
    session.skip()
    key = fill_in(session)

    result = session.submit()

    assert (result.right, result.unanswered, result.score) == (1, 3, 0.25)
    assert len(result.not_right) == 3
    assert list(reviews(quizzes)) == [key]


def test_an_exam_returns_to_unanswered_items(quizzes: Collection) -> None:
    session = exam(quizzes, count=3)
    session.skip()
    fill_in(session)
    fill_in(session)

    assert session.index == 0


def test_flags_stay_until_they_are_removed(quizzes: Collection) -> None:
    session = exam(quizzes, count=3)
    session.toggle_flag()
    fill_in(session)
    assert session.flagged_count == 1

    session.go_back()
    session.toggle_flag()

    assert session.flagged_count == 0


def test_an_exam_ends_when_its_time_is_up(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = exam(quizzes)
    key = fill_in(session)
    assert session.seconds_left > 60
    assert not session.submit_if_expired()
    clock.forward(seconds=session.seconds_left)

    assert session.submit_if_expired()

    assert session.is_over
    assert list(reviews(quizzes)) == [key]


def test_an_answer_after_the_time_is_up_does_not_count(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = exam(quizzes)
    clock.forward(hours=2)

    fill_in(session)

    assert session.is_over
    assert reviews(quizzes) == {}


def test_an_interrupted_exam_resumes_with_its_answers(
    reopen_after_crash: OpenCollection, quizzes: Collection, clock: FixedClock
) -> None:
    session = exam(quizzes)
    fill_in(session)
    session.toggle_flag()
    clock.forward(seconds=20)
    fill_in(session, "wrong")
    before = session.current
    seconds_left = session.seconds_left

    again = exam(reopen_after_crash())

    assert before is not None
    assert again.current is not None
    assert again.current.row.key == before.row.key
    assert again.current.presentation == before.presentation
    assert (again.answered_count, again.flagged_count, again.seconds_left) == (
        2,
        1,
        seconds_left,
    )
    assert again.submit().items[1].milliseconds == 20_000


def test_an_unfinished_exam_is_submitted_by_the_next_quiz(
    reopen_after_crash: OpenCollection, quizzes: Collection, clock: FixedClock
) -> None:
    session = exam(quizzes)
    key = fill_in(session)
    day = quizzes.moment().day
    session.leave()
    clock.forward(days=2)

    quiz(reopen_after_crash())

    card = quizzes.reader.cards.find(key)
    assert [review.day for review in quizzes.reader.log.reviews(card.card_id)] == [day]
    assert quizzes.reader.log.unfinished_session_records("exam") == []


def test_an_answer_is_dropped_if_another_window_rated_the_card(
    open_collection: OpenCollection, quizzes: Collection
) -> None:
    session = exam(quizzes, count=1, scope=Scope(topics=("scores",)))
    key = fill_in(session, "wrong")
    other = open_collection().sessions.start_review()
    while other.current and other.current.row.key != key:
        other.bury_card()
    other.reveal()
    other.rate(Rating.EASY)

    session.submit()

    assert reviews(quizzes) == {key: [Rating.EASY]}


def test_undo_after_an_exam_reverts_the_due_items(quizzes: Collection) -> None:
    session = exam(quizzes)
    fill_in(session, "wrong")
    assert session.make_wrong_due() is None
    session.submit()

    assert session.make_wrong_due() == "Made 1 card due today"
    assert session.undo() == "Made 1 card due today"
    assert session.undo() is None


def test_a_practice_exam_records_nothing(quizzes: Collection) -> None:
    session = exam(quizzes, cram=True)
    fill_in(session, "wrong")

    assert session.submit().wrong == 1
    assert reviews(quizzes) == {}
