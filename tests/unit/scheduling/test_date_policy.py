"""The date policy gives the reference vectors of its design."""

from __future__ import annotations

import pytest

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.scheduling.date_policy import (
    Costs,
    DatePolicy,
    PolicyCard,
    Ranked,
    Situation,
    Thresholds,
    compute_thresholds,
    order_by_rank,
    simulate_first_day,
)
from flashcards.scheduling.formulas import Formulas

FORMULAS = Formulas(DEFAULT_WEIGHTS)
POLICY = DatePolicy(FORMULAS, Costs())

WEIGHTS = [w / 9 for w in (2, 1, 1, 1, 1, 2, 1)]
NOTES: list[tuple[float, float, int] | None] = [
    None,
    None,
    (0.284206, 6.390941, 9),
    (2.3065, 2.111214, 6),
    (8.2956, 1, 2),
    (30, 5, 4),
    (2.3065, 2.111214, 10),
]
"""Stability, difficulty and last day of seven notes."""
INTERVIEW, LENGTH = 20, 20


def items(day: int) -> dict[int, PolicyCard]:
    """The notes not seen today, by number."""
    found = {}
    for number, (note, weight) in enumerate(zip(NOTES, WEIGHTS, strict=True)):
        if note is None:
            found[number] = PolicyCard(None, None, 0, weight)
        elif note[2] < day:
            found[number] = PolicyCard(note[0], note[1], day - note[2], weight)
    return found


def situation(day: int, minutes: float) -> Situation:
    left = INTERVIEW - day
    return Situation(left, left * minutes * 60, minutes, LENGTH)


def ranked(day: int, minutes: float) -> tuple[Thresholds, dict[int, Ranked]]:
    now = situation(day, minutes)
    limits = compute_thresholds(now, seen=5, unseen=2, costs=Costs())
    return limits, {
        n: POLICY.rank(i, now.days_left, limits) for n, i in items(day).items()
    }


def order(found: dict[int, Ranked]) -> list[int]:
    numbers = list(found)
    return [numbers[place] for place in order_by_rank([found[n] for n in numbers])]


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [
        (1, 0.284206, 6.390941),
        (2, 1.377162, 5.092413),
        (3, 2.3065, 2.111214),
        (4, 8.2956, 1.0),
    ],
)
def test_the_first_day_with_its_steps(
    rating: int, stability: float, difficulty: float
) -> None:
    assert simulate_first_day(FORMULAS, rating) == pytest.approx(
        (stability, difficulty), abs=1e-6
    )


@pytest.mark.parametrize(
    ("prior", "seconds", "recall"),
    [
        (0.0, 50.4, (0.865337, 0.698379, 0.568261, 0.481700)),
        (0.35, 46.41, (0.897361, 0.747735, 0.616538, 0.524704)),
        (1.0, 39.0, (0.956834, 0.839396, 0.706195, 0.604567)),
    ],
)
def test_a_new_note_scores_by_the_prior_of_knowing_it(
    prior: float, seconds: float, recall: tuple[float, ...]
) -> None:
    costs = Costs(prior=prior)
    policy = DatePolicy(FORMULAS, costs)

    assert costs.new == pytest.approx(seconds, abs=1e-6)
    found = [policy.new_recall(left) for left in (1, 7, 30, 90)]
    assert found == pytest.approx(recall, abs=1e-6)


@pytest.mark.parametrize(
    ("memory", "days", "recall", "on_the_day", "seconds", "gain"),
    [
        ((2.3065, 2.118104), (5, 10), 0.838861, (0.890668, 0.734829), 13.5450, 0.01150525),
        ((10, 5), (10, 1), 0.900000, (0.988019, 0.893319), 12.2, 0.00776227),
        ((0.212, 6.4133), (1, 20), 0.766196, (0.633470, 0.493035), 15.1437, 0.00927349),
        ((30, 6), (5, 30), 0.976934, (0.913211, 0.889065), 10.5075, 0.00229804),
    ],
)  # fmt: skip
def test_a_review_scores_by_its_gain_per_second(
    memory: tuple[float, float],
    days: tuple[int, int],
    recall: float,
    on_the_day: tuple[float, float],
    seconds: float,
    gain: float,
) -> None:
    elapsed, left = days

    found, score = POLICY.seen_score(*memory, elapsed, left)

    success, failure = POLICY.recall_after_answer(*memory, elapsed, left)
    reviewed = recall * success + (1 - recall) * failure
    untouched = FORMULAS.retrievability(memory[0], elapsed + left)
    assert found == pytest.approx(recall, abs=1e-6)
    assert (reviewed, untouched) == pytest.approx(on_the_day, abs=2e-6)
    assert score == pytest.approx(gain, abs=1e-8)
    assert 10 * found + 32 * (1 - found) == pytest.approx(seconds, abs=1e-4)


@pytest.mark.parametrize(
    ("notes", "days", "minutes", "expected"),
    [
        (330, 30, 10, (0.941900, 6, 0.685475, 1)),
        (330, 30, 20, (1.883801, 4, 0.890704, 6.838010)),
        (930, 60, 20, (1.336891, 9, 0.807805, 3.282430)),
    ],
)
def test_the_thresholds_follow_the_slack(
    notes: int, days: int, minutes: int, expected: tuple[float, ...]
) -> None:
    now = Situation(days, days * minutes * 60, minutes, days)

    found = compute_thresholds(now, seen=0, unseen=notes, costs=Costs())

    assert found == pytest.approx(expected, abs=2e-6)


def test_the_readiness_without_further_study() -> None:
    readiness = sum(
        weight * FORMULAS.retrievability(note[0], INTERVIEW - note[2])
        for note, weight in zip(NOTES, WEIGHTS, strict=True)
        if note
    )

    assert readiness == pytest.approx(0.533075, abs=1e-6)


def test_a_day_with_time_to_spare() -> None:
    limits, found = ranked(10, 1)

    assert limits == pytest.approx((3.461805, 2, 0.9, 40), abs=1e-5)
    scores = {number: one.score * 1e6 for number, one in found.items()}
    assert scores == pytest.approx(
        {0: 3426.380, 1: 1713.190, 2: 1139.540, 3: 1259.282, 4: 945.023, 5: 568.192},
        abs=1e-3,
    )
    assert order(found) == [3, 2, 0, 1, 4, 5]


def test_a_day_without_enough_time() -> None:
    limits, found = ranked(10, 0.2)

    assert limits == pytest.approx((0.692361, 5, 0.62309, 1), abs=1e-5)
    assert order(found) == [2, 0, 1, 3, 4, 5]


def test_the_last_pass() -> None:
    limits, found = ranked(19, 1)

    assert (limits.rho, limits.last_pass) == pytest.approx((0.34618, 1), abs=1e-5)
    scores = {number: one.score * 1e6 for number, one in found.items()}
    assert scores == pytest.approx(
        {
            0: 4296.780,
            1: 2148.390,
            2: 1810.522,
            3: 1618.405,
            4: 1221.171,
            5: 1123.566,
            6: 1474.275,
        },
        abs=1e-3,
    )
    assert order(found) == [0, 1, 2, 3, 6, 4, 5]


def test_equal_scores_keep_the_teaching_order() -> None:
    assert order_by_rank([Ranked(1, 0.5), Ranked(0, 0.1), Ranked(1, 0.5)]) == [1, 0, 2]


def test_a_plan_without_minutes_or_notes_has_thresholds() -> None:
    assert compute_thresholds(Situation(3, 0, 0, 3), 5, 5, Costs()).last_pass == 1
    assert compute_thresholds(Situation(3, 600, 10, 3), 0, 0, Costs()).rho == 10
