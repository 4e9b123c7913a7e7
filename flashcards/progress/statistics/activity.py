"""Activity: reviews by day, ratings and answer times, and cards due in the days ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.cards import Rating, State
from flashcards.domain.clock import date_of
from flashcards.progress.figure_text import not_enough_reviews
from flashcards.progress.log.review_log import median

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.progress.log.card_table import CardTable
    from flashcards.progress.log.review_log import Integers, Log

ENOUGH_ANSWERS = 30
WEEKS = 26
DAYS_AHEAD = 30
LEVELS = 4
"""Shades of the heatmap besides that of no review."""


@dataclass(frozen=True, slots=True)
class DayActivity:
    """The reviews of one study day."""

    day: int
    reviews: int
    seconds: float
    """Answer time; an answer counts as a minute at most."""
    new: int
    """Cards seen for the first time."""
    again: int


@dataclass(frozen=True, slots=True)
class HeatDay:
    """One square of the heatmap."""

    day: int
    reviews: int
    level: int
    """0 for none, then 1 to 4 by quarters of the busiest day."""


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A column a week from Monday to Sunday, the newest week last."""

    weeks: tuple[tuple[HeatDay, ...], ...]
    """The last week ends with today."""
    busiest: int


@dataclass(frozen=True, slots=True)
class DueForecast:
    """Cards due on one day ahead, of those seen so far."""

    day: int
    reviews: int
    seconds: float


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How answers were rated, and how long they took."""

    ratings: dict[Rating, int]
    median_seconds: float | None
    """Of timed answers; None without any."""
    median_again_seconds: float | None
    """Of answers rated Again."""
    seconds_by_state: dict[State, float]
    """Median by the card's state before the answer, for states that have answers."""
    missing: str
    """Why times are not shown yet; empty if there are enough answers."""

    def share(self, rating: Rating) -> float:
        """Return the share of answers with this rating."""
        total = sum(self.ratings.values())
        return self.ratings[rating] / total if total else 0.0


def count_by_day(log: Log) -> tuple[DayActivity, ...]:
    """Return every study day that has reviews, oldest first."""
    if not len(log):
        return ()
    first = int(log.day.min())
    index = log.day - first
    reviews = np.bincount(index)
    size = len(reviews)
    milliseconds = np.bincount(index, weights=log.milliseconds)
    new = np.bincount(index[log.state == State.NEW], minlength=size)
    again = np.bincount(index[log.rating == Rating.AGAIN], minlength=size)
    return tuple(
        DayActivity(
            day=first + ahead,
            reviews=int(reviews[ahead]),
            seconds=float(milliseconds[ahead]) / 1000,
            new=int(new[ahead]),
            again=int(again[ahead]),
        )
        for ahead in np.flatnonzero(reviews).tolist()
    )


def build_heatmap(
    days: Sequence[DayActivity], today: int, weeks: int = WEEKS
) -> Heatmap:
    """Return the reviews of the last weeks as squares."""
    counts = {day.day: day.reviews for day in days}
    monday = today - date_of(today).weekday() - 7 * (weeks - 1)
    shown = [counts.get(day, 0) for day in range(monday, today + 1)]
    busiest = max(shown, default=0)
    squares = [
        HeatDay(monday + ahead, n, -(-LEVELS * n // busiest) if busiest else 0)
        for ahead, n in enumerate(shown)
    ]
    return Heatmap(
        tuple(tuple(squares[start : start + 7]) for start in range(0, len(squares), 7)),
        busiest,
    )


def count_answers(log: Log) -> AnswerCounts:
    """Return ratings and times of all answers."""
    failed = log.rating == Rating.AGAIN
    # An answer of 0 ms was imported from a log without times.
    timed = log.milliseconds > 0
    return AnswerCounts(
        ratings={rating: int((log.rating == rating).sum()) for rating in Rating},
        median_seconds=_median(log.milliseconds[timed]),
        median_again_seconds=_median(log.milliseconds[timed & failed]),
        seconds_by_state={
            state: seconds
            for state in State
            if (seconds := _median(log.milliseconds[timed & (log.state == state)]))
            is not None
        },
        missing=not_enough_reviews("answer times", len(log), ENOUGH_ANSWERS),
    )


def forecast_reviews(
    cards: CardTable,
    seconds_of: Callable[[int], float],
    today: int,
    days: int = DAYS_AHEAD,
) -> tuple[DueForecast, ...]:
    """Return the cards due on each of the next days, of those seen so far, today first.

    Overdue cards count for today. Cards that will be learned or reviewed until then are
    not included; see `flashcards.progress.forecast.workload`.
    """
    counted = cards.is_live & (cards.due_day < today + days)
    index = np.maximum(cards.due_day[counted] - today, 0).astype(np.int64)
    seconds_by_state = np.array([seconds_of(state) for state in State])
    reviews = np.bincount(index, minlength=days)
    seconds = np.bincount(
        index, weights=seconds_by_state[cards.state[counted]], minlength=days
    )
    return tuple(
        DueForecast(today + ahead, int(n), float(s))
        for ahead, (n, s) in enumerate(zip(reviews, seconds, strict=True))
    )


def _median(milliseconds: Integers) -> float | None:
    middle = median(milliseconds)
    return None if middle is None else middle / 1000
