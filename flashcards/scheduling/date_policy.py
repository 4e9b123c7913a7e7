"""Which card is next before an interview: the one with most recall gained per second.

The score of a note is its weight times the recall on the interview day that asking it now
adds, divided by the seconds it takes. Three rules correct this greedy choice: notes with a
low stability come first, notes that are still known wait, and the last days review
everything once more. `docs/scheduling.md` has the rule, its figures and their limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, exp, log
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import LEAST_ANSWER_MS, Rating, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flashcards.scheduling.formulas import Formulas

_AGAIN, _HARD, _GOOD, _EASY = map(int, Rating)
STEPS_AFTER = (2, 2, 1, 0)
"""Learning steps of a new note on its first day, by its first rating."""
_WHEN_KNOWN = (0.0, 0.10, 0.55, 0.35)
_WHEN_NEW = (0.50, 0.20, 0.30, 0.0)

PRIOR_ANSWERS = 80
"""Own answers that count as much as the assumption they replace."""

THETA = ((0.6, 0.60), (1.0, 0.70), (1.5, 0.86), (2.0, 0.90))
"""Recall below which a seen note may be asked before the last pass, by slack."""
FIRM = ((0.95, 1.0), (1.05, 2.5), (1.6, 4.0), (2.0, 8.0), (2.5, 40.0))
"""Stability below which a note is young and comes first, by slack."""
STILL_KNOWN = 0.9
"""A young note with at least this chance of recall waits for another day."""

_LAPSES = 3 / 44
"""Share of lapses in the last pass by which a review there costs 11.5 s."""

YOUNG, OPEN, WAITING = 0, 1, 2
"""Classes of a day before the last pass, in their order."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds that answers take and shares of their ratings; the defaults are assumptions."""

    first_look: float = 30.0
    step: float = 12.0
    recalled: float = 10.0
    forgotten: float = 20.0
    """Without the relearning step."""
    prior: float = 0.35
    """Chance that a note never seen is known already."""
    success: tuple[float, float, float] = (0.20, 0.65, 0.15)
    """Shares of Hard, Good and Easy among recalled reviews."""
    answers: int = 0
    """The learner's own timed answers that the seconds rest on."""

    @property
    def lapse(self) -> float:
        """Seconds of a forgotten review with its relearning step."""
        return self.forgotten + self.step

    def review(self, recall: float) -> float:
        """Return the expected seconds of a review that is recalled with this chance."""
        return self.recalled * recall + self.lapse * (1 - recall)

    @property
    def last_review(self) -> float:
        """Expected seconds of a review in the last pass, 11.5 by assumption."""
        return self.recalled + _LAPSES * (self.lapse - self.recalled)

    @property
    def first_ratings(self) -> tuple[float, float, float, float]:
        """Chances of the first rating of a new note, Again to Easy."""
        p = self.prior
        again, hard, good, easy = (
            p * known + (1 - p) * new
            for known, new in zip(_WHEN_KNOWN, _WHEN_NEW, strict=True)
        )
        return again, hard, good, easy

    @property
    def new(self) -> float:
        """Expected seconds of a new note with its steps."""
        shares = zip(self.first_ratings, STEPS_AFTER, strict=True)
        return self.first_look + self.step * sum(share * n for share, n in shares)


def estimate_costs(
    times: Iterable[tuple[int, bool, float, int]], ratings: Mapping[int, int]
) -> Costs:
    """Return the costs in a learner's answers, blended with the assumed ones.

    Every answer counts from the first on, and none of them changes much.

    Args:
        times: State before the answer, whether it was Again, median milliseconds, answers.
        ratings: How many reviews of cards in Review got each rating.
    """
    classes: dict[str, list[tuple[float, int]]] = {}
    for state, again, median, answers in times:
        classes.setdefault(_class_of(state, again=again), []).append((median, answers))
    own = blend_seconds(
        {name: getattr(Costs(), name) for name in _SECONDS_OF_ANSWERS}, classes
    )
    answers = sum(n for rows in classes.values() for _, n in rows)
    recalled = [ratings.get(rating, 0) for rating in (_HARD, _GOOD, _EASY)]
    total = PRIOR_ANSWERS + sum(recalled)
    hard, good, easy = (
        (PRIOR_ANSWERS * assumed + number) / total
        for assumed, number in zip(Costs().success, recalled, strict=True)
    )
    return Costs(**own, success=(hard, good, easy), answers=answers)


def blend_seconds(
    assumed: Mapping[str, float], own: Mapping[str, Sequence[tuple[float, int]]]
) -> dict[str, float]:
    """Return the seconds of each class of answers: assumed ones blended with the learner's.

    A learner who is slow in one class is likely slow in all, so the assumptions first move
    together. Blending is by ratios: twice as slow weighs as much as twice as fast.

    Args:
        assumed: Seconds by class.
        own: Median milliseconds and number of answers, by class.
    """
    answers = {name: sum(n for _, n in rows) for name, rows in own.items()}
    slowness = {
        name: sum(_log_ratio(median, assumed[name]) * n for median, n in rows)
        for name, rows in own.items()
    }
    pace = sum(slowness.values()) / (PRIOR_ANSWERS + sum(answers.values()))
    blended = {}
    for name, seconds in assumed.items():
        logs = PRIOR_ANSWERS * pace + slowness.get(name, 0.0)
        own_seconds = seconds * exp(logs / (PRIOR_ANSWERS + answers.get(name, 0)))
        blended[name] = max(own_seconds, LEAST_ANSWER_MS / 1000)
    return blended


def _log_ratio(milliseconds: float, seconds: float) -> float:
    return log(max(milliseconds, LEAST_ANSWER_MS) / 1000 / seconds)


