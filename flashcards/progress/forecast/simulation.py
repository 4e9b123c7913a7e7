"""Simulation of a plan: its days played through many times, all cards at once.

Every run follows the date policy from the real states of the cards. A run's learner
answers as the scheduler's model predicts or, with a `TrueMemory`, as a model with other
weights that the policy does not know. The same seed draws the same random numbers for
every card and day, whatever is asked, so that two plans can be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.forecast.memories import Memories, first_looks
from flashcards.progress.forecast.simulation_types import SimulationResult
from flashcards.scheduling.date_policy import (
    FIRM,
    OPEN,
    STEPS_AFTER,
    STILL_KNOWN,
    THETA,
    WAITING,
    YOUNG,
    Costs,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.forecast.simulation_types import (
        InitialState,
        StudySchedule,
        TrueMemory,
    )
    from flashcards.progress.log.review_log import Floats, Integers, Truths
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.scheduling.vectors import VectorFormulas

_AGAIN, _GOOD = 1, 3
_MARGIN = 1.3
"""Waiting cards are asked too while the expected seconds times this fit into the day."""


def simulate(
    start: InitialState,
    schedule: StudySchedule,
    formulas: VectorFormulas,
    *,
    costs: Costs,
    runs: int,
    seed: int = 0,
    truth: TrueMemory | None = None,
    progress: ProgressCallback | None = None,
) -> SimulationResult | None:
    """Simulate the days up to the interview; None if `progress` stopped it.

    Args:
        start: The cards as they are today.
        schedule: The days ahead.
        formulas: The scheduler's model: one set of weights, or one per card.
        costs: Seconds that answers take, and how ratings are distributed.
        runs: How many times the days are played through.
        seed: Seed of all random numbers.
        truth: The real memory of each run's learner; None if it is as the model predicts.
        progress: Called with each day; returns False to stop.
    """
    simulation = Simulation(start, schedule, formulas, costs, runs, truth)
    random = np.random.default_rng(seed)
    for day in range(schedule.days_left):
        if progress is not None and not progress(day, schedule.days_left):
            return None
        simulation.study_day(day, random.random((runs, len(start))))
    return simulation.result()


class Simulation:
    """The state of all runs, day by day."""

    def __init__(
        self,
        start: InitialState,
        schedule: StudySchedule,
        formulas: VectorFormulas,
        costs: Costs,
        runs: int,
        truth: TrueMemory | None,
    ) -> None:
        self._schedule = schedule
        self._costs = costs
        self._truth = truth
        self._weight = start.weight
        # Scaled so that scores of the mean card are near 1 for any number of cards.
        self._scale = start.weight * len(start)
        self._runs = runs
        size = (runs, len(start))
        self._seen = np.broadcast_to(start.seen, size).copy()
        self._last = np.broadcast_to(start.last, size).copy()
        self._predicted = Memories(
            np.broadcast_to(start.stability, size),
            np.broadcast_to(start.difficulty, size),
            formulas,
        )
        self._real = self._predicted
        if truth is not None:
            self._real = Memories(
                truth.stability, truth.difficulty, truth.formulas, by_run=True
            )
        self._first_shares = np.cumsum(costs.first_ratings)
        self._success_shares = np.cumsum(costs.success)
        self._first = first_looks(formulas)
        self._trajectory: list[Floats] = []
        self._done: list[tuple[float, float, float]] = []

    def study_day(self, day: int, chance: Floats) -> None:
        """Study one day; `chance` holds a number from 0 to 1 by run and card."""
        predicted = self.predicted_recall(day)
        real = predicted
        if self._truth is not None:
            real = self._real.recall(day - self._last)
        self._trajectory.append((real * self._seen) @ self._weight)
        budget = float(self._schedule.budgets[day])
        if budget <= 0:
            self._done.append((0.0, 0.0, 0.0))
            return
        run, card = self.queue(day, predicted, budget)
        rating = self._ratings(chance[run, card], real[run, card], run, card)
        seconds = self._seconds(rating, run, card)
        taken = _before(seconds, run, self._runs) < budget
        run, card, rating = run[taken], card[taken], rating[taken]
        new = ~self._seen[run, card]
        self._done.append(
            (
                float((~new).sum()) / self._runs,
                float(new.sum()) / self._runs,
                float(seconds[taken].sum()) / self._runs,
            )
        )
        self._answer(run, card, rating, (predicted, real), new)
        self._last[run, card] = day
        self._seen[run, card] = True

    def result(self) -> SimulationResult:
        """Return the result on the interview day."""
        end = self._schedule.days_left
        recall = np.where(self._seen, self._real.recall(end - self._last), 0.0)
        self._trajectory.append(recall @ self._weight)
        reviews, new, seconds = np.array(self._done).reshape(-1, 3).T
        return SimulationResult(
            recall=recall,
            seen=self._seen,
            trajectory=np.array(self._trajectory),
            reviews=reviews,
            new=new,
            seconds=seconds,
        )

    def predicted_recall(self, day: int) -> Floats:
        """Return the recall that the scheduler predicts for a day, by run and card."""
        return self._predicted.recall(day - self._last)

    def queue(
        self, day: int, recall: Floats, budget: float
    ) -> tuple[Integers, Integers]:
        """Return runs and cards in the order of asking, run by run."""
        days_left = self._schedule.days_left - day
        rank = self._ranks(day, days_left, recall)
        available = ~(self._seen & (self._last >= day))
        chosen = available & (rank < WAITING)
        costs = self._costs
        seconds = np.where(
            self._seen, costs.lapse - (costs.lapse - costs.recalled) * recall, costs.new
        )
        spare = (seconds * chosen).sum(axis=1) < budget * _MARGIN
        chosen |= available & spare[:, None]
        run, card = np.nonzero(chosen)
        score = self._scores(run, card, recall[run, card], day) * self._scale[card]
        # Ranks are 64 apart, more than any score; ties keep the teaching order.
        key = np.full(recall.shape, np.inf)
        key[run, card] = 64.0 * rank[run, card] - score + 1e-12 * card
        shortest = min(costs.recalled, costs.first_look, costs.lapse)
        if self._truth is not None:
            shortest *= min(1.0, float(self._truth.pace.min()))
        return _smallest(key, int(budget / shortest) + 2)

    def _ranks(self, day: int, days_left: int, recall: Floats) -> Integers:
        """Return the rank of each card; all cards rank equally in the last pass."""
        costs, schedule = self._costs, self._schedule
        seconds = float(schedule.budgets[day:].sum())
        seen = self._seen.sum(axis=1)
        unseen = self._seen.shape[1] - seen
        cost_last = costs.last_review
        slack = seconds / np.maximum(
            unseen * costs.new + cost_last * self._seen.shape[1], 1e-9
        )
        room = np.clip(
            (seconds - cost_last * seen) / (costs.new + cost_last), 0, unseen
        )
        days = np.ceil(cost_last * (seen + room) / (60 * schedule.minutes))
        last_pass = np.clip(days, 1, -(-schedule.length // 4))
        theta = _interpolate(THETA, slack)[:, None]
        firm = _interpolate(FIRM, slack)[:, None]
        young = self._seen & (self._predicted.stability < firm) & (recall < STILL_KNOWN)
        rank = np.where(~self._seen | (recall < theta), OPEN, WAITING)
        rank[young] = YOUNG
        rank[days_left <= last_pass] = YOUNG
        return rank

    def _scores(
        self, run: Integers, card: Integers, recall: Floats, day: int
    ) -> Floats:
        """Return the gain of recall on the interview day per second of study, times 1000."""
        costs, days_left = self._costs, self._schedule.days_left - day
        score = np.empty(len(run))
        new = ~self._seen[run, card]
        first = self._first
        chances = np.asarray(costs.first_ratings)
        table = first.formulas.retrievability(first.stability, days_left)
        gain = table @ chances / costs.new
        score[new] = gain if gain.ndim == 0 else gain[card[new]]
        run, card, recall = run[~new], card[~new], recall[~new]
        formulas = self._predicted.formulas(run, card)
        s, d = (
            self._predicted.stability[run, card],
            self._predicted.difficulty[run, card],
        )
        growth = formulas.gain(s, d, recall)
        factors = np.moveaxis(formulas.success[..., 1:], -1, 0)
        success = np.zeros(len(run))
        for share, factor in zip(costs.success, factors, strict=True):
            stability = s * (1.0 + growth * factor)
            success += share * formulas.retrievability(stability, days_left)
        lapsed = np.maximum(formulas.forget_stability(s, d, recall), 0.001)
        again = formulas.same_day_stability(lapsed, np.full(len(run), _GOOD))
        failure = formulas.retrievability(again, days_left)
        later = formulas.retrievability(
            s, self._schedule.days_left - self._last[run, card]
        )
        seconds = costs.recalled * recall + costs.lapse * (1 - recall)
        score[~new] = (recall * success + (1 - recall) * failure - later) / seconds
        return 1000.0 * score

    def _ratings(
        self, chance: Floats, real: Floats, run: Integers, card: Integers
    ) -> Integers:
        """Return the rating of each answer."""
        first = 1 + np.searchsorted(self._first_shares[:-1], chance, side="right")
        within = chance / np.maximum(real, 1e-12)
        later = 2 + np.searchsorted(self._success_shares[:-1], within, side="right")
        later = np.where(chance < real, later, _AGAIN)
        return np.where(self._seen[run, card], later, first)

    def _seconds(self, rating: Integers, run: Integers, card: Integers) -> Floats:
        costs = self._costs
        steps = np.asarray(STEPS_AFTER)[rating - 1]
        seconds = np.where(
            self._seen[run, card],
            np.where(rating == _AGAIN, costs.lapse, costs.recalled),
            costs.first_look + costs.step * steps,
        )
        return seconds if self._truth is None else seconds * self._truth.pace[run]

    def _answer(
        self,
        run: Integers,
        card: Integers,
        rating: Integers,
        recalls: tuple[Floats, Floats],
        new: Truths,
    ) -> None:
        kinds: list[tuple[Memories, Floats, TrueMemory | None]]
        kinds = [(self._predicted, recalls[0], None)]
        if self._truth is not None:
            kinds.append((self._real, recalls[1], self._truth))
        for memories, recall, truth in kinds:
            memories.learn(run[new], card[new], rating[new], truth)
            old = ~new
            memories.review(
                run[old], card[old], recall[run[old], card[old]], rating[old]
            )


def _interpolate(knots: Sequence[tuple[float, float]], slack: Floats) -> Floats:
    xs, ys = np.array(knots).T
    return np.asarray(np.interp(slack, xs, ys))


def _smallest(key: Floats, most: int) -> tuple[Integers, Integers]:
    """Return row and column of the smallest finite keys of each row, in ascending order."""
    if most < key.shape[1]:
        columns = np.argpartition(key, most - 1, axis=1)[:, :most]
        key = np.take_along_axis(key, columns, axis=1)
        order = np.argsort(key, axis=1)
        columns = np.take_along_axis(columns, order, axis=1)
    else:
        order = columns = np.argsort(key, axis=1)
    finite = np.isfinite(np.take_along_axis(key, order, axis=1))
    return np.nonzero(finite)[0], columns[finite]


def _before(seconds: Floats, run: Integers, runs: int) -> Floats:
    """Return the seconds that a run has spent before each card of its queue."""
    spent = np.cumsum(seconds) - seconds
    starts = np.searchsorted(run, np.arange(runs))
    offsets = np.append(spent, 0.0)[starts]
    return np.asarray(spent - offsets[run])
