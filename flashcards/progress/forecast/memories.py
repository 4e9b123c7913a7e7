"""The memory of many cards in many runs, updated by first looks and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flashcards.scheduling.date_policy import STEPS_AFTER

if TYPE_CHECKING:
    from flashcards.progress.forecast.simulation_types import TrueMemory
    from flashcards.progress.log.review_log import Floats, Integers
    from flashcards.scheduling.vectors import VectorFormulas

_AGAIN, _GOOD = 1, 3


class Memories:
    """Stability and difficulty by run and card."""

    def __init__(
        self,
        stability: Floats,
        difficulty: Floats,
        formulas: VectorFormulas,
        *,
        by_run: bool = False,
    ) -> None:
        """Start with copies; `by_run` means that every run has its own weights."""
        self.stability = stability.copy()
        self.difficulty = difficulty.copy()
        self._formulas = formulas
        self._by_run = by_run
        self._grid = formulas.as_columns() if by_run else formulas

    def recall(self, elapsed: Integers) -> Floats:
        """Return the chance of recall of all cards."""
        return self._grid.retrievability(self.stability, np.maximum(elapsed, 0))

    def formulas(self, run: Integers, card: Integers) -> VectorFormulas:
        """Return the formulas for pairs of run and card."""
        return self._formulas.for_rows(run if self._by_run else card)

    def review(
        self, run: Integers, card: Integers, recall: Floats, rating: Integers
    ) -> None:
        """Review cards on a later day; a lapse includes its relearning step."""
        formulas = self.formulas(run, card)
        s, d = self.stability[run, card], self.difficulty[run, card]
        failed = rating == _AGAIN
        good = np.full_like(rating, _GOOD)
        lapsed = np.maximum(formulas.forget_stability(s, d, recall), 0.001)
        after = np.where(
            failed,
            formulas.same_day_stability(lapsed, good),
            formulas.recall_stability(s, d, recall, rating),
        )
        harder = formulas.next_difficulty(d, rating)
        relearned = formulas.next_difficulty(harder, good)
        self.stability[run, card] = after
        self.difficulty[run, card] = np.where(failed, relearned, harder)

    def learn(
        self,
        run: Integers,
        card: Integers,
        rating: Integers,
        truth: TrueMemory | None,
    ) -> None:
        """Show cards for the first time, with their learning steps."""
        formulas = self.formulas(run, card)
        s, d = formulas.first(rating)
        if truth is not None:
            s = s * truth.ease[run, card]
            d = np.clip(d + truth.shift[run, card], 1.0, 10.0)
        good = np.full_like(rating, _GOOD)
        steps = np.asarray(STEPS_AFTER)[rating - 1]
        for step in range(max(STEPS_AFTER)):
            more = steps > step
            s = np.where(more, formulas.same_day_stability(s, good), s)
            d = np.where(more, formulas.next_difficulty(d, good), d)
        self.stability[run, card] = s
        self.difficulty[run, card] = d


@dataclass(frozen=True)
class FirstLook:
    """The stability after the first look, by rating, or by card and rating."""

    formulas: VectorFormulas
    stability: Floats


def first_looks(formulas: VectorFormulas) -> FirstLook:
    """Return the stability after the first look with its learning steps."""
    one_set = formulas.weights.ndim == 1
    rows = formulas if one_set else formulas.as_columns()
    ratings = (
        np.arange(1, 5)
        if one_set
        else np.broadcast_to(np.arange(1, 5), (len(formulas.weights), 4))
    )
    stability, _ = rows.first(ratings)
    good = np.full_like(ratings, _GOOD)
    steps = np.asarray(STEPS_AFTER)
    for step in range(max(STEPS_AFTER)):
        stability = np.where(
            steps > step, rows.same_day_stability(stability, good), stability
        )
    return FirstLook(rows, stability)
