"""Readiness: predicted recall on the interview day, weighted, with how sure that is.

A card that will not have been seen by then counts as 0. Readiness speaks of recalling
cards, not of passing interviews.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.figure_text import whole_percent
from flashcards.progress.forecast.simulation import simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.domain.study_plan import SavedForecast
    from flashcards.progress.forecast.simulation_types import SimulationResult
    from flashcards.progress.log.review_log import Floats
    from flashcards.progress.plan.state import PlanState

RUNS = 12
QUICK_RUNS = 4
_MOST_CELLS = 1_500_000
"""Runs times cards times days that a forecast may take, about half a second."""
BAND = 0.45
"""Standard deviation of the instant band as a share of what is missing to 1."""
NORMAL_90 = 1.645
ENOUGH_COMPARED = 10
WELL_CALIBRATED = 0.8
HORIZONS = (7, 14, 30)


@dataclass(frozen=True, slots=True)
class Predicted:
    """A predicted readiness and the band that holds nine of ten learners."""

    value: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """Such as `86%, probably 78-92%`."""
        low, high = whole_percent(self.low), whole_percent(self.high)
        band = f", probably {low}-{high}%" if low < high else ""
        return f"{whole_percent(self.value)}%{band}"


@dataclass(frozen=True, slots=True)
class DeckReadiness:
    """The readiness of one deck, or of an area: the first part of deck keys."""

    key: str
    title: str
    predicted: Predicted
    weight: float
    """As the plan has it: 1 where nothing was said."""
    seen: int
    """Notes seen so far."""
    notes: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the interview day would be like if the plan is kept."""

    day: int
    minutes: float
    all: Predicted
    decks: tuple[DeckReadiness, ...]
    areas: tuple[DeckReadiness, ...]
    is_full: bool
    """Whether value and band come from learners who explain the answers so far."""
    believed: float
    """The value of all with the scheduler's own weights."""
    path: tuple[Predicted, ...]
    """Weighted recall at the start of each day from today, and on the day itself."""
    new: tuple[float, ...]
    """Expected new cards of each day from today."""
    reviews: tuple[float, ...]
    seconds: tuple[float, ...]


