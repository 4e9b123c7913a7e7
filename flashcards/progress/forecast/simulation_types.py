"""Input and result of a simulation, as named arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from flashcards.progress.log.review_log import Floats, Integers, Truths
    from flashcards.scheduling.vectors import VectorFormulas


@dataclass(frozen=True)
class InitialState:
    """The cards of a plan as they are today."""

    seen: Truths
    stability: Floats
    """1 for cards never seen."""
    difficulty: Floats
    last: Integers
    """Study day of the last review counted from today: 0 today, -1 yesterday."""
    weight: Floats
    """Sums to 1."""

    def __len__(self) -> int:
        return len(self.weight)


@dataclass(frozen=True)
class StudySchedule:
    """The days of a plan from today to the interview."""

    budgets: Floats
    """Seconds of study of each day, today first; 0 on days off."""
    minutes: float
    length: int
    """Days of the whole plan."""

    @property
    def days_left(self) -> int:
        """Days to the interview."""
        return len(self.budgets)


@dataclass(frozen=True)
class TrueMemory:
    """The real memory of learners whom the scheduler does not know, one per run."""

    formulas: VectorFormulas
    """One set of weights per run."""
    stability: Floats
    """By run and card; 1 for cards never seen."""
    difficulty: Floats
    ease: Floats
    """By run and card: factor of the first stability."""
    shift: Floats
    """By run and card: added to the first difficulty."""
    pace: Floats
    """By run: factor of the seconds that answers take."""


@dataclass(frozen=True)
class SimulationResult:
    """The result of all runs."""

    recall: Floats
    """Recall on the interview day by run and card; 0 for cards never seen."""
    seen: Truths
    """By run and card: whether the card was seen by then."""
    trajectory: Floats
    """Weighted recall at the start of each day and on the interview day, by run."""
    reviews: Floats
    """Mean reviews of each day."""
    new: Floats
    """Mean new cards of each day."""
    seconds: Floats
    """Mean seconds of each day."""

    def readiness(self, weight: Floats) -> Floats:
        """Return the weighted recall of each run; the weights sum to 1."""
        return np.asarray(self.recall @ weight)
