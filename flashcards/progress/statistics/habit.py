"""How regularly the learner studies: the streak and the days studied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

RECENT = 60
"""Days whose reviews are shown day by day."""
_SHORTEST_STREAK = 3


@dataclass(frozen=True, slots=True)
class Habit:
    """The study days that have a review."""

    streak: int
    """Study days in a row up to today, or up to yesterday while today has none yet.

    Planned days off neither count nor break the streak.
    """
    studied: int
    """Study days with a review."""
    span: int
    """Study days from the first review to today, inclusive; 0 before the first review."""
    recent: tuple[int, ...]
    """Reviews on each of the recent days, oldest first, today last."""

    @property
    def is_streak_shown(self) -> bool:
        """Whether the streak is long enough to be mentioned."""
        return self.streak >= _SHORTEST_STREAK


def compute_habit(
    studied: Sequence[int],
    counts: Mapping[int, int],
    today: int,
    recent: int = RECENT,
    is_off: Callable[[int], bool] | None = None,
) -> Habit:
    """Return the streak and the days studied.

    Days after `today`, as after a change of time zone, are ignored.

    Args:
        studied: The study days that have a review.
        counts: Reviews by study day, of the recent days at least.
        today: The study day.
        recent: How many recent days to count reviews of.
        is_off: Returns whether a day was planned to be off; None if no day is.
    """
    days = {day for day in studied if day <= today}
    return Habit(
        streak=_streak(days, today, is_off),
        studied=len(days),
        span=today - min(days) + 1 if days else 0,
        recent=tuple(counts.get(today - back, 0) for back in range(recent - 1, -1, -1)),
    )


def _streak(
    days: Collection[int], today: int, is_off: Callable[[int], bool] | None
) -> int:
    """Return the study days since the last unplanned gap."""
    streak = 0
    day = today if today in days else today - 1
    first = min(days, default=today)
    while day >= first and (day in days or (is_off is not None and is_off(day))):
        streak += day in days
        day -= 1
    return streak