_SECONDS_OF_ANSWERS = ("first_look", "step", "recalled", "forgotten")


def _class_of(state: int, *, again: bool) -> str:
    if state == State.NEW:
        return "first_look"
    if state == State.REVIEW:
        return "forgotten" if again else "recalled"
    return "step"


class Situation(NamedTuple):
    """The days and seconds that a study plan has left."""

    days_left: int
    """Days to the interview: 1 on the last day of study."""
    seconds: float
    """Seconds of study left until then, those of today included."""
    minutes: float
    """Minutes of a day of study."""
    length: int
    """Days of the whole plan."""


class Thresholds(NamedTuple):
    """Thresholds that depend on the slack of a study plan."""

    rho: float
    """Seconds left over seconds needed."""
    last_pass: int
    """Days before the interview in which everything is reviewed once more."""
    theta: float
    firm: float


class PolicyCard(NamedTuple):
    """One note as the policy sees it."""

    stability: float | None
    """None for a note never seen."""
    difficulty: float | None
    elapsed: int
    """Study days since its last review."""
    weight: float


class Ranked(NamedTuple):
    """The rank of a note: lower classes first, within a class higher scores first."""

    rank: int
    score: float
    seconds: float = 0.0
    """Expected seconds of asking the note."""


def compute_thresholds(
    situation: Situation, seen: int, unseen: int, costs: Costs
) -> Thresholds:
    """Return slack, length of the last pass and the two thresholds of a day."""
    cost_new, cost_last = costs.new, costs.last_review
    needed = unseen * cost_new + cost_last * (seen + unseen)
    rho = situation.seconds / needed if needed else 10.0
    room = (situation.seconds - cost_last * seen) / (cost_new + cost_last)
    notes = seen + min(unseen, max(0.0, room))
    days = (
        ceil(cost_last * notes / (60 * situation.minutes)) if situation.minutes else 1
    )
    last_pass = max(1, min(days, ceil(situation.length / 4)))
    return Thresholds(rho, last_pass, _interpolate(THETA, rho), _interpolate(FIRM, rho))


class DatePolicy:
    """The score of notes for one set of weights."""

    def __init__(self, formulas: Formulas, costs: Costs) -> None:
        self._formulas = formulas
        self._costs = costs
        self._first = tuple(
            simulate_first_day(formulas, int(rating)) for rating in Rating
        )
        self._new: dict[int, float] = {}

    def rank(self, item: PolicyCard, left: int, limits: Thresholds) -> Ranked:
        """Return class and score of a note, so many days before the interview."""
        if item.stability is None or item.difficulty is None:
            if left not in self._new:
                self._new[left] = self.new_score(left)
            return Ranked(
                OPEN if left > limits.last_pass else YOUNG,
                item.weight * self._new[left],
                self._costs.new,
            )
        recall, score = self.seen_score(
            item.stability, item.difficulty, item.elapsed, left
        )
        rank = YOUNG
        if left > limits.last_pass:
            rank = _rank_seen(item.stability, recall, limits)
        return Ranked(rank, item.weight * score, self._costs.review(recall))

    def new_score(self, left: int) -> float:
        """Return the gain per second of a note never seen."""
        return self.new_recall(left) / self._costs.new

    def new_recall(self, left: int) -> float:
        """Return the recall on the day of a note first seen now."""
        recall = self._formulas.retrievability
        chances = zip(self._costs.first_ratings, self._first, strict=True)
        return sum(chance * recall(s, left) for chance, (s, _) in chances)

    def seen_score(
        self, stability: float, difficulty: float, elapsed: int, left: int
    ) -> tuple[float, float]:
        """Return the chance of recall now, and the gain per second of asking."""
        recall = self._formulas.retrievability(stability, elapsed)
        success, failure = self.recall_after_answer(
            stability, difficulty, elapsed, left
        )
        later = self._formulas.retrievability(stability, elapsed + left)
        gain = recall * success + (1 - recall) * failure - later
        return recall, gain / self._costs.review(recall)

    def recall_after_answer(
        self, stability: float, difficulty: float, elapsed: int, left: int
    ) -> tuple[float, float]:
        """Return the recall on the day after a success and after a lapse now."""
        formulas = self._formulas
        recall = formulas.retrievability(stability, elapsed)
        success = sum(
            share
            * formulas.retrievability(
                formulas.following(stability, difficulty, elapsed, rating)[0], left
            )
            for share, rating in zip(
                self._costs.success, (_HARD, _GOOD, _EASY), strict=True
            )
        )
        lapsed = formulas.forget_stability(stability, difficulty, recall)
        again = formulas.same_day_stability(max(lapsed, 0.001), _GOOD)
        return success, formulas.retrievability(again, left)


def simulate_first_day(formulas: Formulas, rating: int) -> tuple[float, float]:
    """Return stability and difficulty after the first day of a note, its steps included."""
    stability, difficulty = formulas.first(rating)
    for _ in range(STEPS_AFTER[rating - 1]):
        stability, difficulty = formulas.following(stability, difficulty, 0, _GOOD)
    return stability, difficulty


def order_by_rank(ranked: Sequence[Ranked]) -> list[int]:
    """Return the indexes of the notes in the order of asking; ties keep their order."""
    return sorted(
        range(len(ranked)), key=lambda index: (ranked[index].rank, -ranked[index].score)
    )


def _rank_seen(stability: float, recall: float, limits: Thresholds) -> int:
    if stability < limits.firm and recall < STILL_KNOWN:
        return YOUNG
    return OPEN if recall < limits.theta else WAITING


def _interpolate(knots: Sequence[tuple[float, float]], x: float) -> float:
    """Return the value at x by linear interpolation, constant outside of the knots."""
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]
