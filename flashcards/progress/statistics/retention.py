"""True retention, and a check of the model's predicted recall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.cards import Rating
from flashcards.domain.clock import date_of
from flashcards.progress.figure_text import not_enough_reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.log.review_log import Floats, Integers, Log, Truths

ENOUGH = 30
"""A retention is shown from so many reviews on."""
ENOUGH_FOR_CHECK = 100
"""Predictions are checked from so many reviews on."""
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Bounds of the bins of predicted recall; the last bin includes 1.0."""


@dataclass(frozen=True, slots=True)
class Share:
    """Reviews that recalled their card, of all reviews asked."""

    recalled: int
    asked: int

    @property
    def share(self) -> float | None:
        """The share recalled, 0 to 1; None if nothing was asked."""
        return self.recalled / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Month:
    """The retention of one calendar month."""

    year: int
    month: int
    retention: Share


@dataclass(frozen=True, slots=True)
class Retention:
    """The share of cards in Review that were recalled when first asked on a study day."""

    all: Share
    young: Share
    """Cards with an interval below 21 days."""
    mature: Share
    months: tuple[Month, ...]
    """Oldest first; months without reviews are left out."""
    missing: str
    """Why no retention is shown yet; empty if there are enough reviews."""


@dataclass(frozen=True, slots=True)
class PredictionBin:
    """Reviews with a predicted recall between two bounds."""

    low: float
    high: float
    count: int
    predicted: float | None
    """Mean predicted recall; None for an empty bin."""
    actual: float | None


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Predicted against actual recall, over first reviews of a study day."""

    bins: tuple[PredictionBin, ...]
    reviews: int
    predicted: float | None
    actual: float | None
    log_loss: float | None
    """Of the model; smaller is better."""
    constant_log_loss: float | None
    """Of always predicting the mean; a useful model is below it."""
    missing: str


def count_share(log: Log, chosen: Truths) -> Share:
    """Return how many of the chosen reviews recalled the card."""
    recalled = log.rating[chosen] != Rating.AGAIN
    return Share(int(recalled.sum()), len(recalled))


def compute_retention(log: Log) -> Retention:
    """Return the true retention, in total and by month."""
    tests = log.tests_memory
    return Retention(
        all=count_share(log, tests),
        young=count_share(log, tests & ~log.is_mature),
        mature=count_share(log, tests & log.is_mature),
        months=_months(log.day[tests], log.rating[tests] != Rating.AGAIN),
        missing=not_enough_reviews("retention", int(tests.sum()), ENOUGH),
    )


def count_shares(
    log: Log, groups: Integers, size: int, chosen: Truths | None = None
) -> list[Share]:
    """Return the retention of each group; `groups` holds the group number of every review."""
    tests = log.tests_memory if chosen is None else log.tests_memory & chosen
    owner = groups[tests]
    asked = np.bincount(owner, minlength=size)
    recalled = np.bincount(owner[log.rating[tests] != Rating.AGAIN], minlength=size)
    return [Share(int(r), int(a)) for r, a in zip(recalled, asked, strict=True)]


def compute_self_check(log: Log, predicted: Floats) -> SelfCheck:
    """Compare the predictions of `predicted_recall` with the ratings."""
    rows = log.opens_day & (log.elapsed > 0) & ~np.isnan(predicted)
    p = np.clip(predicted[rows], 1e-6, 1 - 1e-6)
    y = (log.rating[rows] != Rating.AGAIN).astype(np.float64)
    count = len(y)
    mean = float(y.mean()) if count else None
    return SelfCheck(
        bins=tuple(_bins(p, y)),
        reviews=count,
        predicted=float(p.mean()) if count else None,
        actual=mean,
        log_loss=_log_loss(p, y),
        constant_log_loss=None
        if mean is None
        else _log_loss(np.full(count, min(max(mean, 1e-6), 1 - 1e-6)), y),
        missing=not_enough_reviews("checking the predictions", count, ENOUGH_FOR_CHECK),
    )


def _bins(p: Floats, y: Floats) -> list[PredictionBin]:
    index = np.clip(np.searchsorted(EDGES, p, side="right") - 1, 0, len(EDGES) - 2)
    size = len(EDGES) - 1
    counts = np.bincount(index, minlength=size)
    sums = np.bincount(index, weights=p, minlength=size)
    hits = np.bincount(index, weights=y, minlength=size)
    return [
        PredictionBin(
            EDGES[i],
            EDGES[i + 1],
            int(n),
            float(sums[i] / n) if n else None,
            float(hits[i] / n) if n else None,
        )
        for i, n in enumerate(counts)
    ]


def _log_loss(p: Floats, y: Floats) -> float | None:
    if not len(y):
        return None
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def _months(days: Integers, recalled: Truths) -> tuple[Month, ...]:
    first = int(days.min()) if len(days) else 0
    asked = np.bincount(days - first)
    hits = np.bincount(days[recalled] - first, minlength=len(asked))
    sums: dict[tuple[int, int], list[int]] = {}
    for ahead in np.flatnonzero(asked).tolist():
        when = date_of(first + ahead)
        both = sums.setdefault((when.year, when.month), [0, 0])
        both[0] += int(hits[ahead])
        both[1] += int(asked[ahead])
    return tuple(
        Month(year, month, Share(*both)) for (year, month), both in sorted(sums.items())
    )


def sort_by_retention(shares: Sequence[tuple[int, Share]]) -> list[tuple[int, Share]]:
    """Return groups by retention, lowest first; among equals the one asked most."""
    return sorted(
        shares, key=lambda item: (item[1].share or 0.0, -item[1].asked, item[0])
    )
