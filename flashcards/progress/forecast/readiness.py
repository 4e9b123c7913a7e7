"""Readiness: weighted predicted recall on the interview day, with a band.

A card that will not have been seen by then counts as 0. Readiness is about recalling
cards, not about passing interviews.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.figure_text import percent, title_of_area, whole_percent
from flashcards.progress.forecast.simulation import simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.study_plan import SavedForecast
    from flashcards.progress.forecast.simulation_types import SimulationResult
    from flashcards.progress.log.review_log import Floats
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.progress_callback import ProgressCallback

RUNS = 12
QUICK_RUNS = 4
_MOST_CELLS = 1_500_000
"""Runs times cards times days of a forecast at most: about half a second."""
BAND = 0.45
"""Standard deviation of the estimated band, as a share of 1 - readiness."""
NORMAL_90 = 1.645
ENOUGH_COMPARED = 10
WELL_CALIBRATED = 0.8
HORIZONS = (7, 14, 30)


@dataclass(frozen=True, slots=True)
class Predicted:
    """A predicted readiness with its 90% band: low at 5%, high at 95%."""

    value: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """Such as `86%, probably 78-92%`."""
        low, high = whole_percent(self.low), whole_percent(self.high)
        band = f", probably {low}-{high}%" if low < high else ""
        return f"{percent(self.value)}{band}"


@dataclass(frozen=True, slots=True)
class DeckReadiness:
    """The readiness of one deck, or of an area: the first part of deck keys."""

    key: str
    title: str
    predicted: Predicted
    weight: float
    """From the plan: 1 by default; of an area the mean of its decks."""
    seen: int
    """Notes seen so far."""
    notes: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """The predicted readiness on the interview day if the plan is followed."""

    day: int
    minutes: float
    all: Predicted
    decks: tuple[DeckReadiness, ...]
    areas: tuple[DeckReadiness, ...]
    is_full: bool
    """Whether value and band come from learners who fit the answers so far."""
    scheduler_value: float
    """The value with the scheduler's own weights."""
    path: tuple[Predicted, ...]
    """Predicted weighted recall at the start of each day from today, and on the day itself."""
    new: tuple[float, ...]
    """Expected new cards of each day from today."""
    reviews: tuple[float, ...]
    seconds: tuple[float, ...]


