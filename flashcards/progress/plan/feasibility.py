"""Can it be done? Minutes a day that reach the target, and what to leave out if not."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, log
from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.forecast.readiness import RUNS, run, runs_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.progress.plan.state import PlanState

SLACK = ((0.0, 0.0), (0.5, 0.42), (0.8, 0.78), (0.9, 1.03), (0.95, 1.3), (0.99, 1.9))
"""Slack (seconds left over seconds needed) that reaches a readiness."""
MOST_MINUTES = 120
"""More than this a day is offered to nobody."""
FITS = 1.1
"""Slack at which a scope fits into the days."""
_MOST_OFF = (0.6, 1.6)
_HALVINGS = 5
_LOW, _HIGH = 0.7, 1.4
_GROWTH = 1.6
_LONGEST = 1440.0
_SUREST = 0.995


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether a plan reaches its target."""

    readiness: float
    """With the minutes of the plan."""
    target: float
    minutes: int
    needed_minutes: float | None
    """Minutes a day that reach the target; None where even a whole day does not."""
    is_exact: bool
    """Whether these come from simulation; else it is an estimate."""
    drop: tuple[str, ...]
    """Areas to leave out, those that weigh least first, until the rest fits."""

    @property
    def needed(self) -> int | None:
        """Whole minutes a day that reach the target.

        They never contradict what the plan's own minutes are seen to reach.
        """
        if self.needed_minutes is None:
            return None
        whole = ceil(self.needed_minutes - 1e-9)
        if self.is_feasible:
            return min(whole, self.minutes)
        return max(whole, self.minutes + 1)

    @property
    def is_feasible(self) -> bool:
        """Whether the plan reaches its target as it is."""
        return self.readiness >= self.target

    @property
    def is_out_of_reach(self) -> bool:
        """Whether no reasonable number of minutes would do."""
        return self.needed is None or self.needed > MOST_MINUTES


def estimated_minutes(state: PlanState, target: float | None = None) -> float:
    """Return the minutes a day that reach a target, by rule of thumb."""
    wanted = state.plan.target if target is None else target
    days = state.plan.study_days(state.today, state.interview.day)
    if not days:
        return inf
    xs, ys = np.array(SLACK).T
    slack = float(np.interp(wanted, xs, ys))
    seconds = slack * needed_seconds(state, wanted)
    return max(0.0, seconds / (60 * days))


def needed_seconds(state: PlanState, target: float) -> float:
    """Return the seconds that all cards need: new ones, and those that will not hold."""
    costs = state.costs
    unseen = len(state.cards) - state.seen
    holds = state.recall_now(ahead=state.left) >= max(target, 0.9)
    again = len(state.cards) - int(holds.sum())
    return unseen * costs.new + again * costs.last_review


def estimate_feasibility(state: PlanState, readiness: float) -> Feasibility:
    """Return the answer at once: minutes by rule of thumb, corrected by a known readiness.

    Args:
        state: Where the plan stands.
        readiness: That of the plan's own minutes, from a simulation.
    """
    minutes = estimated_minutes(state) * _correction(state, readiness)
    return _answer(state, readiness, minutes, is_exact=False)


def _correction(state: PlanState, readiness: float) -> float:
    """Return by what the rule of thumb is off, as the plan's own minutes show.

    It counts for less the further these minutes are from those that the rule names.
    """
    own, named = state.plan.minutes, estimated_minutes(state)
    for_own = estimated_minutes(state, readiness)
    is_short = readiness < state.plan.target
    if not (is_short and own and for_own and 0 < named < inf):
        return 1.0
    nearness = max(0.0, 1 - abs(log(own / named)))
    low, high = _MOST_OFF
    return float(min(max(own / for_own, low), high) ** nearness)


