"""Distribution of stability, difficulty and retrievability over the cards seen so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flashcards.progress.log.review_log import median

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.progress.log.card_table import CardTable
    from flashcards.progress.log.review_log import Floats, Weights

STABILITY_EDGES = (0.0, 1.0, 3.0, 7.0, 21.0, 90.0, 365.0, 36_500.0)
"""Days."""
DIFFICULTY_EDGES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
RECALL_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Cards in each bin, and the median."""

    edges: tuple[float, ...]
    """One more than there are bins; the last bin includes its upper bound."""
    counts: tuple[int, ...]
    median: float | None


@dataclass(frozen=True, slots=True)
class MemoryDistribution:
    """The memory of all cards seen so far that are neither suspended nor retired."""

    cards: int
    stability: Histogram
    difficulty: Histogram
    retrievability: Histogram
    remembered: float
    """Expected number of cards that would be recalled today."""


def measure_memory_distribution(
    cards: CardTable, today: int, weights_of: Callable[[int], Weights]
) -> MemoryDistribution:
    """Return the distribution of the cards' memory today."""
    seen = cards.select(cards.is_live & cards.is_seen)
    recall = recall_today(seen, today, weights_of)
    return MemoryDistribution(
        cards=len(seen),
        stability=_histogram(seen.stability, STABILITY_EDGES),
        difficulty=_histogram(seen.difficulty, DIFFICULTY_EDGES),
        retrievability=_histogram(recall, RECALL_EDGES),
        remembered=float(recall.sum()),
    )


def recall_today(
    seen: CardTable, today: int, weights_of: Callable[[int], Weights]
) -> Floats:
    """Return the chance of recall today of cards that were seen."""
    if not len(seen):
        return np.zeros(0)
    decay = -seen.weights(weights_of)[:, 20]
    elapsed = np.maximum(today - seen.last_day, 0)
    factor = 0.9 ** (1 / decay) - 1
    recall: Floats = (1 + factor * elapsed / seen.stability) ** decay
    return recall


def _histogram(numbers: Floats, edges: tuple[float, ...]) -> Histogram:
    index = np.searchsorted(edges, numbers, side="right") - 1
    counts = np.bincount(np.clip(index, 0, len(edges) - 2), minlength=len(edges) - 1)
    return Histogram(edges, tuple(int(n) for n in counts), median(numbers))
