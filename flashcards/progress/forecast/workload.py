"""Simulation of the work ahead without an interview date.

Every card is asked on the study day on which it is due, new ones in teaching order within
the daily limits, and remembered as FSRS predicts; days off move what is due to the next
day. The figures are means over a few runs. Not simulated: minutes of a session, spreading of
intervals, buried siblings, and notes that require other notes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flashcards.domain.cards import State
from flashcards.progress.forecast.memories import Memories
from flashcards.scheduling.date_policy import STEPS_AFTER, Costs
from flashcards.scheduling.vectors import VectorFormulas
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flashcards.domain.settings.settings import Settings
    from flashcards.progress.log.card_table import CardTable
    from flashcards.progress.log.review_log import Floats, Integers, Truths
    from flashcards.progress.progress_callback import ProgressCallback

DAYS = 365
RUNS = 4
_AGAIN = 1
_NEW, _REVIEWS = 0, 1
"""Indexes into pairs of limits."""
_NEVER = np.iinfo(np.int64).max


class WorkDay(NamedTuple):
    """The expected work of one day ahead."""

    day: int
    reviews: float
    """Answers to cards seen before that day."""
    new: float
    seconds: float
    """Of reviews and new cards, learning steps included."""


@dataclass(frozen=True, slots=True)
class Workload:
    """The days ahead, today first."""

    days: tuple[WorkDay, ...]
    runs: int

    def mean(self, first: int, end: int) -> WorkDay:
        """Return the mean of the days from index `first` up to `end`, dated by the first."""
        days = self.days[first:end]
        reviews, new, seconds = (
            sum(values) / len(days)
            for values in zip(*(day[1:] for day in days), strict=True)
        )
        return WorkDay(days[0].day, reviews, new, seconds)


@dataclass(frozen=True)
class WorkloadRules:
    """The settings of each card, and how much of today's limits is used."""

    formulas: VectorFormulas
    """One set of weights, or one per card."""
    retention: Floats
    """Desired retention of each card."""
    longest: Floats
    """Longest interval of each card, in days."""
    limits: Mapping[str, tuple[int, int]]
    """New cards and reviews a day by deck key or leading part; "" is the whole collection."""
    chains: Sequence[tuple[str, ...]]
    """For each card the keys with limits that apply to it."""
    done: Mapping[str, tuple[int, int]]
    """New cards and reviews of today by key with limits."""


def build_rules(
    cards: CardTable,
    decks: Mapping[int, str],
    settings: Settings,
    done: Mapping[int, tuple[int, int]],
) -> WorkloadRules:
    """Return the rules of some cards from the settings.

    Args:
        cards: The cards.
        decks: The key of every deck by its number.
        settings: The settings.
        done: New cards and reviews of today by the number of their deck.
    """
    limits = settings.limits()
    options = {number: settings.options(key) for number, key in decks.items()}
    chain = {
        number: tuple(part for part in ("", *list_prefixes(key)) if part in limits)
        for number, key in decks.items()
    }
    used: Counter[tuple[str, int]] = Counter()
    for number, counts in done.items():
        for part in chain.get(number, ("",)):
            for kind, count in enumerate(counts):
                used[part, kind] += count
    owner = cards.deck_id.tolist()
    sets = {options[n].weights for n in set(owner)} or {settings.scheduling.weights}
    weights = np.array(
        next(iter(sets)) if len(sets) == 1 else [options[n].weights for n in owner],
        dtype=np.float64,
    )
    return WorkloadRules(
        VectorFormulas(weights),
        np.array([options[number].desired_retention for number in owner]),
        np.array([options[number].maximum_interval for number in owner], dtype=float),
        limits,
        [chain[number] for number in owner],
        {part: (used[part, 0], used[part, 1]) for part in limits},
    )


def simulate_workload(
    cards: CardTable,
    rules: WorkloadRules,
    costs: Costs,
    today: int,
    *,
    is_off: Callable[[int], bool] | None = None,
    days: int = DAYS,
    runs: int = RUNS,
    seed: int = 0,
    progress: ProgressCallback | None = None,
) -> Workload | None:
    """Simulate the work of the days ahead; None if `progress` stopped it.

    Args:
        cards: Cards that are neither suspended nor retired, in teaching order.
        rules: Their settings, and how much of today's limits is used.
        costs: Seconds that answers take, and how ratings are distributed.
        today: The study day.
        is_off: Returns whether a study day is planned to be off.
        days: How many days to look ahead, today included.
        runs: How many times the days are played through.
        seed: Seed of all random numbers.
        progress: Called with each day; returns False to stop.
    """
    free = [is_off is not None and is_off(today + ahead) for ahead in range(days)]
    first_days = _first_days(cards, rules, free)
    simulation = _Simulation(
        cards, rules, costs, today, first_days=first_days, runs=runs, seed=seed
    )
    work_days = []
    for ahead in range(days):
        if progress is not None and not progress(ahead, days):
            return None
        figures = (0.0, 0.0, 0.0) if free[ahead] else simulation.study_day(ahead)
        work_days.append(WorkDay(today + ahead, *figures))
    return Workload(tuple(work_days), runs)


def _first_days(
    cards: CardTable, rules: WorkloadRules, free: Sequence[bool]
) -> Integers:
    """Return how many days ahead each card is first seen, -1 for cards seen already."""
    waiting = np.flatnonzero(~cards.is_seen).tolist()
    first_days = np.full(len(cards), -1)
    first_days[waiting] = _NEVER
    for ahead, is_free in enumerate(free):
        if is_free:
            continue
        room = _remaining_limits(rules, _NEW, is_today=ahead == 0)
        still_waiting = []
        for index, card in enumerate(waiting):
            if room[""] <= 0:
                still_waiting += waiting[index:]
                break
            if all(room[part] > 0 for part in rules.chains[card]):
                first_days[card] = ahead
                for part in rules.chains[card]:
                    room[part] -= 1
            else:
                still_waiting.append(card)
        waiting = still_waiting
    return first_days


