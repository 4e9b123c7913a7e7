"""Learners whose weights the scheduler does not know: how often is the outcome within the band?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flashcards.domain.cards import State
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.progress.forecast.readiness import with_estimated_band
from flashcards.progress.forecast.simulation import Simulation, simulate
from flashcards.progress.forecast.simulation_types import InitialState, TrueMemory
from flashcards.progress.forecast.weight_posterior import (
    NOTE_EASE,
    NOTE_SHIFT,
    draw_weights,
    refine_readiness,
)
from flashcards.progress.log.review_log import Log
from flashcards.scheduling.date_policy import STEPS_AFTER
from flashcards.scheduling.vectors import VectorFormulas
from tests.benchmarks.learners.made import (
    COSTS,
    DAY_ONE,
    FORMULAS,
    blank,
    course,
    plan_state,
    say,
    say_head,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.forecast.readiness import Predicted
    from flashcards.progress.log.review_log import Floats, Integers, Truths

NOTES = 330
TRUE_RUNS = 24


class Case(NamedTuple):
    """A plan, and the day on which its forecast is asked for."""

    minutes: int
    asked: int
    end: int
    spread: float = 1.0
    """How much more learners differ than the forecast supposes."""

    @property
    def name(self) -> str:
        more = f", {self.spread} x as varied" if self.spread > 1 else ""
        return f"{self.minutes} min, day {self.asked} -> {self.end}{more}"


CASES = (
    Case(10, 0, 30),
    Case(10, 15, 30),
    Case(20, 15, 30),
    Case(10, 30, 60),
    Case(10, 15, 30, 1.6),
)


class Held(NamedTuple):
    """A forecast and its outcome."""

    predicted: Predicted
    true: float


class Figures(NamedTuple):
    """How far forecasts were off, in readiness, and how often their bands held."""

    bias: float
    rmse: float
    cover: float
    width: float

    @classmethod
    def of(cls, pairs: Sequence[Held]) -> Figures:
        error = np.array([pair.predicted.value - pair.true for pair in pairs])
        held = [
            pair.predicted.low <= pair.true <= pair.predicted.high for pair in pairs
        ]
        width = [pair.predicted.high - pair.predicted.low for pair in pairs]
        rmse = float((error**2).mean() ** 0.5)
        return cls(
            float(error.mean()), rmse, float(np.mean(held)), float(np.mean(width))
        )


def bands_table(learners: int, seeds: Sequence[int]) -> None:
    """Print a row for each case and seed, and those of all seeds by both methods."""
    say_head("330 notes", "method", "seed", "bias", "rmse", "cover", "width")
    for case in CASES:
        by_seed = {seed: forecasts(case, learners, seed) for seed in seeds}
        for seed, by_method in by_seed.items():
            _row(case, "full", seed, by_method["full"])
        for method in ("full", "instant"):
            everything = [
                pair for by_method in by_seed.values() for pair in by_method[method]
            ]
            _row(case, method, "all", everything)


def _row(case: Case, method: str, seed: object, pairs: Sequence[Held]) -> None:
    bias, *others = Figures.of(pairs)
    rmse, cover, width = others
    say(
        case.name, method, seed, f"{bias:+.3f}", f"{rmse:.3f}", f"{cover:.2f}",
        f"{width:.3f}",
    )  # fmt: skip


def forecasts(case: Case, learners: int, seed: int) -> dict[str, list[Held]]:
    """Return forecasts of some learners with their outcomes, by method."""
    chance = np.random.default_rng(seed)
    start, topic = blank(NOTES, seed)
    truth = drawn(learners, NOTES, case.spread, chance)
    days = course(case.end, case.minutes)
    walk = Recorder(start, days, FORMULAS, COSTS, learners, truth)
    walk.rows = []
    for day in range(case.asked):
        walk.study_day(day, chance.random((learners, NOTES)))
    by_method: dict[str, list[Held]] = {"full": [], "instant": []}
    for learner in range(learners):
        now = walk.start_of(learner, case.asked, start.weight)
        state = plan_state(
            now, topic, day=case.asked, days=case.end, minutes=case.minutes
        )
        log = log_of(walk.rows, learner)
        forecast = refine_readiness(state, log, seed=1000 * seed + learner)
        assert forecast is not None
        came = simulate(
            now,
            state.schedule(),
            FORMULAS,
            costs=COSTS,
            runs=TRUE_RUNS,
            seed=1_000_000 + 1000 * seed + learner,
            truth=walk.truth_of(learner, truth, TRUE_RUNS),
        )
        assert came is not None
        true = float(came.readiness(now.weight).mean())
        by_method["full"].append(Held(forecast.all, true))
        by_method["instant"].append(Held(with_estimated_band(forecast.all.value), true))
    return by_method


def drawn(
    learners: int, size: int, spread: float, chance: np.random.Generator
) -> TrueMemory:
    """Return learners who differ, each with notes that differ."""
    weights = draw_weights(np.array(DEFAULT_WEIGHTS), learners, chance, spread)
    shape = (learners, size)
    return TrueMemory(
        VectorFormulas(weights),
        np.ones(shape),
        np.full(shape, 5.0),
        np.exp(NOTE_EASE * spread * chance.standard_normal(shape)),
        NOTE_SHIFT * spread * chance.standard_normal(shape),
        np.ones(learners),
    )


class Recorder(Simulation):
    """A walk that keeps the reviews of every run, steps included."""

    rows: list[tuple[Integers, Integers, Integers, int, Truths]]

    def study_day(self, day: int, chance: Floats) -> None:
        """Study one day; `chance` holds a number from 0 to 1 by run and card."""
        self._today = day
        super().study_day(day, chance)

    def start_of(self, learner: int, day: int, weight: Floats) -> InitialState:
        """Return the cards of one learner with the memory that the scheduler assumes."""
        return InitialState(
            self._seen[learner],
            self._predicted.stability[learner],
            self._predicted.difficulty[learner],
            self._last[learner] - day,
            weight,
        )

    def truth_of(self, learner: int, truth: TrueMemory, runs: int) -> TrueMemory:
        """Return the true memory of one learner, repeated."""

        def times(values: Floats) -> Floats:
            return np.tile(values[learner], (runs, 1))

        return TrueMemory(
            VectorFormulas(times(truth.formulas.weights)),
            times(self._real.stability),
            times(self._real.difficulty),
            times(truth.ease),
            times(truth.shift),
            np.tile(truth.pace[learner], runs),
        )

    def _answer(
        self,
        run: Integers,
        card: Integers,
        rating: Integers,
        recalls: tuple[Floats, Floats],
        new: Truths,
    ) -> None:
        self.rows.append((run, card, rating, self._today, new))
        super()._answer(run, card, rating, recalls, new)


def log_of(
    rows: list[tuple[Integers, Integers, Integers, int, Truths]], learner: int
) -> Log:
    """Return the log of one run as the store would give it."""
    log_rows = []
    at = 0
    for runs, cards, ratings, day, new in rows:
        own = runs == learner
        for card, rating, first in zip(cards[own], ratings[own], new[own], strict=True):
            steps = STEPS_AFTER[rating - 1] if first else int(rating == 1)
            for step in range(steps + 1):
                at += 1
                first_rating = int(rating) if step == 0 else 3
                state = State.NEW if first else State.REVIEW
                if step:
                    state = State.LEARNING
                row = (
                    int(card),
                    at,
                    DAY_ONE + day,
                    first_rating,
                    10_000,
                    int(state),
                    86_400,
                )
                log_rows.append(row)
    return Log.from_rows(log_rows)
