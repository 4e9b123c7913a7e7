"""The share of each deck that is known is estimated from a few answers."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from flashcards.study.diagnostic.knowledge import (
    SLIP,
    beta_distribution,
    chance_of_right,
    estimate_by_deck,
    likelihood,
    mean_of,
    posterior,
)


@pytest.mark.parametrize(("right", "mean"), [(0, 0.2506), (1, 0.3473), (2, 0.4720)])
def test_two_questions_give_an_estimate(right: int, mean: float) -> None:
    answers = [(index < right, 0.25) for index in range(2)]

    estimated_mean = mean_of(
        posterior(beta_distribution(1.4, 2.6), likelihood(answers))
    )

    assert estimated_mean == pytest.approx(mean, abs=5e-5)


@pytest.mark.parametrize(
    ("guess", "chances"),
    [(0.25, (0.286, 0.660, 0.844, 0.935)), (0.02, (0.833, 0.960, 0.985, 0.994))],
)
def test_a_right_answer_may_be_a_guess(
    guess: float, chances: tuple[float, ...]
) -> None:
    shares = (0.1, 0.35, 0.6, 0.8)
    right_chances = [p * (1 - SLIP) / chance_of_right(p, guess) for p in shares]

    assert right_chances == pytest.approx(chances, abs=5e-4)


def test_the_estimate_of_a_deck_depends_on_the_other_decks() -> None:
    alone = estimate_by_deck({"a": [(True, 0.02)]})["a"]
    among = estimate_by_deck(
        {"a": [(True, 0.02)], **{f"b{n}": [(False, 0.02)] * 4 for n in range(6)}}
    )["a"]

    assert among.mean < alone.mean
    assert alone.low < alone.mean < alone.high


@pytest.mark.parametrize(("guess", "designed"), [(0.25, 0.209), (0.02, 0.187)])
def test_the_error_of_two_questions_a_topic_is_within_its_bound(
    guess: float, designed: float
) -> None:
    chance = random.Random(8)  # noqa: S311 - the same learners each time
    errors, constant, held = [], [], []
    for _ in range(30):
        usual = chance.betavariate(2.4, 4.5)
        true = {
            str(n): chance.betavariate(4 * usual, 4 * (1 - usual)) for n in range(24)
        }
        answers = {
            topic: [(chance.random() < 0.9 * p + guess * (1 - p), guess) for _ in "12"]
            for topic, p in true.items()
        }
        for topic, known in estimate_by_deck(answers).items():
            errors.append((known.mean - true[topic]) ** 2)
            constant.append((0.35 - true[topic]) ** 2)
            held.append(known.low <= true[topic] <= known.high)

    assert mean(errors) ** 0.5 <= designed
    assert mean(errors) < 0.7 * mean(constant)
    assert 0.86 <= mean(held) <= 0.94
