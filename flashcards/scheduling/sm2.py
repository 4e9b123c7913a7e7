"""Convert the interval and ease of SM-2 to an FSRS memory, where there are no reviews to replay.

SM-2 makes a card due when about nine of ten are still recalled, so the interval is taken as
the stability. The ease is mapped to the difficulty linearly: 130%, the ease of the hardest
cards, is 10, and 370% is 1. The spaced-repetition plugin of Obsidian does the same when a
vault moves to FSRS.
"""

from __future__ import annotations

from flashcards.domain.cards import DAY_SECONDS, Memory, State

_HARDEST, _EASIEST = 10.0, 1.0
_LEAST_EASE, _MOST_EASE = 130.0, 370.0


def difficulty_from_ease(ease: float) -> float:
    """Return the difficulty, 1 to 10, of an ease in percent."""
    share = (ease - _LEAST_EASE) / (_MOST_EASE - _LEAST_EASE)
    difficulty = _HARDEST - (_HARDEST - _EASIEST) * share
    return min(_HARDEST, max(_EASIEST, difficulty))


def from_sm2(due_day: int, interval_days: float, ease: float) -> Memory:
    """Return the memory of a card that SM-2 scheduled.

    Args:
        due_day: The study day on which it is due.
        interval_days: The interval before that day; below 1 it counts as one day.
        ease: The ease in percent, such as 250.
    """
    days = max(1, round(interval_days))
    return Memory(
        state=State.REVIEW,
        stability=max(1.0, interval_days),
        difficulty=difficulty_from_ease(ease),
        due_day=due_day,
        last_day=due_day - days,
        interval_seconds=days * DAY_SECONDS,
        # The number is not known; a card with an interval was reviewed at least once.
        reps=1,
    )
