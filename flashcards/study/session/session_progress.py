"""How far a session is: seconds spent, and predicted seconds of the cards left."""

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
"""Seconds that a session may run over its minutes to finish the cards it has started."""


def sum_seconds(answers: Sequence[LoggedAnswer]) -> float:
    """Return the seconds that the answers took."""
    return sum(answer.duration_ms for answer in answers) / 1000


def compute_seconds_left(budget: Budget, answers: Sequence[LoggedAnswer]) -> float:
    """Return the seconds left of the minutes; below 0 once they are over, inf for no limit."""
    return budget.minutes * 60 - sum_seconds(answers) if budget.minutes else inf


def predict_seconds(counts: QueueCounts, current: State | None, pace: Pace) -> float:
    """Return the predicted seconds of the cards left and of the current card."""
    return pace.seconds(counts) + (0.0 if current is None else pace.of(current))


def compute_progress(
    answers: Sequence[LoggedAnswer],
    counts: QueueCounts,
    current: State | None,
    pace: Pace,
    budget: Budget,
) -> SessionProgress:
    """Return how far a session is.

    Args:
        answers: The answers so far.
        counts: The cards left in the queue.
        current: The state of the current card, None where there is none.
        pace: How long cards take.
        budget: When the session ends by itself.
    """
    waiting = counts.total + (0 if current is None else 1)
    left = waiting
    done, seconds = sum_seconds(answers), predict_seconds(counts, current, pace)
    if budget.cards:
        left = min(waiting, max(0, budget.cards - len(answers)))
        seconds *= left / waiting if waiting else 0.0
    if budget.minutes:
        remaining = compute_seconds_left(budget, answers)
        started = counts._replace(new=0, review=0)
        needed = predict_seconds(started, current, pace)
        needed = min(needed, remaining + GRACE_SECONDS)
        seconds = min(seconds, max(0.0, remaining, needed))
    return SessionProgress(
        done=len(answers),
        total=len(answers) + left,
        seconds_left=seconds,
        share=done / (done + seconds) if done + seconds else 1.0,
    )
