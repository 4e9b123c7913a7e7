"""How much work is ahead without an interview date: the days played through in advance.

Every card is asked on the study day on which it is due, new ones in teaching order within
the daily limits, and remembered as FSRS predicts; days off move what is due to the next
day. The figures are means over a few runs. Not played through: minutes of a session, the
spread of intervals over quiet days, buried siblings, and notes that others require.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flashcards.domain.cards import State
from flashcards.domain.settings.settings import prefixes
from flashcards.progress.forecast.memories import Memories
from flashcards.scheduling.date_policy import STEPS_AFTER, Costs
from flashcards.scheduling.vectors import VectorFormulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flashcards.domain.settings.settings import Settings
    from flashcards.progress.log.card_table import CardTable
    from flashcards.progress.log.review_log import Floats, Integers, Truths

DAYS = 365
RUNS = 4
_AGAIN = 1
_NEVER = np.iinfo(np.int64).max


class WorkDay(NamedTuple):
    """What one coming day is expected to bring."""

    day: int
    reviews: float
    """Cards seen before that day."""
    new: float
    seconds: float
    """Of both, steps included."""


@dataclass(frozen=True, slots=True)
class Workload:
    """The days ahead, today first."""

    days: tuple[WorkDay, ...]
    runs: int

    def mean(self, first: int, end: int) -> WorkDay:
        """Return the mean of some days by their places, under the first one's date."""
        some = self.days[first:end]
        reviews, new, seconds = (
            sum(values) / len(some)
            for values in zip(*(day[1:] for day in some), strict=True)
        )
        return WorkDay(some[0].day, reviews, new, seconds)


@dataclass(frozen=True)
class Rules:
    """What the settings say of each card, and what of today's limits is spent."""

    formulas: VectorFormulas
    """One set of weights, or one for each card."""
    retention: Floats
    """Desired retention of each card."""
    longest: Floats
    """Longest interval of each card, in days."""
    limits: Mapping[str, tuple[int, int]]
    """New cards and reviews a day by deck key or leading part, the whole under ""."""
    chains: Sequence[tuple[str, ...]]
    """For each card the limited keys that it lies under."""
    done: Mapping[str, tuple[int, int]]
    """New cards and reviews of today by limited key."""


def rules_of(
    cards: CardTable,
    decks: Mapping[int, str],
    settings: Settings,
    done: Mapping[int, tuple[int, int]],
) -> Rules:
    """Return the rules for some cards.

    Args:
        cards: The cards.
        decks: The key of every deck by its number.
        settings: The settings.
        done: New cards and reviews of today by the number of their deck.
    """
    limits = settings.limits()
    options = {number: settings.options(key) for number, key in decks.items()}
    chain = {
        number: tuple(part for part in ("", *prefixes(key)) if part in limits)
        for number, key in decks.items()
    }
    spent: Counter[tuple[str, int]] = Counter()
    for number, counts in done.items():
        for part in chain.get(number, ("",)):
            for place, count in enumerate(counts):
                spent[part, place] += count
    owner = cards.deck_id.tolist()
    sets = {options[n].weights for n in set(owner)} or {settings.scheduling.weights}
    weights = np.array(
        next(iter(sets)) if len(sets) == 1 else [options[n].weights for n in owner],
        dtype=np.float64,
    )
    return Rules(
        VectorFormulas(weights),
        np.array([options[number].desired_retention for number in owner]),
        np.array([options[number].maximum_interval for number in owner], dtype=float),
        limits,
        [chain[number] for number in owner],
        {part: (spent[part, 0], spent[part, 1]) for part in limits},
    )


