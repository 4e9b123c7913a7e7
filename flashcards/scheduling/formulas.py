"""The formulas of FSRS-6 on plain numbers, for one set of weights.

They compute the same as the `fsrs` package, for uses where its objects are too slow, such as
forgetting curves and the replay of a long log. A property test compares the two.
"""

from __future__ import annotations

from math import exp, expm1
from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import WEIGHT_BOUNDS
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_STABILITY = 0.001
_EASIEST, _HARDEST = 1.0, 10.0
_AGAIN, _EASY = int(Rating.AGAIN), int(Rating.EASY)


class Formulas:
    """FSRS-6 with one set of 21 weights.

    Raises:
        UsageError: a weight lies outside of what FSRS-6 allows.
    """

    __slots__ = (
        "_decay",
        "_difficulty_target",
        "_factor",
        "_first",
        "_growth",
        "_lapse_ceiling",
        "_same_day",
        "_shift",
        "_success",
        "_w",
    )

    def __init__(self, weights: Sequence[float]) -> None:
        w = tuple(weights)
        _check_weights(w)
        self._w = w
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._first = tuple(
            (
                max(w[rating - 1], LEAST_STABILITY),
                _clamp_difficulty(self._start(rating)),
            )
            for rating in Rating
        )
        # Everything that depends on the rating alone, by rating - 1.
        self._shift = tuple(-w[6] * (rating - 3) / 9.0 for rating in Rating)
        self._difficulty_target = w[7] * self._start(_EASY)
        self._growth = exp(w[8])
        self._success = (0.0, w[15], 1.0, w[16])
        self._lapse_ceiling = exp(w[17] * w[18])
        self._same_day = tuple(exp(w[17] * (rating - 3 + w[18])) for rating in Rating)

    def retrievability(self, stability: float, elapsed_days: float) -> float:
        """Return the chance of recall after a number of days; below 0 days it is 1.

        A review may be in the future where the clock was set back.
        """
        elapsed = max(elapsed_days, 0)
        return float((1.0 + self._factor * elapsed / stability) ** self._decay)

    def interval(self, stability: float, retention: float) -> float:
        """Return the days until the chance of recall has fallen to `retention`."""
        return float(stability / self._factor * (retention ** (1 / self._decay) - 1.0))

    def first(self, rating: int) -> tuple[float, float]:
        """Return stability and difficulty after the first review of a card."""
        return self._first[rating - 1]

    def from_sm2(
        self, ease: float, interval_days: float, retention: float = 0.9
    ) -> tuple[float, float]:
        """Return stability and difficulty of a card that SM-2 scheduled.

        The stability makes recall fall to `retention` after the interval. The difficulty
        makes a success at that time multiply the stability by the ease. Source: the function
        `memory_state_from_sm2` of fsrs-rs.
        """
        w = self._w
        days = max(interval_days, LEAST_STABILITY)
        stability = days / self.interval(1.0, retention)
        growth = self._growth * stability ** -w[9] * expm1((1.0 - retention) * w[10])
        return float(stability), _clamp_difficulty(11.0 - (ease - 1.0) / growth)

    def following(
        self, stability: float, difficulty: float, elapsed_days: int, rating: int
    ) -> tuple[float, float]:
        """Return stability and difficulty after one more review.

        A review on the same study day as the one before uses the short-term formula.
        """
        if elapsed_days < 1:
            after = self.same_day_stability(stability, rating)
        else:
            recall = self.retrievability(stability, elapsed_days)
            if rating == _AGAIN:
                after = self.forget_stability(stability, difficulty, recall)
            else:
                after = self.recall_stability(stability, difficulty, recall, rating)
        after = max(after, LEAST_STABILITY)
        return after, self.next_difficulty(difficulty, rating)

    def recall_stability(
        self, stability: float, difficulty: float, recall: float, rating: int
    ) -> float:
        """Return the stability after a success, given the chance of recall before it."""
        w = self._w
        return float(
            stability
            * (
                1.0
                + self._growth
                * (11.0 - difficulty)
                * stability ** -w[9]
                * (exp((1.0 - recall) * w[10]) - 1.0)
                * self._success[rating - 1]
            )
        )

    def forget_stability(
        self, stability: float, difficulty: float, recall: float
    ) -> float:
        """Return the stability after a lapse, given the chance of recall before it."""
        w = self._w
        forgotten = (
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1.0) ** w[13] - 1.0)
            * exp((1.0 - recall) * w[14])
        )
        return float(min(forgotten, stability / self._lapse_ceiling))

    def same_day_stability(self, stability: float, rating: int) -> float:
        """Return the stability after a further review on the same study day."""
        growth = self._same_day[rating - 1] * stability ** -self._w[19]
        if rating != _AGAIN and growth < 1.0:
            return stability
        return float(stability * growth)

    def next_difficulty(self, difficulty: float, rating: int) -> float:
        """Return the difficulty after a review: damped near 10, with mean reversion to Easy."""
        moved = difficulty + (10.0 - difficulty) * self._shift[rating - 1]
        return _clamp_difficulty(self._difficulty_target + (1.0 - self._w[7]) * moved)

    def _start(self, rating: int) -> float:
        return float(self._w[4] - exp(self._w[5] * (rating - 1)) + 1.0)


def _clamp_difficulty(difficulty: float) -> float:
    return min(max(difficulty, _EASIEST), _HARDEST)


def _check_weights(weights: tuple[float, ...]) -> None:
    for index, (weight, (low, high)) in enumerate(
        zip(weights, WEIGHT_BOUNDS, strict=True)
    ):
        if not low <= weight <= high:
            raise UsageError(
                f"FSRS weight w{index} is {weight:g}, but must lie between {low:g} and "
                f"{high:g}."
            )
