from __future__ import annotations

from itertools import pairwise

import pytest

from flashcards.domain.cards import State
from flashcards.study.queue.cards_left import QueueCounts
from flashcards.study.queue.pace import Pace, estimate_pace


def test_without_answers_the_pace_is_assumed() -> None:
    pace = estimate_pace([])

    assert pace == Pace()
    assert pace.new == pytest.approx(46.4, abs=0.05)
    assert pace.learning == 12
    assert pace.review == pytest.approx(12.2)


def test_every_answer_moves_the_pace_a_little_toward_the_learners_own() -> None:
    paces = [
        estimate_pace([(State.REVIEW, False, 5000, answers)]).review
        for answers in range(1001)
    ]

    assert paces[0] == pytest.approx(Pace().review)
    for before, after in pairwise(paces):
        assert 0.96 * before < after < before
    # Lapses were not measured, but whoever is twice as fast is likely fast in them too.
    assert paces[-1] == pytest.approx(0.9 * 5 + 0.1 * 16, rel=0.1)


def test_a_pace_in_one_class_is_expected_of_the_others_until_they_are_measured() -> (
    None
):
    slow = [(State.NEW, False, 60_000, 40)]
    measured = [*slow, (State.REVIEW, False, 10_000, 400)]

    assert estimate_pace(slow).review > 1.2 * Pace().review
    assert estimate_pace(measured).review < 1.1 * Pace().review


def test_answers_of_one_class_are_weighted_by_their_number() -> None:
    few = estimate_pace(
        [(State.LEARNING, False, 6000, 900), (State.LEARNING, True, 12_000, 100)]
    )
    many = estimate_pace(
        [(State.LEARNING, False, 6000, 100), (State.LEARNING, True, 12_000, 900)]
    )

    assert few.learning == pytest.approx(6.4, abs=0.6)
    assert many.learning == pytest.approx(11.2, abs=0.6)


def test_seconds_are_the_sum_over_the_cards_left() -> None:
    pace = Pace(new=60, learning=10, review=20)

    assert pace.seconds(QueueCounts(new=2, learning=3, review=4)) == pytest.approx(230)


@pytest.mark.parametrize(
    ("state", "seconds"),
    [
        (State.NEW, 60),
        (State.LEARNING, 10),
        (State.REVIEW, 20),
        (State.RELEARNING, 10),
    ],
)
def test_a_card_takes_the_seconds_of_its_state(state: State, seconds: float) -> None:
    assert Pace(new=60, learning=10, review=20).of(state) == seconds


def test_no_card_is_predicted_to_take_less_than_a_second() -> None:
    rows = [(state, again, 0, 500) for state in State for again in (False, True)]

    pace = estimate_pace(rows)

    assert min(pace.first_look, pace.learning, pace.review) >= 1.0