def runs_for(state: PlanState, runs: int) -> int:
    """Return how many runs a forecast can afford."""
    cells = len(state.cards) * max(1, state.left)
    return max(1, min(runs, _MOST_CELLS // cells))


def instant_readiness(
    state: PlanState,
    *,
    minutes: float | None = None,
    runs: int = QUICK_RUNS,
    widen: float = 1.0,
) -> Readiness:
    """Return a forecast for the first paint: few runs, and a band by rule of thumb."""
    outcome = run(state, minutes=minutes, runs=runs_for(state, runs))
    if outcome is None:
        raise AssertionError("nothing can stop this simulation")
    return readiness(state, outcome, minutes=minutes, widen=widen)


def run(
    state: PlanState,
    *,
    minutes: float | None = None,
    runs: int = RUNS,
    seed: int = 0,
    watch: Callable[[int, int], bool] | None = None,
) -> SimulationResult | None:
    """Return the outcome of keeping the plan, with its minutes or with others."""
    return simulate(
        state.start,
        state.course(minutes),
        state.formulas,
        costs=state.costs,
        runs=runs,
        seed=seed,
        watch=watch,
    )


def readiness(
    state: PlanState,
    outcome: SimulationResult,
    *,
    minutes: float | None = None,
    widen: float = 1.0,
    truths: SimulationResult | None = None,
) -> Readiness:
    """Return the readiness that an outcome shows.

    Args:
        state: Where the plan stands.
        outcome: Runs with what the scheduler believes.
        minutes: The minutes a day of the runs; None for the plan's own.
        widen: Factor of the band, from `widening`.
        truths: Runs of learners who differ; value and band are theirs where given.
    """
    grid = np.eye(len(state.decks))
    decks = _groups(state, outcome, truths, grid, widen)
    areas = list(dict.fromkeys(key.partition("/")[0] for key in state.decks))
    member = np.array(
        [
            [float(key.partition("/")[0] == area) for key in state.decks]
            for area in areas
        ]
    )
    grouped = _groups(state, outcome, truths, member, widen)
    whole = _groups(state, outcome, truths, np.ones((1, len(state.decks))), widen)[0]
    return Readiness(
        day=state.interview.day,
        minutes=state.plan.minutes if minutes is None else minutes,
        all=whole[0],
        decks=tuple(
            DeckReadiness(key, title, one, state.plan.weight_of(key), seen, notes)
            for key, title, (one, seen, notes) in zip(
                state.decks, state.titles, decks, strict=True
            )
        ),
        areas=tuple(
            DeckReadiness(area, _title(area), one, _weight(state, area), seen, notes)
            for area, (one, seen, notes) in zip(areas, grouped, strict=True)
        ),
        is_full=truths is not None,
        believed=float(outcome.readiness(state.start.weight).mean()),
        path=_path(outcome, truths, widen),
        new=tuple(map(float, outcome.new)),
        reviews=tuple(map(float, outcome.reviews)),
        seconds=tuple(map(float, outcome.seconds)),
    )


def band(value: float, widen: float = 1.0) -> Predicted:
    """Return a value with the band by rule of thumb."""
    reach = NORMAL_90 * BAND * (1 - value) * widen
    return Predicted(value, max(0.0, value - reach), min(1.0, value + reach))


def widening(forecasts: Sequence[SavedForecast]) -> float:
    """Return by what factor bands must grow so that past ones would have held.

    A forecast is compared with the readiness that was noted down on the day it meant.
    Bands grow only where fewer than four in five of ten forecasts or more held.
    """
    ratios = sorted(
        abs(error) / max(reach, 1e-3) for error, reach in compared(forecasts)
    )
    if len(ratios) < ENOUGH_COMPARED:
        return 1.0
    held = sum(ratio <= 1 for ratio in ratios) / len(ratios)
    if held >= WELL_CALIBRATED:
        return 1.0
    return max(1.0, ratios[int(0.9 * (len(ratios) - 1))])


def compared(forecasts: Sequence[SavedForecast]) -> list[tuple[float, float]]:
    """Return error and reach of the band of every forecast whose day has come."""
    true = {
        row.target_day: row.readiness
        for row in forecasts
        if row.made_day == row.target_day
    }
    return [
        (
            true[row.target_day] - row.readiness,
            row.high - row.readiness
            if true[row.target_day] > row.readiness
            else row.readiness - row.low,
        )
        for row in forecasts
        if row.made_day < row.target_day and row.target_day in true
    ]


Group = tuple[Predicted, int, int]


def _groups(
    state: PlanState,
    outcome: SimulationResult,
    truths: SimulationResult | None,
    member: Floats,
    widen: float,
) -> list[Group]:
    """Return prediction, notes seen and notes of groups of decks."""
    size = len(state.decks)
    weight = np.bincount(state.deck, weights=state.start.weight, minlength=size)
    seen, notes = state.notes()
    spread = member @ _by_deck(state, truths or outcome) / (member @ weight)[:, None]
    result = []
    for place, runs in enumerate(spread):
        one = band(min(float(runs.mean()), 1.0), widen)
        if truths is not None:
            one = _full(runs, widen)
        result.append((one, int(member[place] @ seen), int(member[place] @ notes)))
    return result


def _by_deck(state: PlanState, outcome: SimulationResult) -> Floats:
    """Return the weighted recall of each deck (rows) in each run."""
    recall = outcome.recall * state.start.weight
    return np.array(
        [
            recall[:, state.deck == place].sum(axis=1)
            for place in range(len(state.decks))
        ]
    )


def _full(spread: Floats, widen: float) -> Predicted:
    value = min(float(spread.mean()), 1.0)
    low, high = (float(x) for x in np.quantile(spread, (0.05, 0.95)))
    return Predicted(
        value,
        max(0.0, value - max(0.0, value - low) * widen),
        min(1.0, value + max(0.0, high - value) * widen),
    )


def _path(
    outcome: SimulationResult, truths: SimulationResult | None, widen: float
) -> tuple[Predicted, ...]:
    if truths is not None:
        return tuple(_full(runs, widen) for runs in truths.trajectory)
    values = outcome.trajectory.mean(axis=1)
    last = max(1, len(values) - 1)
    # What is known today is sure; the doubt grows with the days.
    return tuple(
        replace(
            one,
            low=one.value - (one.value - one.low) * part,
            high=one.value + (one.high - one.value) * part,
        )
        for place, value in enumerate(values)
        for one in (band(float(value), widen),)
        for part in ((place / last) ** 0.5,)
    )


def _title(area: str) -> str:
    words = area.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _weight(state: PlanState, area: str) -> float:
    """Return the weight of an area: what was said of it, else the mean of its decks."""
    named = dict(state.plan.weights)
    if area in named:
        return named[area]
    own = [
        state.plan.weight_of(key)
        for key in state.decks
        if key.partition("/")[0] == area
    ]
    return round(sum(own) / len(own), 2)
