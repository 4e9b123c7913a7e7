from __future__ import annotations

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


def test_own_medians_are_used_from_thirty_answers_of_a_class() -> None:
    few = estimate_pace([(State.REVIEW, False, 5000, 29)])
    enough = estimate_pace([(State.REVIEW, False, 5000, 30)])

    assert few == Pace()
    assert enough.review == pytest.approx(0.9 * 5 + 0.1 * 32)
    assert enough.new == Pace().new


def test_answers_of_one_class_are_weighted_by_their_number() -> None:
    pace = estimate_pace(
        [
            (State.LEARNING, False, 6000, 30),
            (State.LEARNING, True, 9000, 10),
            (State.RELEARNING, False, 15_000, 20),
        ]
    )

    assert pace.learning == pytest.approx(9.5)
    assert pace.new == pytest.approx(30 + 1.37 * 9.5)


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
