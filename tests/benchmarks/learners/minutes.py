"""The minutes that reach a target: by rule of thumb, by bisection, and by brute force."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.forecast.readiness import estimate_readiness, simulate_plan
from flashcards.progress.plan.feasibility import (
    estimate_feasibility,
    estimate_minutes,
    measure_feasibility,
)
from tests.benchmarks.learners.made import blank, plan_state, say, say_head

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.progress.plan.feasibility import Feasibility
    from flashcards.progress.plan.state import PlanState

CELLS = ((330, 14), (330, 30), (930, 30), (930, 60))
"""Notes and days."""
TARGETS = (0.8, 0.9)
BRUTE_RUNS = 96
STEP = 0.1


def minutes_table(seed: int) -> None:
    """Print a row for each target and cell, for topics weighted by the seed."""
    say_head(
        "target", "notes / days", "estimate", "exact", "brute force", "off",
        "ms at once", "s exact",
    )  # fmt: skip
    for target in TARGETS:
        for size, days in CELLS:
            state = state_of(size, days, target, seed)
            quick, at_once = _timed(partial(_at_once, state))
            feasibility, seconds = _timed(partial(measure_feasibility, state))
            needed = feasibility.needed_minutes
            assert needed is not None
            assert quick.needed_minutes is not None
            best = brute_force(state, estimate_minutes(state))
            say(
                target, f"{size} / {days}", f"{quick.needed_minutes:.1f}", f"{needed:.1f}", f"{best:.1f}",
                f"{needed / best - 1:+.1%}", f"{1000 * at_once:.0f}", f"{seconds:.2f}",
            )  # fmt: skip


def _at_once(state: PlanState) -> Feasibility:
    return estimate_feasibility(state, estimate_readiness(state).all.value)


def _timed(call: Callable[[], Feasibility | None]) -> tuple[Feasibility, float]:
    """Return the result of a call, and the seconds of the fastest of three."""
    seconds = []
    result = None
    for _ in range(3):
        started_at = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - started_at)
    assert result is not None
    return result, min(seconds)


def state_of(size: int, days: int, target: float, seed: int) -> PlanState:
    """Return a plan that begins today."""
    start, topic = blank(size, seed)
    state = plan_state(start, topic, days=days, minutes=15)
    return replace(state, plan=replace(state.plan, target=target))


def brute_force(state: PlanState, guess: float) -> float:
    """Return the minutes from which readiness stays at the target, tried one by one.

    Chances are not those of the bisection. Readiness wavers a little from one tenth of a
    minute to the next, so a line is laid through the trials near the target.
    """
    coarse = np.arange(0.5 * guess, 1.8 * guess, guess / 16)
    rough = [reached(state, float(m), runs=16, seed=99) for m in coarse]
    near = float(np.interp(state.plan.target, rough, coarse))
    tried = np.arange(near * 0.94, near * 1.06, STEP)
    readiness = [reached(state, float(m), runs=BRUTE_RUNS, seed=100) for m in tried]
    slope, height = np.polyfit(tried, readiness, 1)
    return float((state.plan.target - height) / slope)


def reached(state: PlanState, minutes: float, *, runs: int, seed: int) -> float:
    """Return the mean readiness with other minutes a day."""
    outcome = simulate_plan(state, minutes=minutes, runs=runs, seed=seed)
    assert outcome is not None
    return float(outcome.readiness(state.start.weight).mean())
