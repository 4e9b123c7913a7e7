"""A quiz asks its items once, resumes after a crash, and ends with a result."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.grading.answers import ChoiceAnswer
from flashcards.study.quiz.quiz import QuizSession
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.unit.study.answering_quizzes import (
    ALL,
    exam,
    go_to,
    play,
    quiz,
    reviews,
)


def test_every_graded_kind_is_asked_once_whatever_the_answer(
    quizzes: Collection,
) -> None:
    session = quiz(quizzes)
    keys = []
    while session.current:
        keys.append(play(session, "wrong"))

    assert len(keys) == len(set(keys)) == ALL
    assert "q-micro" not in keys
    assert all(ratings == [Rating.AGAIN] for ratings in reviews(quizzes).values())


def test_a_quiz_has_the_requested_number_of_items(quizzes: Collection) -> None:
    session = quiz(quizzes, count=3)

    assert session.progress.cards_left == 3


def test_the_same_seed_asks_the_same_items(quizzes: Collection) -> None:
    def order(seed: int) -> list[str]:
        session = quizzes.sessions.start_quiz(seed=seed, cram=True)
        assert isinstance(session, QuizSession)
        keys = []
        while session.current:
            keys.append(play(session))
        return keys

    assert order(5) == order(5)
    assert len({tuple(order(seed)) for seed in range(6)}) > 1


def test_a_quiz_asks_only_its_topics_and_decks(quizzes: Collection) -> None:
    assert quiz(quizzes, scope=Scope(topics=("systems",))).progress.cards_left == 3
    assert quiz(quizzes, scope=Scope(decks=("quiz",))).progress.cards_left == ALL
    assert quiz(quizzes, scope=Scope(topics=("nothing",))).current is None


def test_an_interrupted_quiz_resumes_at_its_item_in_its_order(
    reopen_after_crash: OpenCollection, quizzes: Collection
) -> None:
    session = quiz(quizzes)
    play(session)
    play(session, "wrong")
    assert session.current is not None
    before = session.current

    again = quiz(reopen_after_crash())

    assert again.current is not None
    assert again.current.row.key == before.row.key
    assert again.current.presentation == before.presentation
    assert again.progress.answers == 2
    assert again.compute_result().right == 1

    following = [play(again) for _ in range(5)]
    assert following[0] == before.row.key
    assert len(set(following)) == 5


def test_a_quiz_interrupted_before_its_first_answer_is_resumed(
    reopen_after_crash: OpenCollection, quizzes: Collection, clock: FixedClock
) -> None:
    before = quiz(quizzes).current
    clock.forward(minutes=3)

    again = quiz(reopen_after_crash()).current

    assert before is not None
    assert again is not None
    assert again.row.key == before.row.key
    assert again.presentation == before.presentation


def test_a_different_quiz_does_not_resume_the_interrupted_one(
    reopen_after_crash: OpenCollection, quizzes: Collection
) -> None:
    play(quiz(quizzes))

    assert quiz(reopen_after_crash(), count=3).progress.answers == 0
    assert quiz(reopen_after_crash(), seed=4).progress.answers == 0


def test_a_review_in_between_does_not_end_a_quiz(
    reopen_after_crash: OpenCollection, quizzes: Collection
) -> None:
    play(quiz(quizzes))
    between = reopen_after_crash().sessions.start_review()
    between.reveal()
    between.rate(Rating.GOOD)

    assert quiz(reopen_after_crash()).progress.answers == 1


def test_a_quiz_that_was_left_starts_over(
    reopen_after_crash: OpenCollection, quizzes: Collection
) -> None:
    session = quiz(quizzes)
    play(session)
    session.leave()

    assert quiz(reopen_after_crash()).progress.answers == 0


def test_the_result_counts_right_partly_and_wrong(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = quiz(quizzes)
    how = {"q-choice": "wrong", "q-order": "partly", "q-several": "partly"}
    while session.current:
        clock.forward(seconds=6)
        play(session, how.get(session.current.row.key, "right"))

    result = session.compute_result()

    assert (result.right, result.partly, result.wrong, result.unanswered) == (
        4,
        2,
        1,
        0,
    )
    assert result.score == pytest.approx((4 + 2 / 4 + 1 / 2) / ALL)
    assert result.milliseconds == ALL * 6000
    assert result.misconceptions == (("What does micro average count alike?", 1),)
    assert [item.row.key for item in result.not_right] == [
        "q-choice",
        "q-order",
        "q-several",
    ]
    assert {topic.title: topic.items for topic in result.topics} == {
        "Scores": 4,
        "Systems": 3,
    }
    scores = [topic.score for topic in result.topics]
    assert scores == sorted(scores)


def test_the_result_has_the_answers_as_given(quizzes: Collection) -> None:
    session = quiz(quizzes, scope=Scope(topics=("scores",)))
    asked = {}
    while session.current:
        shown = session.current
        asked[shown.row.key] = shown
        play(session, "wrong")

    for item in session.compute_result().items:
        assert item.card.presentation == asked[item.row.key].presentation
        assert item.card.given_answer == asked[item.row.key].given_answer
        assert item.result == asked[item.row.key].result


def test_the_result_lists_sure_but_wrong_items(quizzes: Collection) -> None:
    session = quiz(quizzes)
    assert session.current is not None
    key = session.current.row.key
    session.set_confidence("sure")
    play(session, "wrong")
    play(session, "wrong")

    assert [item.row.key for item in session.compute_result().sure_but_wrong] == [key]


def test_making_wrong_items_due_can_be_undone(
    quizzes: Collection, clock: FixedClock
) -> None:
    warm = quizzes.sessions.start_review()
    while warm.current:
        warm.reveal()
        warm.rate(Rating.EASY)
    warm.leave()
    clock.forward(days=1)
    session = quiz(quizzes)
    how = {"q-order": "partly", "q-match": "partly"}
    while session.current:
        play(session, how.get(session.current.row.key, "right"))
    before = {key: quizzes.reader.cards.find(key).memory for key in how}

    assert session.make_wrong_due() == "Made 2 cards due today"

    today = quizzes.moment().day
    assert {quizzes.reader.cards.find(key).memory.due_day for key in how} == {today}
    assert {card.card_id for card in quizzes.reader.queue.due(today)} == {
        quizzes.reader.cards.find(key).card_id for key in how
    }

    assert session.undo() == "Made 2 cards due today"
    assert {key: quizzes.reader.cards.find(key).memory for key in how} == before
    assert session.current is None
    assert session.redo() == "Made 2 cards due today"


def test_without_wrong_items_nothing_is_made_due(quizzes: Collection) -> None:
    session = quiz(quizzes, count=1)
    play(session)

    assert session.make_wrong_due() is None


def test_undo_in_a_quiz_stops_at_its_first_answer(
    quizzes: Collection,
) -> None:
    review = quizzes.sessions.start_review()
    review.bury_card()
    review.leave()
    session = quiz(quizzes)
    key = play(session, "wrong")

    assert session.undo() == f"Again on {key}"
    assert session.undo() is None
    assert session.redo() == f"Again on {key}"
    assert session.progress.answers == 1


def test_a_practice_quiz_records_nothing(quizzes: Collection) -> None:
    session = quizzes.sessions.start_quiz(cram=True)
    assert isinstance(session, QuizSession)
    keys = []
    while session.current:
        keys.append(play(session, "wrong"))

    assert len(keys) == ALL
    assert session.compute_result().wrong == ALL
    assert session.make_wrong_due() is None
    assert reviews(quizzes) == {}
    assert quizzes.reader.log.operations(1)[0].kind == "import"


def test_a_quiz_without_items_is_over_at_once(collection: Collection) -> None:
    assert quiz(collection).current is None
    assert exam(collection).is_over
    assert exam(collection).compute_result().score == 0


def test_a_quiz_asks_no_card_but_its_items_after_a_wrong_answer(
    quizzes: Collection, clock: FixedClock
) -> None:
    review = quizzes.sessions.start_review()
    go_to(review, "q-micro")
    review.reveal()
    review.rate(Rating.EASY)
    review.leave()
    clock.forward(days=1)
    session = quiz(quizzes)

    keys = []
    while session.current:
        keys.append(session.current.row.key)
        session.answer(ChoiceAnswer((0,)))
        session.rate(Rating.AGAIN)

    assert "q-choice" in keys
    assert "q-micro" not in keys