def affordable_runs(state: PlanState, runs: int) -> int:
    """Return the number of runs, fewer if cards and days are many."""
    cells = len(state.cards) * max(1, state.days_left)
    return max(1, min(runs, _MOST_CELLS // cells))


def estimate_readiness(
    state: PlanState,
    *,
    minutes: float | None = None,
    runs: int = QUICK_RUNS,
    widening: float = 1.0,
) -> Readiness:
    """Estimate the readiness at once: few runs, and a band by rule of thumb."""
    result = simulate_plan(state, minutes=minutes, runs=affordable_runs(state, runs))
    if result is None:
        raise AssertionError("nothing can stop this simulation")
    return measure_readiness(state, result, minutes=minutes, widening=widening)


def simulate_plan(
    state: PlanState,
    *,
    minutes: float | None = None,
    runs: int = RUNS,
    seed: int = 0,
    progress: ProgressCallback | None = None,
) -> SimulationResult | None:
    """Simulate following the plan, with its own minutes a day or with other ones.

    None if `progress` stopped it.
    """
    return simulate(
        state.start,
        state.schedule(minutes),
        state.formulas,
        costs=state.costs,
        runs=runs,
        seed=seed,
        progress=progress,
    )


def measure_readiness(
    state: PlanState,
    result: SimulationResult,
    *,
    minutes: float | None = None,
    widening: float = 1.0,
    learners: SimulationResult | None = None,
) -> Readiness:
    """Return the readiness that simulations show.

    Args:
        state: The plan and its cards.
        result: Runs with the scheduler's own weights.
        minutes: The minutes a day of the runs; None for the plan's own.
        widening: Factor of the band, from `widening_factor`.
        learners: Runs with weights of likely learners; if present, value and band come
            from them.
    """
    grid = np.eye(len(state.decks))
    decks = _group_readiness(state, result, learners, grid, widening)
    areas = list(dict.fromkeys(key.partition("/")[0] for key in state.decks))
    member = np.array(
        [
            [float(key.partition("/")[0] == area) for key in state.decks]
            for area in areas
        ]
    )
    grouped = _group_readiness(state, result, learners, member, widening)
    every_deck = np.ones((1, len(state.decks)))
    whole = _group_readiness(state, result, learners, every_deck, widening)[0]
    return Readiness(
        day=state.interview.day,
        minutes=state.plan.minutes if minutes is None else minutes,
        all=whole[0],
        decks=tuple(
            DeckReadiness(key, title, predicted, state.plan.weight_of(key), seen, notes)
            for key, title, (predicted, seen, notes) in zip(
                state.decks, state.titles, decks, strict=True
            )
        ),
        areas=tuple(
            DeckReadiness(
                area,
                title_of_area(area),
                predicted,
                _area_weight(state, area),
                seen,
                notes,
            )
            for area, (predicted, seen, notes) in zip(areas, grouped, strict=True)
        ),
        is_full=learners is not None,
        scheduler_value=float(result.readiness(state.start.weight).mean()),
        path=_predict_path(result, learners, widening),
        new=tuple(map(float, result.new)),
        reviews=tuple(map(float, result.reviews)),
        seconds=tuple(map(float, result.seconds)),
    )


def with_estimated_band(value: float, widening: float = 1.0) -> Predicted:
    """Return a readiness with its band by rule of thumb."""
    reach = NORMAL_90 * BAND * (1 - value) * widening
    return Predicted(value, max(0.0, value - reach), min(1.0, value + reach))


def widening_factor(forecasts: Sequence[SavedForecast]) -> float:
    """Return the factor by which bands must grow so that past bands would have held.

    A forecast is compared with the readiness saved on its target day. Bands grow only if
    at least ten forecasts can be compared and fewer than four in five of them held.
    """
    ratios = sorted(
        abs(error) / max(reach, 1e-3) for error, reach in compare_forecasts(forecasts)
    )
    if len(ratios) < ENOUGH_COMPARED:
        return 1.0
    held = sum(ratio <= 1 for ratio in ratios) / len(ratios)
    if held >= WELL_CALIBRATED:
        return 1.0
    return max(1.0, ratios[int(0.9 * (len(ratios) - 1))])


def compare_forecasts(forecasts: Sequence[SavedForecast]) -> list[tuple[float, float]]:
    """Return the error of every forecast whose day has come, with the reach of its band.

    The error is the true readiness minus the predicted one; the reach is the width of the
    band on that side.
    """
    true_readiness = {
        row.target_day: row.readiness
        for row in forecasts
        if row.made_day == row.target_day
    }
    return [
        (
            true_readiness[row.target_day] - row.readiness,
            row.high - row.readiness
            if true_readiness[row.target_day] > row.readiness
            else row.readiness - row.low,
        )
        for row in forecasts
        if row.made_day < row.target_day and row.target_day in true_readiness
    ]


Group = tuple[Predicted, int, int]


def _group_readiness(
    state: PlanState,
    result: SimulationResult,
    learners: SimulationResult | None,
    member: Floats,
    widening: float,
) -> list[Group]:
    """Return prediction, notes seen and all notes of groups of decks.

    `member` has a row per group and a column per deck: 1 for the decks of the group.
    """
    size = len(state.decks)
    weight = np.bincount(state.deck, weights=state.start.weight, minlength=size)
    seen, notes = state.count_notes()
    recall = _recall_of_decks(state, learners or result)
    values = member @ recall / (member @ weight)[:, None]
    groups = []
    for decks, runs in zip(member, values, strict=True):
        if learners is not None:
            predicted = _with_measured_band(runs, widening)
        else:
            predicted = with_estimated_band(min(float(runs.mean()), 1.0), widening)
        groups.append((predicted, int(decks @ seen), int(decks @ notes)))
    return groups


def _recall_of_decks(state: PlanState, result: SimulationResult) -> Floats:
    """Return the weighted recall of each deck (rows) in each run."""
    recall = result.recall * state.start.weight
    return np.array(
        [recall[:, state.deck == deck].sum(axis=1) for deck in range(len(state.decks))]
    )


def _with_measured_band(runs: Floats, widening: float) -> Predicted:
    value = min(float(runs.mean()), 1.0)
    low, high = (float(x) for x in np.quantile(runs, (0.05, 0.95)))
    return Predicted(
        value,
        max(0.0, value - max(0.0, value - low) * widening),
        min(1.0, value + max(0.0, high - value) * widening),
    )


def _predict_path(
    result: SimulationResult, learners: SimulationResult | None, widening: float
) -> tuple[Predicted, ...]:
    if learners is not None:
        return tuple(
            _with_measured_band(runs, widening) for runs in learners.trajectory
        )
    values = result.trajectory.mean(axis=1)
    last = max(1, len(values) - 1)
    path = []
    for ahead, value in enumerate(values):
        full = with_estimated_band(float(value), widening)
        # Today's recall is known; uncertainty grows with the days.
        share = (ahead / last) ** 0.5
        low = full.value - (full.value - full.low) * share
        high = full.value + (full.high - full.value) * share
        path.append(Predicted(full.value, low, high))
    return tuple(path)


def _area_weight(state: PlanState, area: str) -> float:
    """Return the weight set for an area, else the mean weight of its decks."""
    weights = dict(state.plan.weights)
    if area in weights:
        return weights[area]
    deck_weights = [
        state.plan.weight_of(key)
        for key in state.decks
        if key.partition("/")[0] == area
    ]
    return round(sum(deck_weights) / len(deck_weights), 2)