def measure_feasibility(
    state: PlanState,
    *,
    optimism: float = 0.0,
    runs: int = RUNS,
    watch: Callable[[int, int], bool] | None = None,
) -> Feasibility | None:
    """Return the answer by simulation, in seconds; None where `watch` stopped it.

    Every trial draws the same chances, so that more minutes are never worse by luck.

    Args:
        state: Where the plan stands.
        optimism: By how much the scheduler's own weights are known to promise too much.
        runs: Runs of each trial.
        watch: Is told of each simulated day; returns False to stop.
    """
    wanted = min(state.plan.target + optimism, _SUREST)
    trial = _Trial(state, runs_for(state, runs), watch)
    now = trial.readiness(state.plan.minutes) - optimism
    needed = _bisect(trial, estimated_minutes(state, wanted), wanted)
    if trial.is_stopped:
        return None
    return _answer(state, min(max(now, 0.0), 1.0), needed, is_exact=True)


def fitting_scope(state: PlanState) -> tuple[str, ...]:
    """Return the areas to leave out, those that weigh least first, until the rest fits.

    Empty where everything fits, and where leaving out areas does not help.
    """
    available = float(state.course().budgets.sum())
    costs = state.costs
    area_of = [key.partition("/")[0] for key in state.decks]
    mean: dict[str, list[float]] = {}
    for card, weight in zip(state.deck, state.start.weight, strict=True):
        mean.setdefault(area_of[card], []).append(float(weight))
    order = sorted(mean, key=lambda area: (sum(mean[area]) / len(mean[area]), area))
    seconds = dict.fromkeys(order, 0.0)
    for place, seen in zip(state.deck, state.start.seen, strict=True):
        cost = costs.last_review + (0 if seen else costs.new)
        seconds[area_of[place]] += cost
    left_out: list[str] = []
    while available < FITS * sum(seconds.values()) and len(seconds) > 1:
        area = order[len(left_out)]
        left_out.append(area)
        del seconds[area]
    fits = available >= FITS * sum(seconds.values())
    return tuple(left_out) if fits else ()


class _Trial:
    """Simulations of other minutes, until somebody stops them."""

    def __init__(
        self,
        state: PlanState,
        runs: int,
        watch: Callable[[int, int], bool] | None,
    ) -> None:
        self._state = state
        self._runs = runs
        self._watch = watch
        self._done = 0
        self.is_stopped = False

    def readiness(self, minutes: float) -> float:
        """Return the mean readiness with so many minutes a day; 1 once it is stopped."""
        if self.is_stopped:
            return 1.0
        outcome = run(self._state, minutes=minutes, runs=self._runs, watch=self._told)
        self._done += 1
        if outcome is None:
            self.is_stopped = True
            return 1.0
        return float(outcome.readiness(self._state.start.weight).mean())

    def _told(self, day: int, days: int) -> bool:
        if self._watch is None:
            return True
        trials = _HALVINGS + 3
        return self._watch(min(self._done, trials - 1) * days + day, trials * days)


def _bisect(trial: _Trial, guess: float, target: float) -> float | None:
    """Return the least minutes whose readiness reaches the target; None for none."""
    if trial.readiness(0.0) >= target:
        return 0.0
    guess = min(max(guess, 1.0), _LONGEST)
    low, high = _LOW * guess, _HIGH * guess
    while trial.readiness(high) < target:
        low, high = high, high * _GROWTH
        if low >= _LONGEST:
            return None
    while low > _LOW and trial.readiness(low) >= target:
        low, high = low / _GROWTH, low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if trial.readiness(middle) >= target:
            high = middle
        else:
            low = middle
    return high


def _answer(
    state: PlanState, readiness: float, needed: float | None, *, is_exact: bool
) -> Feasibility:
    is_possible = needed is not None and needed < _LONGEST
    return Feasibility(
        readiness=readiness,
        target=state.plan.target,
        minutes=state.plan.minutes,
        needed_minutes=needed if is_possible else None,
        is_exact=is_exact,
        drop=() if readiness >= state.plan.target else fitting_scope(state),
    )
