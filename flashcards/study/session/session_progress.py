"""How far a session is: seconds spent, and predicted seconds of the cards left."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from flashcards.domain.cards import State
from flashcards.study.queue.day_budget import GRACE_SECONDS
from flashcards.study.session.current_card import SessionProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.study.queue.cards_left import CardsLeft, QueueCounts
    from flashcards.study.queue.pace import Pace
    from flashcards.study.session.context import Budget
    from flashcards.study.session.current_card import LoggedAnswer


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
    left: CardsLeft,
    current: State | None,
    pace: Pace,
    budget: Budget,
    *,
    repeats: bool = True,
) -> SessionProgress:
    """Return how far a session is.

    Args:
        answers: The answers so far.
        left: The cards left without the current card.
        current: The state of the current card, None where there is none.
        pace: How long cards take.
        budget: When the session ends by itself.
        repeats: Whether a card can be asked again.
    """
    done, seconds = sum_seconds(answers), predict_seconds(left.counts, current, pace)
    cards = left.total + (0 if current is None else 1)
    stops_after = None
    if budget.cards:
        within = min(cards, max(0, budget.cards - len(answers)))
        seconds *= within / cards if cards else 0.0
        stops_after = within if within < cards else None
    is_timed = False
    if budget.minutes and not budget.is_day:
        remaining = compute_seconds_left(budget, answers)
        started = left.counts._replace(new=0, review=0)
        needed = predict_seconds(started, current, pace)
        needed = min(needed, remaining + GRACE_SECONDS)
        until_end = max(0.0, remaining, needed)
        is_timed = until_end < seconds
        seconds = min(seconds, until_end)
    return SessionProgress(
        answers=len(answers),
        cards_left=cards,
        learning=left.counts.learning + (1 if _is_learning(current) else 0),
        seconds_left=seconds,
        is_timed=is_timed,
        questions=None if repeats else len(answers) + cards,
        stops_after=stops_after,
        share=done / (done + seconds) if done + seconds else 1.0,
    )


def _is_learning(state: State | None) -> bool:
    return state in (State.LEARNING, State.RELEARNING)
