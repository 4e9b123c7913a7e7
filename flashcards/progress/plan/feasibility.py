"""Feasibility of a plan: the minutes a day that reach its target, else what to leave out."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, log
from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.forecast.readiness import RUNS, affordable_runs, simulate_plan

if TYPE_CHECKING:
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.progress_callback import ProgressCallback

SLACK = ((0.0, 0.0), (0.5, 0.42), (0.8, 0.78), (0.9, 1.03), (0.95, 1.3), (0.99, 1.9))
"""Pairs of a readiness and the slack that reaches it: seconds left over seconds needed."""
MOST_MINUTES = 120
"""Minutes a day that a plan suggests at most."""
FITS = 1.1
"""Slack at which all cards of the scope fit into the days left."""
_CORRECTION_BOUNDS = (0.6, 1.6)
_CLEARLY_FEWER = 0.8
"""Share of the plan's minutes that fewer ones must not exceed to be worth a change."""
_HALVINGS = 5
_LOW, _HIGH = 0.7, 1.4
_GROWTH = 1.6
_DAY_MINUTES = 1440.0
_HIGHEST_TARGET = 0.995


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether a plan reaches its target."""

    readiness: float
    """With the minutes of the plan."""
    target: float
    minutes: int
    needed_minutes: float | None
    """Minutes a day that reach the target; None if even a whole day does not."""
    is_exact: bool
    """Whether the minutes come from simulation, not from a rule of thumb."""
    drop: tuple[str, ...]
    """Areas to leave out so that the others fit, those of least weight first."""
    low: float | None = None
    """The low end of the band of the readiness; None where there is none."""

    @property
    def needed(self) -> int | None:
        """Whole minutes a day that reach the target.

        Never in contradiction to what the plan's own minutes reach.
        """
        if self.needed_minutes is None:
            return None
        whole = ceil(self.needed_minutes - 1e-9)
        if self.is_feasible:
            return min(whole, self.minutes)
        return max(whole, self.minutes + 1)

    @property
    def enough(self) -> int | None:
        """Fewer minutes a day that are enough for the target.

        None unless the plan is well ahead of its target, with some certainty.
        """
        if self.low is None or self.low < self.target or self.needed is None:
            return None
        enough = max(1, self.needed)
        return enough if enough <= _CLEARLY_FEWER * self.minutes else None

    @property
    def is_feasible(self) -> bool:
        """Whether the plan reaches its target as it is."""
        return self.readiness >= self.target

    @property
    def is_out_of_reach(self) -> bool:
        """Whether no reasonable number of minutes reaches the target."""
        return self.needed is None or self.needed > MOST_MINUTES


def estimate_minutes(state: PlanState, target: float | None = None) -> float:
    """Return the minutes a day that reach a target, by rule of thumb.

    None for the plan's own target; infinite without a study day left.
    """
    if target is None:
        target = state.plan.target
    days = state.plan.study_days(state.today, state.interview.day)
    if not days:
        return inf
    xs, ys = np.array(SLACK).T
    slack = float(np.interp(target, xs, ys))
    seconds = slack * estimate_seconds_needed(state, target)
    return max(0.0, seconds / (60 * days))


def estimate_seconds_needed(state: PlanState, target: float) -> float:
    """Return the seconds for new cards and for those that would be forgotten by the day."""
    costs = state.costs
    unseen = len(state.cards) - state.seen
    is_firm = state.recall_now(ahead=state.days_left) >= max(target, 0.9)
    to_review = len(state.cards) - int(is_firm.sum())
    return unseen * costs.new + to_review * costs.last_review


def estimate_feasibility(state: PlanState, readiness: float) -> Feasibility:
    """Estimate the feasibility at once, by rule of thumb corrected by a simulated readiness.

    Args:
        state: The plan and its cards.
        readiness: What the plan's own minutes reach, from a simulation.
    """
    minutes = estimate_minutes(state) * _correction(state, readiness)
    return _feasibility(state, readiness, minutes, is_exact=False)


def _correction(state: PlanState, readiness: float) -> float:
    """Return the factor by which the rule of thumb is off for the plan's own minutes.

    It is weaker the further these minutes are from those that the rule gives.
    """
    own, ruled = state.plan.minutes, estimate_minutes(state)
    ruled_for_own = estimate_minutes(state, readiness)
    is_short = readiness < state.plan.target
    if not (is_short and own and ruled_for_own and 0 < ruled < inf):
        return 1.0
    nearness = max(0.0, 1 - abs(log(own / ruled)))
    low, high = _CORRECTION_BOUNDS
    return float(min(max(own / ruled_for_own, low), high) ** nearness)


def measure_feasibility(
    state: PlanState,
    *,
    optimism: float = 0.0,
    runs: int = RUNS,
    progress: ProgressCallback | None = None,
) -> Feasibility | None:
    """Measure the feasibility by simulation, in seconds; None if `progress` stopped it.

    Every trial draws the same random numbers, so that more minutes are never worse by
    chance.

    Args:
        state: The plan and its cards.
        optimism: By how much the scheduler's own weights predict too high a readiness.
        runs: Runs of each trial.
        progress: Called with each simulated day; returns False to stop.
    """
    target = min(state.plan.target + optimism, _HIGHEST_TARGET)
    trials = _Trials(state, affordable_runs(state, runs), progress)
    readiness = trials.readiness(state.plan.minutes) - optimism
    minutes = _bisect(trials, estimate_minutes(state, target), target)
    if trials.is_stopped:
        return None
    return _feasibility(state, min(max(readiness, 0.0), 1.0), minutes, is_exact=True)


def areas_to_leave_out(state: PlanState) -> tuple[str, ...]:
    """Return the areas to leave out so that the others fit, those of least weight first.

    Never one of the areas with the largest weight. Empty if everything fits, and if leaving
    out areas does not help.
    """
    available = float(state.schedule().budgets.sum())
    costs = state.costs
    area_of = [key.partition("/")[0] for key in state.decks]
    weights: dict[str, list[float]] = {}
    for deck, weight in zip(state.deck, state.start.weight, strict=True):
        weights.setdefault(area_of[deck], []).append(float(weight))
    mean = {area: round(sum(w) / len(w), 12) for area, w in weights.items()}
    largest = max(mean.values(), default=0.0)
    order = sorted(
        (area for area in mean if mean[area] < largest),
        key=lambda area: (mean[area], area),
    )
    seconds = dict.fromkeys(mean, 0.0)
    for deck, seen in zip(state.deck, state.start.seen, strict=True):
        seconds[area_of[deck]] += costs.last_review + (0 if seen else costs.new)
    left_out: list[str] = []
    for area in order:
        if available >= FITS * sum(seconds.values()):
            break
        left_out.append(area)
        del seconds[area]
    fits = available >= FITS * sum(seconds.values())
    return tuple(left_out) if fits else ()


class _Trials:
    """Simulations of a plan with other minutes, until the callback stops them."""

    def __init__(
        self,
        state: PlanState,
        runs: int,
        progress: ProgressCallback | None,
    ) -> None:
        self._state = state
        self._runs = runs
        self._progress = progress
        self._done = 0
        self.is_stopped = False

    def readiness(self, minutes: float) -> float:
        """Return the mean readiness with these minutes a day; 1 once stopped."""
        if self.is_stopped:
            return 1.0
        result = simulate_plan(
            self._state, minutes=minutes, runs=self._runs, progress=self._report
        )
        self._done += 1
        if result is None:
            self.is_stopped = True
            return 1.0
        return float(result.readiness(self._state.start.weight).mean())

    def _report(self, day: int, days: int) -> bool:
        if self._progress is None:
            return True
        # How many trials bisection will need is not known beforehand.
        trials = _HALVINGS + 3
        return self._progress(min(self._done, trials - 1) * days + day, trials * days)


def _bisect(trials: _Trials, guess: float, target: float) -> float | None:
    """Return the fewest minutes that reach the target; None if a whole day does not."""
    if trials.readiness(0.0) >= target:
        return 0.0
    guess = min(max(guess, 1.0), _DAY_MINUTES)
    low, high = _LOW * guess, _HIGH * guess
    while trials.readiness(high) < target:
        low, high = high, high * _GROWTH
        if low >= _DAY_MINUTES:
            return None
    while low > _LOW and trials.readiness(low) >= target:
        low, high = low / _GROWTH, low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if trials.readiness(middle) >= target:
            high = middle
        else:
            low = middle
    return high


def _feasibility(
    state: PlanState, readiness: float, minutes: float | None, *, is_exact: bool
) -> Feasibility:
    is_possible = minutes is not None and minutes < _DAY_MINUTES
    return Feasibility(
        readiness=readiness,
        target=state.plan.target,
        minutes=state.plan.minutes,
        needed_minutes=minutes if is_possible else None,
        is_exact=is_exact,
        drop=() if readiness >= state.plan.target else areas_to_leave_out(state),
    )
