"""Likely learners: FSRS weights drawn from a prior and weighted by the review log.

The default weights describe a typical learner. How far a forecast may be off depends on
how untypical this learner's memory is, so the exact band of a readiness is that of many
learners: drawn from a prior, weighted by how well they explain the log (tempered, because
notes differ too), with notes that are easier or harder than average. Few answers leave two
more doubts, which shrink with every answer: how fast the learner is, and how much more or
less is recalled than by any such weights.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import WEIGHT_BOUNDS
from flashcards.progress.forecast.readiness import (
    affordable_runs,
    measure_readiness,
    simulate_plan,
)
from flashcards.progress.forecast.simulation import simulate
from flashcards.progress.forecast.simulation_types import TrueMemory
from flashcards.progress.log.review_log import Log
from flashcards.progress.progress_callback import subprogress
from flashcards.scheduling.date_policy import PRIOR_ANSWERS
from flashcards.scheduling.vectors import VectorFormulas

if TYPE_CHECKING:
    from flashcards.progress.forecast.readiness import Readiness
    from flashcards.progress.forecast.simulation_types import SimulationResult
    from flashcards.progress.log.review_log import Floats
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.progress_callback import ProgressCallback

PRIOR_DRAWS = 1000
LEARNERS = 200
FEWEST = 40
"""Learners for very many cards."""
POINT_RUNS = 24
TEMPER = 0.5
"""Power of the likelihood: notes differ, so a log says less than it seems to."""
NOTE_EASE, NOTE_SHIFT = 0.4, 1.0
PACE_DOUBT = 0.25
"""Standard deviation of the logarithm of a learner's pace before there are any answers."""
RECALL_DOUBT = 0.35
"""Standard deviation of what a learner recalls beside the model, in log odds, before there
are any answers."""
_MOST_REPLAYED = 4000
"""Reviews that the likelihood is computed from at most; more would take seconds."""
_MOST_CELLS = 12_000_000