def _remaining_limits(
    rules: WorkloadRules, kind: int, *, is_today: bool
) -> dict[str, int]:
    """Return the limits of a day by key, of new cards or of reviews."""
    return {
        part: limit[kind] - (rules.done[part][kind] if is_today else 0)
        for part, limit in rules.limits.items()
    }


class _Simulation:
    """The state of all runs, day by day."""

    def __init__(
        self,
        cards: CardTable,
        rules: WorkloadRules,
        costs: Costs,
        today: int,
        *,
        first_days: Integers,
        runs: int,
        seed: int,
    ) -> None:
        self._rules = rules
        self._costs = costs
        self._first_days = first_days
        self._runs = runs
        self._chance = np.random.default_rng(seed)
        size = (runs, len(cards))
        seen = cards.is_seen
        self._memories = Memories(
            np.broadcast_to(np.where(seen, cards.stability, 1.0), size),
            np.broadcast_to(np.where(seen, cards.difficulty, 5.0), size),
            rules.formulas,
        )
        due = np.where(seen, cards.due_day - today, 0).astype(np.int64)
        self._due = np.broadcast_to(np.where(seen, due, _NEVER), size).copy()
        last = np.where(seen, np.minimum(cards.last_day - today, 0), 0)
        self._last = np.broadcast_to(last.astype(np.int64), size).copy()
        self._in_steps = (cards.state == State.LEARNING) | (
            cards.state == State.RELEARNING
        )
        self._under = {
            part: np.array([part in chain for chain in rules.chains], dtype=bool)
            for part in rules.limits
        }

    def study_day(self, ahead: int) -> tuple[float, float, float]:
        """Study one day; return mean reviews, new cards and seconds."""
        reviews, review_seconds = self._review(ahead)
        new, new_seconds = self._learn(ahead)
        seconds = review_seconds + new_seconds
        return reviews / self._runs, new / self._runs, seconds / self._runs

    def _review(self, ahead: int) -> tuple[int, float]:
        run, card = np.nonzero(self._due <= ahead)
        elapsed = np.maximum(ahead - self._last[run, card], 0)
        formulas = self._memories.formulas(run, card)
        recall = formulas.retrievability(self._memories.stability[run, card], elapsed)
        taken = self._within_limits(run, card, recall, ahead)
        run, card, recall = run[taken], card[taken], recall[taken]
        chance = self._chance.random(len(run))
        shares = np.cumsum(self._costs.success)[:-1]
        rating = 2 + np.searchsorted(shares, chance / recall, side="right")
        rating = np.where(chance < recall, rating, _AGAIN)
        costs = self._costs
        seconds = np.where(rating == _AGAIN, costs.lapse, costs.recalled)
        if ahead == 0:
            seconds = np.where(self._in_steps[card], costs.step, seconds)
        self._memories.review(run, card, recall, rating)
        self._schedule(run, card, ahead)
        return len(run), float(seconds.sum())

    def _learn(self, ahead: int) -> tuple[int, float]:
        cards = np.flatnonzero(self._first_days == ahead)
        run, card = (
            np.repeat(np.arange(self._runs), len(cards)),
            np.tile(cards, self._runs),
        )
        shares = np.cumsum(self._costs.first_ratings)[:-1]
        chance = self._chance.random(len(run))
        rating = 1 + np.searchsorted(shares, chance, side="right")
        self._memories.learn(run, card, rating, None)
        self._schedule(run, card, ahead)
        costs = self._costs
        steps = np.asarray(STEPS_AFTER)[rating - 1]
        return len(run), float((costs.first_look + costs.step * steps).sum())

    def _schedule(self, run: Integers, card: Integers, ahead: int) -> None:
        days = self._memories.formulas(run, card).interval(
            self._memories.stability[run, card], self._rules.retention[card]
        )
        wait = np.clip(np.round(days), 1, self._rules.longest[card])
        self._due[run, card] = ahead + wait.astype(np.int64)
        self._last[run, card] = ahead

    def _within_limits(
        self, run: Integers, card: Integers, recall: Floats, ahead: int
    ) -> Integers:
        """Return the indexes of the cards within the limits."""
        room = _remaining_limits(self._rules, _REVIEWS, is_today=ahead == 0)
        places = np.arange(len(run))
        if len(run) and max(np.bincount(run)) > min(room.values()):
            places = np.lexsort((recall, run))
        # Cards that a deeper limit holds back do not count toward the limits above it.
        for part, under in _deepest_first(self._under):
            inside = under[card[places]]
            places = places[
                ~inside | (_count_in_run(run[places], inside) <= room[part])
            ]
        return places


def _deepest_first(under: Mapping[str, Truths]) -> Iterator[tuple[str, Truths]]:
    """Yield the keys with limits, longest path first and the whole collection last."""
    for part in sorted(under, key=lambda part: (-part.count("/"), part == "", part)):
        yield part, under[part]


def _count_in_run(run: Integers, inside: Truths) -> Integers:
    """Return how many rows inside there are in its run up to each row; runs are in order."""
    counts = np.cumsum(inside)
    starts = np.searchsorted(run, run)
    before = counts[starts] - inside[starts] if len(run) else counts
    return np.asarray(counts - before)
