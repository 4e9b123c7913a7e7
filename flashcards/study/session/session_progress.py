"""How far a session is: what was spent, and what is left in predicted seconds."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from flashcards.study.session.current_card import SessionProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import State
    from flashcards.study.queue.pace import Pace
    from flashcards.study.queue.queue import QueueCounts
    from flashcards.study.session.context import Budget
    from flashcards.study.session.current_card import LoggedAnswer

GRACE_SECONDS = 60.0
"""Seconds that a session may go on after its minutes, to finish the cards it has begun."""


def sum_seconds(given: Sequence[LoggedAnswer]) -> float:
    """Return the seconds that the answers took."""
    return sum(one.duration_ms for one in given) / 1000


def compute_seconds_left(budget: Budget, given: Sequence[LoggedAnswer]) -> float:
    """Return the seconds left of the minutes, below 0 when overdrawn; without end: inf."""
    return budget.minutes * 60 - sum_seconds(given) if budget.minutes else inf


def predict_seconds(counts: QueueCounts, current: State | None, pace: Pace) -> float:
    """Return the predicted seconds of the cards left and of the one on the table."""
    return pace.seconds(counts) + (0.0 if current is None else pace.of(current))


def compute_progress(
    given: Sequence[LoggedAnswer],
    counts: QueueCounts,
    current: State | None,
    pace: Pace,
    budget: Budget,
) -> SessionProgress:
    """Return how far a session is.

    Args:
        given: The answers so far.
        counts: The cards left in the queue.
        current: The state of the card on the table, None where there is none.
        pace: How long cards take.
        budget: When the session ends by itself.
    """
    waiting = counts.total + (0 if current is None else 1)
    left = waiting
    done, seconds = sum_seconds(given), predict_seconds(counts, current, pace)
    if budget.cards:
        left = min(waiting, max(0, budget.cards - len(given)))
        seconds *= left / waiting if waiting else 0.0
    if budget.minutes:
        rest = compute_seconds_left(budget, given)
        begun = counts._replace(new=0, review=0)
        owed = min(predict_seconds(begun, current, pace), rest + GRACE_SECONDS)
        seconds = min(seconds, max(0.0, rest, owed))
    return SessionProgress(
        done=len(given),
        total=len(given) + left,
        seconds_left=seconds,
        share=done / (done + seconds) if done + seconds else 1.0,
    )