def refine_readiness(
    state: PlanState,
    log: Log,
    *,
    widening: float = 1.0,
    seed: int = 0,
    progress: ProgressCallback | None = None,
) -> Readiness | None:
    """Return the readiness with the band of learners who explain the log.

    Takes seconds, so it must run off the screen's thread.

    Args:
        state: The plan and its cards.
        log: The whole log, or the part of it about the plan's cards.
        widening: Factor of the band, from `widening_factor`.
        seed: Seed of all random numbers.
        progress: Called with each simulated day; returns False to stop.

    Returns:
        The readiness, or None if `progress` stopped it.
    """
    own_result = simulate_plan(
        state,
        runs=affordable_runs(state, POINT_RUNS),
        seed=seed,
        progress=subprogress(progress, 0, 2),
    )
    if own_result is None:
        return None
    own = log.select_cards([card.card_id for card in state.cards])
    cells = len(state.cards) * max(1, state.days_left)
    count = int(max(FEWEST, min(LEARNERS, _MOST_CELLS // cells)))
    truth = sample_weights(state, own, count, seed)
    learners = simulate(
        state.start,
        state.schedule(),
        state.formulas,
        costs=state.costs,
        runs=count,
        seed=seed + 1,
        truth=truth,
        progress=subprogress(progress, 1, 2),
    )
    if learners is None:
        return None
    learners = _with_recall_doubt(learners, own, seed)
    return measure_readiness(state, own_result, learners=learners, widening=widening)


def sample_weights(state: PlanState, log: Log, count: int, seed: int) -> TrueMemory:
    """Return learners drawn from the prior by how well they explain the log."""
    chance = np.random.default_rng(seed)
    base = state.formulas.weights
    center = base if base.ndim == 1 else base.mean(axis=0)
    drawn = draw_weights(center, PRIOR_DRAWS, chance)
    fit = TEMPER * log_likelihood(_sample(log, chance), drawn)
    share = np.exp(fit - fit.max())
    share /= share.sum()
    # Systematic resampling: one draw places all, which keeps rare learners in proportion.
    points = (np.arange(count) + chance.random()) / count
    chosen = np.minimum(np.searchsorted(np.cumsum(share), points), PRIOR_DRAWS - 1)
    size = (count, len(state.cards))
    ease = np.exp(NOTE_EASE * chance.standard_normal(size))
    shift = NOTE_SHIFT * chance.standard_normal(size)
    formulas = VectorFormulas(drawn[chosen])
    stability, difficulty = _replayed(state, log, formulas, ease, shift)
    doubt = PACE_DOUBT * _doubt_left(state.costs.answers)
    pace = np.exp(doubt * _spread_evenly(count, chance))
    return TrueMemory(formulas, stability, difficulty, ease, shift, pace)


def _with_recall_doubt(
    learners: SimulationResult, log: Log, seed: int
) -> SimulationResult:
    """Return a result in which each run recalls a little more or less than its model."""
    count = len(learners.recall)
    tests = int(((log.elapsed > 0) & (log.index_in_card > 0)).sum())
    odds = RECALL_DOUBT * _doubt_left(tests)
    shift = odds * _spread_evenly(count, np.random.default_rng(seed + 2))
    trajectory = _shift_odds(learners.trajectory, shift[None, :])
    # What is recalled today needs no forecast.
    trajectory[0] = learners.trajectory[0]
    return replace(
        learners,
        recall=_shift_odds(learners.recall, shift[:, None]),
        trajectory=trajectory,
    )


def _doubt_left(answers: int) -> float:
    """Return the share of a doubt that some answers leave, 0 to 1."""
    return float((PRIOR_ANSWERS / (PRIOR_ANSWERS + answers)) ** 0.5)


def _spread_evenly(count: int, chance: np.random.Generator) -> Floats:
    """Return values of a standard normal distribution in random order, their mean 0."""
    normal = NormalDist()
    values = [normal.inv_cdf((index + 0.5) / count) for index in range(count)]
    return chance.permutation(np.array(values))


def _shift_odds(shares: Floats, shift: Floats) -> Floats:
    """Return shares with their log odds shifted; 0 stays 0, and 1 stays 1."""
    factor = np.exp(shift)
    return np.asarray(shares * factor / (1 - shares + shares * factor))


def draw_weights(
    center: Floats, count: int, chance: np.random.Generator, spread: float = 1.0
) -> Floats:
    """Return sets of weights of learners around a typical one."""
    normal = chance.standard_normal
    weights = np.tile(center, (count, 1))
    first = 0.5 * normal((count, 1)) + 0.25 * normal((count, 4))
    weights[:, :4] *= np.exp(spread * first)
    for index in (4, 5, 6, 7, 9, 10):
        weights[:, index] *= np.exp(spread * 0.1 * normal(count))
    weights[:, 8] += spread * 0.25 * normal(count)
    for index in range(11, 20):
        weights[:, index] *= np.exp(spread * 0.15 * normal(count))
    weights[:, 20] *= np.exp(spread * 0.35 * normal(count))
    low, high = np.array(WEIGHT_BOUNDS).T
    return np.asarray(np.clip(weights, low, high))


def log_likelihood(log: Log, weights: Floats) -> Floats:
    """Return the log-likelihood of the answers of a log under each set of weights."""
    total = np.zeros(len(weights))
    formulas = VectorFormulas(weights).as_columns()
    cards = int(log.is_first.sum())
    size = (len(weights), cards)
    stability, difficulty = np.ones(size), np.ones(size)
    owner = np.cumsum(log.is_first) - 1
    for turn in range(int(log.index_in_card.max(initial=-1)) + 1):
        rows = np.nonzero(log.index_in_card == turn)[0]
        who = owner[rows]
        rating = np.broadcast_to(log.rating[rows], (len(weights), len(rows)))
        if turn == 0:
            stability[:, who], difficulty[:, who] = formulas.first(rating)
            continue
        elapsed = np.maximum(log.elapsed[rows], 0).astype(np.float64)
        s, d = stability[:, who], difficulty[:, who]
        recall = np.clip(formulas.retrievability(s, elapsed), 1e-4, 1 - 1e-4)
        tested = elapsed > 0
        hit = np.where(rating != Rating.AGAIN, np.log(recall), np.log(1 - recall))
        total += hit[:, tested].sum(axis=1)
        stability[:, who], difficulty[:, who] = formulas.following(
            s, d, elapsed, rating
        )
    return total


def _sample(log: Log, chance: np.random.Generator) -> Log:
    """Return the reviews of cards drawn at random, few enough to be replayed quickly."""
    if len(log) <= _MOST_REPLAYED:
        return log
    cards, counts = np.unique(log.card, return_counts=True)
    order = chance.permutation(len(cards))
    sampled_cards = cards[order[np.cumsum(counts[order]) <= _MOST_REPLAYED]]
    return log.select(np.isin(log.card, sampled_cards))


def _replayed(
    state: PlanState, log: Log, formulas: VectorFormulas, ease: Floats, shift: Floats
) -> tuple[Floats, Floats]:
    """Return stability and difficulty of every learner and card after the log."""
    column_of = {card.card_id: number for number, card in enumerate(state.cards)}
    owner = np.array(
        [column_of[int(card)] for card in log.card[log.is_first]], dtype=int
    )
    column = owner[np.cumsum(log.is_first) - 1] if len(log) else np.zeros(0, int)
    start = state.start
    stability = np.where(start.seen, start.stability * ease, 1.0)
    difficulty = np.where(start.seen, np.clip(start.difficulty + shift, 1.0, 10.0), 5.0)
    grid = formulas.as_columns()
    for turn in range(int(log.index_in_card.max(initial=-1)) + 1):
        rows = np.nonzero(log.index_in_card == turn)[0]
        who = column[rows]
        rating = np.broadcast_to(log.rating[rows], (len(ease), len(rows)))
        if turn == 0:
            s, d = grid.first(rating)
            stability[:, who] = s * ease[:, who]
            difficulty[:, who] = np.clip(d + shift[:, who], 1.0, 10.0)
            continue
        elapsed = np.maximum(log.elapsed[rows], 0).astype(np.float64)
        stability[:, who], difficulty[:, who] = grid.following(
            stability[:, who], difficulty[:, who], elapsed, rating
        )
    return stability, difficulty
