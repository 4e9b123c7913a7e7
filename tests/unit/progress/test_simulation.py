"""The simulation follows the date policy and reproduces the figures of its design."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.progress.forecast.simulation import Simulation, simulate
from flashcards.progress.forecast.simulation_types import (
    InitialState,
    StudySchedule,
    TrueMemory,
)
from flashcards.scheduling.date_policy import (
    Costs,
    DatePolicy,
    PolicyCard,
    compute_thresholds,
    order_by_rank,
)
from flashcards.scheduling.date_policy import Situation as DaySituation
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.vectors import VectorFormulas

FORMULAS = VectorFormulas(DEFAULT_WEIGHTS)
PLAIN = Formulas(DEFAULT_WEIGHTS)


def blank(cards: int) -> InitialState:
    return InitialState(
        np.zeros(cards, dtype=bool),
        np.ones(cards),
        np.full(cards, 5.0),
        np.zeros(cards, dtype=np.int64),
        np.full(cards, 1 / cards),
    )


def schedule(days: int, minutes: float) -> StudySchedule:
    return StudySchedule(np.full(days, minutes * 60.0), minutes, days)


memories = st.lists(
    st.tuples(st.floats(0.01, 500), st.floats(1, 10), st.integers(0, 100), st.integers(1, 4)),
    min_size=1,
    max_size=20,
)  # fmt: skip


@given(memories)
def test_formulas_on_arrays_give_the_same_as_plain_ones(
    rows: list[tuple[float, float, int, int]],
) -> None:
    s, d, elapsed, rating = (np.array(column) for column in zip(*rows, strict=True))

    after = FORMULAS.following(s, d, elapsed, rating)

    slow = [PLAIN.following(*row[:2], row[2], row[3]) for row in rows]
    assert list(after[0]) == pytest.approx([memory[0] for memory in slow], rel=1e-9)
    assert list(after[1]) == pytest.approx([memory[1] for memory in slow], rel=1e-9)
    first = FORMULAS.first(rating)
    assert list(first[0]) == pytest.approx([PLAIN.first(row[3])[0] for row in rows])
    assert list(first[1]) == pytest.approx([PLAIN.first(row[3])[1] for row in rows])


def test_each_run_uses_its_own_set_of_weights() -> None:
    other = (*DEFAULT_WEIGHTS[:20], 0.4)
    both = VectorFormulas(np.array([DEFAULT_WEIGHTS, other])).as_columns()
    stability = np.full((2, 3), 5.0)

    recall = both.retrievability(stability, np.array([[1, 10, 50]] * 2))

    for row, weights in zip(recall, (DEFAULT_WEIGHTS, other), strict=True):
        plain = Formulas(weights)
        assert list(row) == pytest.approx(
            [plain.retrievability(5, t) for t in (1, 10, 50)]
        )


@given(
    st.lists(
        st.tuples(st.floats(0.2, 60), st.floats(1, 10), st.integers(1, 30)) | st.none(),
        min_size=2,
        max_size=12,
    ),
    st.integers(2, 20),
    st.sampled_from([0.2, 1.0, 5.0]),
)
def test_the_first_day_asks_in_the_order_of_the_plain_policy(
    notes: list[tuple[float, float, int] | None], days_left: int, minutes: float
) -> None:
    count = len(notes)
    seen = np.array([note is not None for note in notes])
    weight = np.arange(1, count + 1) / sum(range(1, count + 1))
    start = InitialState(
        seen,
        np.array([note[0] if note else 1.0 for note in notes]),
        np.array([note[1] if note else 5.0 for note in notes]),
        np.array([-note[2] if note else 0 for note in notes]),
        weight,
    )
    days = schedule(days_left, minutes)
    costs = Costs()
    limits = compute_thresholds(
        DaySituation(days_left, days_left * minutes * 60, minutes, days_left),
        int(seen.sum()),
        int((~seen).sum()),
        costs,
    )
    policy = DatePolicy(PLAIN, costs)
    ranked = [
        policy.rank(
            PolicyCard(note[0], note[1], note[2], w)
            if note
            else PolicyCard(None, None, 0, w),
            days_left,
            limits,
        )
        for note, w in zip(notes, weight, strict=True)
    ]
    first = order_by_rank(ranked)[0]

    simulation = Simulation(start, days, FORMULAS, costs, 1, None)
    _, queue = simulation.queue(0, simulation.predicted_recall(0), 60.0 * minutes)

    assert queue[0] == first


def test_no_day_takes_longer_than_its_minutes_except_for_the_last_card() -> None:
    outcome = simulate(blank(400), schedule(12, 10), FORMULAS, costs=Costs(), runs=4)

    assert outcome is not None
    assert all(seconds <= 600 + 54 for seconds in outcome.seconds)
    assert outcome.seconds.min() > 590


def test_a_day_off_has_no_reviews() -> None:
    days = schedule(6, 10)
    days.budgets[2] = 0

    outcome = simulate(blank(50), days, FORMULAS, costs=Costs(), runs=2)

    assert outcome is not None
    assert outcome.reviews[2] == outcome.new[2] == 0


def test_the_same_seed_gives_the_same_result_and_more_minutes_a_better_one() -> None:
    def readiness(minutes: float, seed: int = 1) -> float:
        start = blank(120)
        outcome = simulate(
            start, schedule(10, minutes), FORMULAS, costs=Costs(), runs=8, seed=seed
        )
        assert outcome is not None
        return float(outcome.readiness(start.weight).mean())

    assert readiness(5) == readiness(5)
    assert readiness(5, seed=2) != readiness(5)
    assert readiness(3) < readiness(6) < readiness(12)


@pytest.mark.parametrize(
    ("days", "minutes", "designed"),
    [(7, 20, 0.603), (14, 20, 0.868), (30, 10, 0.868), (30, 20, 0.990)],
)
def test_readiness_is_close_to_the_figures_of_the_design(
    days: int, minutes: int, designed: float
) -> None:
    chance = np.random.default_rng(5)
    weight = chance.gamma(4, 0.25, 24)[np.arange(330) % 24]
    start = replace(blank(330), weight=weight / weight.sum())

    outcome = simulate(start, schedule(days, minutes), FORMULAS, costs=Costs(), runs=16)

    assert outcome is not None
    # Topics weigh differently there; runs differ by two points.
    assert outcome.readiness(start.weight).mean() == pytest.approx(designed, abs=0.025)
    assert outcome.trajectory.shape == (days + 1, 16)


def test_learners_with_the_schedulers_weights_reach_what_it_predicts() -> None:
    start, runs = blank(100), 30
    shape = (runs, 100)
    truth = TrueMemory(
        VectorFormulas(np.tile(DEFAULT_WEIGHTS, (runs, 1))),
        np.ones(shape),
        np.full(shape, 5.0),
        np.ones(shape),
        np.zeros(shape),
        np.ones(runs),
    )

    predicted = simulate(start, schedule(8, 8), FORMULAS, costs=Costs(), runs=runs)
    real = simulate(
        start, schedule(8, 8), FORMULAS, costs=Costs(), runs=runs, truth=truth
    )

    assert predicted is not None
    assert real is not None
    assert np.allclose(predicted.recall, real.recall)


def test_progress_is_called_with_every_day_and_can_stop_the_simulation() -> None:
    calls: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        calls.append((done, total))
        return done < 3

    outcome = simulate(
        blank(10), schedule(9, 5), FORMULAS, costs=Costs(), runs=1, progress=progress
    )

    assert outcome is None
    assert calls == [(0, 9), (1, 9), (2, 9), (3, 9)]
