"""FSRS-6 on arrays: the formulas of `formulas.py` for many cards at once.

NumPy takes a tenth of a second to load, so this module is imported only where many cards
are computed: statistics, simulation and fitting. A property test compares it with `Formulas`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flashcards.scheduling.formulas import LEAST_STABILITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_AGAIN, _EASY = 1, 4


class VectorFormulas:
    """FSRS-6 for one set of weights, or for one set in each row of an array.

    With several sets every argument must have the rows of the sets as its first axis,
    unless `of_rows` has chosen a set for each of its elements.
    """

    def __init__(self, weights: Sequence[float] | Floats) -> None:
        self.weights = np.asarray(weights, dtype=np.float64)
        w = [self.weights[..., index] for index in range(21)]
        self._w = w
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._growth = np.exp(w[8])
        self._ceiling = np.exp(w[17] * w[18])
        ones = np.ones_like(w[15])
        self._success = np.stack([ones, w[15], ones, w[16]], axis=-1)
        self._target = w[7] * (w[4] - np.exp(w[5] * (_EASY - 1)) + 1.0)

    def as_columns(self) -> VectorFormulas:
        """Return the same formulas for arguments of two axes, with the sets along the first."""
        return VectorFormulas(self.weights[:, None, :])

    def for_rows(self, rows: Integers) -> VectorFormulas:
        """Return the formulas with one set of weights for each element of a flat array."""
        return self if self.weights.ndim == 1 else VectorFormulas(self.weights[rows])

    def retrievability(
        self, stability: Floats, elapsed: Floats | Integers | float
    ) -> Floats:
        """Return the chance of recall after a number of days; below 0 days it is 1."""
        base: Floats = 1.0 + self._factor * np.maximum(elapsed, 0) / stability
        result: Floats = base**self._decay
        return result

    def interval(self, stability: Floats, retention: Floats | float) -> Floats:
        """Return the days until the chance of recall has fallen to `retention`."""
        days: Floats = stability / self._factor * (retention ** (1 / self._decay) - 1.0)
        return days

    def first(self, rating: Integers) -> tuple[Floats, Floats]:
        """Return stability and difficulty after the first review."""
        w = self._w
        table = np.stack([w[0], w[1], w[2], w[3]], axis=-1)
        stability = np.maximum(_pick(table, rating - 1), LEAST_STABILITY)
        difficulty = w[4] - np.exp(w[5] * (rating - 1)) + 1.0
        return stability, np.clip(difficulty, 1.0, 10.0)

    def following(
        self, stability: Floats, difficulty: Floats, elapsed: Floats, rating: Integers
    ) -> tuple[Floats, Floats]:
        """Return stability and difficulty after one more review."""
        recall = self.retrievability(stability, np.maximum(elapsed, 0))
        later = np.where(
            rating == _AGAIN,
            self.forget_stability(stability, difficulty, recall),
            self.recall_stability(stability, difficulty, recall, rating),
        )
        after = np.where(elapsed < 1, self.same_day_stability(stability, rating), later)
        return np.maximum(after, LEAST_STABILITY), self.next_difficulty(
            difficulty, rating
        )

    def recall_stability(
        self, stability: Floats, difficulty: Floats, recall: Floats, rating: Integers
    ) -> Floats:
        """Return the stability after a success on a later day."""
        gain = self.gain(stability, difficulty, recall)
        result: Floats = stability * (1.0 + gain * _pick(self._success, rating - 1))
        return result

    def gain(self, stability: Floats, difficulty: Floats, recall: Floats) -> Floats:
        """Return by what share Good raises stability on a later day."""
        w = self._w
        result: Floats = (
            self._growth
            * (11.0 - difficulty)
            * stability ** -w[9]
            * (np.exp((1.0 - recall) * w[10]) - 1.0)
        )
        return result

    def forget_stability(
        self, stability: Floats, difficulty: Floats, recall: Floats
    ) -> Floats:
        """Return the stability after a lapse on a later day."""
        w = self._w
        lapsed = (
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1.0) ** w[13] - 1.0)
            * np.exp((1.0 - recall) * w[14])
        )
        result: Floats = np.minimum(lapsed, stability / self._ceiling)
        return result

    def same_day_stability(self, stability: Floats, rating: Integers) -> Floats:
        """Return the stability after a further review on the same study day."""
        w = self._w
        growth = np.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        growth = np.where(rating == _AGAIN, growth, np.maximum(growth, 1.0))
        result: Floats = np.maximum(stability * growth, LEAST_STABILITY)
        return result

    def next_difficulty(self, difficulty: Floats, rating: Integers) -> Floats:
        """Return the difficulty after a review."""
        w = self._w
        moved = difficulty + (10.0 - difficulty) * (-w[6] * (rating - 3) / 9.0)
        result: Floats = np.clip(self._target + (1.0 - w[7]) * moved, 1.0, 10.0)
        return result

    @property
    def success(self) -> Floats:
        """By rating - 1: the factor of the gain in stability (1 for Again, unused)."""
        return self._success


def _pick(table: Floats, index: Integers) -> Floats:
    """Return the entries of the last axis at an array of indexes."""
    if table.ndim == 1:
        return np.asarray(table[index])
    return np.take_along_axis(
        np.broadcast_to(table, (*np.shape(index), table.shape[-1])),
        np.asarray(index)[..., None],
        axis=-1,
    )[..., 0]
