"""Graded answers in a session: the suggested rating, recording and undo."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.grading.answers import ChoiceAnswer, RecallAnswer
from flashcards.study.session.session import ReviewSession
from tests.conftest import OpenCollection
from tests.examples import scale_examples
from tests.helpers import FixedClock
from tests.unit.study.answering_quizzes import RATINGS, answer_line, go_to, line_for

GRADED = [
    "q-choice",
    "q-several",
    "q-numeric",
    "q-typed",
    "q-order",
    "q-match",
    "q-recall",
]
WAYS = [
    (key, how)
    for key in GRADED
    for how in RATINGS
    # One option, one number or one word is right or wrong.
    if how != "partly" or key not in ("q-choice", "q-numeric", "q-typed")
]


def recorded_answers(collection: Collection, key: str) -> list[tuple[Rating, Any]]:
    """Return rating and answer of the reviews of a card that were not undone."""
    card = collection.reader.cards.find(key)
    return [
        (review.rating, json.loads(review.answer) if review.answer else None)
        for review in collection.reader.log.reviews(card.card_id)
    ]


@pytest.mark.parametrize(("key", "how"), WAYS)
def test_an_answer_is_recorded_and_undone_with_its_review(
    quizzes: Collection, key: str, how: str
) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, key)
    line = line_for(shown, how)
    assert line
    presentation = shown.presentation
    answer_line(session, line)

    assert shown.suggested_rating is RATINGS[how]
    session.rate(shown.suggested_rating)

    [(rating, answer)] = recorded_answers(quizzes, key)
    assert rating is RATINGS[how]
    assert answer["kind"] == shown.note.KIND
    assert (answer["score"] == 1, answer["score"] == 0) == (
        how == "right",
        how == "wrong",
    )

    session.undo()

    assert recorded_answers(quizzes, key) == []
    assert session.current is not None
    assert session.current.row.key == key
    assert session.current.presentation == presentation
    assert session.current.given_answer == shown.given_answer
    assert session.current.result == shown.result

    session.redo()

    assert recorded_answers(quizzes, key) == [(rating, answer)]


def test_the_suggestion_can_be_overridden(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-choice")
    line = line_for(shown, "wrong")
    assert line
    answer_line(session, line)

    session.rate(Rating.EASY)

    [(rating, answer)] = recorded_answers(quizzes, "q-choice")
    assert rating is Rating.EASY
    assert (answer["chosen"], answer["misconceptions"]) == ([0], ["q-micro"])


def test_a_missed_required_point_caps_every_rating(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    go_to(session, "q-recall")
    session.answer(RecallAnswer((1, 2)))

    rated = session.rate(Rating.EASY)

    assert rated is not None
    assert rated.label == "Hard on q-recall"
    assert [rating for rating, _ in recorded_answers(quizzes, "q-recall")] == [
        Rating.HARD
    ]


def test_points_can_be_ticked_again_before_the_rating(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-recall")
    answer_line(session, "chargebacks take months")
    assert shown.given_answer == RecallAnswer((0,), "chargebacks take months")

    session.answer(RecallAnswer((0, 1, 2), "chargebacks take months"))
    session.rate(shown.suggested_rating)

    [(rating, answer)] = recorded_answers(quizzes, "q-recall")
    assert rating is Rating.GOOD
    assert answer["points"] == [0, 1, 2]
    assert answer["text"] == "chargebacks take months"


def test_an_interrupted_card_is_asked_the_same_way(
    reopen_after_crash: OpenCollection, quizzes: Collection
) -> None:
    session = quizzes.sessions.start_review()
    session.bury_card()
    assert session.current is not None
    before = session.current

    again = reopen_after_crash().sessions.start_review()

    assert again.current is not None
    assert again.current.row.key == before.row.key
    assert again.current.presentation == before.presentation


def test_a_card_is_asked_differently_after_its_review(
    quizzes: Collection, clock: FixedClock
) -> None:
    questions = set()
    for _ in range(12):
        session = quizzes.sessions.start_review(Scope())
        shown = go_to(session, "q-numeric")
        questions.add(shown.question)
        session.answer(None)
        session.rate(Rating.AGAIN)
        clock.forward(days=1)

    assert len(questions) > 2


def test_a_right_but_slow_answer_suggests_hard(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-choice")
    line = line_for(shown, "right")
    assert line
    clock.forward(minutes=5)

    answer_line(session, line)

    assert shown.suggested_rating is Rating.HARD


def test_time_after_the_answer_does_not_count_as_slow(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-recall")
    session.answer(RecallAnswer((0, 1)))
    clock.forward(minutes=30)

    session.answer(RecallAnswer((0, 1, 2)))

    assert shown.suggested_rating is Rating.GOOD


def test_an_unsure_right_answer_is_hard_and_its_confidence_is_recorded(
    quizzes: Collection,
) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-choice")
    session.set_confidence("sure")
    session.set_confidence("unsure")
    line = line_for(shown, "right")
    assert line
    answer_line(session, line)

    session.rate(shown.suggested_rating)

    [(rating, answer)] = recorded_answers(quizzes, "q-choice")
    assert (rating, answer["confidence"]) == (Rating.HARD, "unsure")


def test_the_same_confidence_twice_clears_it(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-choice")
    session.set_confidence("sure")
    session.set_confidence("sure")

    assert shown.confidence == ""


def test_an_ungraded_card_records_its_confidence(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    go_to(session, "q-micro")
    session.set_confidence("guess")
    assert session.answer(ChoiceAnswer((0,))) is None
    session.reveal()
    session.rate(Rating.GOOD)

    assert recorded_answers(quizzes, "q-micro") == [
        (Rating.GOOD, {"confidence": "guess"})
    ]


def test_a_rating_alone_records_no_answer(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    go_to(session, "q-micro")
    session.reveal()
    session.rate(Rating.GOOD)

    assert recorded_answers(quizzes, "q-micro") == [(Rating.GOOD, None)]


def test_a_wrong_option_asks_the_note_of_its_misconception_next(
    quizzes: Collection,
) -> None:
    session = quizzes.sessions.start_review()
    session.answer(ChoiceAnswer((0,)))
    assert session.current is not None
    assert session.current.row.key == "q-choice"

    session.rate(Rating.AGAIN)

    assert session.current.row.key == "q-micro"


def test_a_confused_note_is_asked_although_it_is_not_due(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = quizzes.sessions.start_review()
    go_to(session, "q-micro")
    session.reveal()
    session.rate(Rating.EASY)
    session.leave()
    clock.forward(days=1)
    session = quizzes.sessions.start_review()
    go_to(session, "q-choice")
    session.answer(ChoiceAnswer((0,)))

    session.rate(Rating.AGAIN)

    assert session.current is not None
    assert session.current.row.key == "q-micro"
    session.reveal()
    session.rate(Rating.GOOD)
    assert session.current.row.key != "q-micro"


def test_a_right_answer_changes_no_order(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review()
    session.answer(ChoiceAnswer((1,)))

    session.rate(Rating.GOOD)

    assert session.current is not None
    assert session.current.row.key == "q-several"


def test_practice_records_no_answer_and_draws_new_numbers(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review(cram=True)
    questions: list[str] = []
    while session.current and len(questions) < 6:
        if session.current.row.key == "q-numeric":
            questions.append(session.current.question)
        session.answer(None)
        session.reveal()
        is_numeric = session.current.row.key == "q-numeric"
        session.rate(Rating.AGAIN if is_numeric else Rating.GOOD)

    assert len(set(questions)) > 1
    assert recorded_answers(quizzes, "q-numeric") == []


def test_undo_in_practice_shows_the_answer_again(quizzes: Collection) -> None:
    session = quizzes.sessions.start_review(cram=True)
    shown = session.current
    assert shown is not None
    session.answer(ChoiceAnswer((0,)))
    session.rate(Rating.AGAIN)

    session.undo()

    assert session.current is not None
    assert session.current.given_answer == shown.given_answer
    assert session.current.presentation == shown.presentation


def test_time_after_the_answer_does_not_count_after_undo(
    quizzes: Collection, clock: FixedClock
) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-choice")
    clock.forward(seconds=4)
    line = line_for(shown, "right")
    assert line
    answer_line(session, line)
    clock.forward(minutes=3)
    session.rate(shown.suggested_rating)

    session.undo()

    assert session.current is not None
    assert session.current.result == shown.result


MOVES = st.lists(
    st.sampled_from(["right", "partly", "wrong", "reveal", "undo", "redo", "bury"]),
    max_size=16,
)


def _move(session: ReviewSession, move: str) -> None:
    shown = session.current
    if move in ("undo", "redo"):
        session.undo() if move == "undo" else session.redo()
    elif shown is None:
        return
    elif move == "bury":
        session.bury_card()
    else:
        line = line_for(shown, move) if move != "reveal" else None
        if line and shown.is_graded:
            answer_line(session, line)
        session.reveal()
        session.rate(shown.suggested_rating)


def _log(collection: Collection) -> list[tuple[str, Rating, str | None]]:
    return [
        (saved_answer.card, saved_answer.rating, saved_answer.answer)
        for saved_answer in collection.reader.log.answers()
    ]


@given(moves=MOVES)
@hypothesis_settings(
    max_examples=scale_examples(20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undone_and_redone_answers_are_unchanged(
    quizzes: Collection, moves: list[str]
) -> None:
    session = quizzes.sessions.start_review()
    while session.undo():
        pass
    for move in moves:
        _move(session, move)
    before = sorted(_log(quizzes), key=repr)
    undone_steps = 0
    while session.undo():
        undone_steps += 1
    assert _log(quizzes) == []

    for _ in range(undone_steps):
        session.redo()

    assert sorted(_log(quizzes), key=repr) == before


def test_the_summary_shows_a_missed_template_with_its_drawn_numbers(
    quizzes: Collection,
) -> None:
    session = quizzes.sessions.start_review()
    shown = go_to(session, "q-numeric")
    line = line_for(shown, "wrong")
    assert line
    question = shown.question
    answer_line(session, line)
    session.rate(shown.suggested_rating)

    missed = {card.key: card.question for card in session.summarize().missed_cards}

    assert "{" not in question
    assert missed["q-numeric"] == question
