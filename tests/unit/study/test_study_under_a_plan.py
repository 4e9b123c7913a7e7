"""Study before an interview reaches the predicted readiness, and more than due order does.

The long versions, over many learners and plans, are in `tests/benchmarks/learners`.
"""

from __future__ import annotations

from statistics import mean

import pytest

from tests.benchmarks.learners.bands import Case, Figures, forecasts
from tests.benchmarks.learners.sessions import Cell, Studied, simulated, studied

CELL = Cell(330, 14, 10)
SEEDS = range(3)


@pytest.fixture(scope="module")
def planned() -> list[Studied]:
    return [studied(CELL, seed, planned=True) for seed in SEEDS]


def test_sessions_reach_the_readiness_that_the_simulation_predicts(
    planned: list[Studied],
) -> None:
    forecast_accuracy = [simulated(CELL, seed) for seed in SEEDS]

    assert mean(outcome.readiness for outcome in planned) == pytest.approx(
        mean(forecast_accuracy), abs=0.02
    )


def test_a_day_fills_its_minutes_and_finishes_its_learning_steps(
    planned: list[Studied],
) -> None:
    for outcome in planned:
        assert outcome.left_steps <= 0.02 * outcome.new
        assert len(outcome.seconds) == CELL.days
        for seconds in outcome.seconds.values():
            assert CELL.minutes <= seconds / 60 < CELL.minutes + 1.2


def test_the_plan_beats_due_order_with_the_same_minutes(
    planned: list[Studied],
) -> None:
    for seed, outcome in zip(SEEDS, planned, strict=True):
        due = studied(CELL, seed, planned=False)

        assert outcome.readiness > due.readiness + 0.05
        spent, others = (sum(run.seconds.values()) for run in (outcome, due))
        assert spent == pytest.approx(others, rel=0.05)


def test_bands_cover_learners_with_weights_unknown_to_the_scheduler() -> None:
    pairs = forecasts(Case(minutes=10, asked=5, end=10), learners=12, seed=4)["full"]

    figures = Figures.of(pairs)
    assert figures.cover >= 0.75
    assert abs(figures.bias) < 0.02
    assert figures.width < 0.2