def simulate_workload(
    cards: CardTable,
    rules: Rules,
    costs: Costs,
    today: int,
    *,
    is_off: Callable[[int], bool] | None = None,
    days: int = DAYS,
    runs: int = RUNS,
    seed: int = 0,
    watch: Callable[[int, int], bool] | None = None,
) -> Workload | None:
    """Return the work of the coming days; None where `watch` stopped it.

    Args:
        cards: Cards that are neither suspended nor retired, in teaching order.
        rules: What the settings say of them.
        costs: What asking takes, and how it usually ends.
        today: The study day.
        is_off: Says whether a study day is planned to be free.
        days: How many days to look ahead, today included.
        runs: How many times the days are played through.
        seed: Seed of all chances.
        watch: Is told of each day; returns False to stop.
    """
    free = [is_off is not None and is_off(today + ahead) for ahead in range(days)]
    begun = _begun(cards, rules, free)
    walk = _Walk(cards, rules, costs, today, begun=begun, runs=runs, seed=seed)
    found = []
    for ahead in range(days):
        if watch is not None and not watch(ahead, days):
            return None
        counts = (0.0, 0.0, 0.0) if free[ahead] else walk.day(ahead)
        found.append(WorkDay(today + ahead, *counts))
    return Workload(tuple(found), runs)


def _begun(cards: CardTable, rules: Rules, free: Sequence[bool]) -> Integers:
    """Return the day ahead on which each card is first seen, -1 where it was already."""
    waiting = np.flatnonzero(~cards.is_seen).tolist()
    begun = np.full(len(cards), -1)
    begun[waiting] = _NEVER
    for ahead, is_free in enumerate(free):
        if is_free:
            continue
        room = _room(rules, 0, is_today=ahead == 0)
        rest = []
        for place, card in enumerate(waiting):
            if room[""] <= 0:
                rest += waiting[place:]
                break
            if all(room[part] > 0 for part in rules.chains[card]):
                begun[card] = ahead
                for part in rules.chains[card]:
                    room[part] -= 1
            else:
                rest.append(card)
        waiting = rest
    return begun


def _room(rules: Rules, place: int, *, is_today: bool) -> dict[str, int]:
    """Return the limits of a day by key: of new cards (place 0), or of reviews (1)."""
    return {
        part: limit[place] - (rules.done[part][place] if is_today else 0)
        for part, limit in rules.limits.items()
    }


class _Walk:
    """One walk through the days, all runs side by side."""

    def __init__(
        self,
        cards: CardTable,
        rules: Rules,
        costs: Costs,
        today: int,
        *,
        begun: Integers,
        runs: int,
        seed: int,
    ) -> None:
        self._rules = rules
        self._costs = costs
        self._begun = begun
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

    def day(self, ahead: int) -> tuple[float, float, float]:
        """Study one day; return mean reviews, new cards and seconds."""
        reviews, seconds = self._review(ahead)
        new, more = self._begin(ahead)
        return reviews / self._runs, new / self._runs, (seconds + more) / self._runs

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

    def _begin(self, ahead: int) -> tuple[int, float]:
        some = np.flatnonzero(self._begun == ahead)
        run, card = (
            np.repeat(np.arange(self._runs), len(some)),
            np.tile(some, self._runs),
        )
        shares = np.cumsum(self._costs.first_ratings)[:-1]
        chance = self._chance.random(len(run))
        rating = 1 + np.searchsorted(shares, chance, side="right")
        self._memories.begin(run, card, rating, None)
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
        """Return the places of the cards that the limits let through."""
        room = _room(self._rules, 1, is_today=ahead == 0)
        places = np.arange(len(run))
        if len(run) and max(np.bincount(run)) > min(room.values()):
            places = np.lexsort((recall, run))
        # What a deeper limit keeps back takes no room of those above it.
        for part, under in _deepest_first(self._under):
            inside = under[card[places]]
            places = places[~inside | (_counted(run[places], inside) <= room[part])]
        return places


def _deepest_first(under: Mapping[str, Truths]) -> Iterator[tuple[str, Truths]]:
    """Yield the limited keys, longest path first and the whole last."""
    for part in sorted(under, key=lambda part: (-part.count("/"), part == "", part)):
        yield part, under[part]


def _counted(run: Integers, inside: Truths) -> Integers:
    """Return how many chosen rows of its run there are up to each row; runs are in order."""
    counts = np.cumsum(inside)
    starts = np.searchsorted(run, run)
    before = counts[starts] - inside[starts] if len(run) else counts
    return np.asarray(counts - before)
