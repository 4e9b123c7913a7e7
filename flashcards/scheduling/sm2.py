"""From the interval and ease of SM-2 to a memory of FSRS, where there are no reviews to replay.

A card falls due under SM-2 when about nine of ten are still recalled, so the interval
stands for the stability. The ease, from 130% for the hardest cards, stands for the
difficulty: 130% is 10, 370% is 1, in a straight line. The spaced-repetition plugin of
Obsidian converts alike when a vault moves to FSRS.
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
        interval_days: The wait that led there; below one it counts as one day.
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
        # Nobody kept count; a card with an interval was reviewed once at least.
        reps=1,
    )
