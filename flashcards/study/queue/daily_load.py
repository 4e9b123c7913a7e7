"""Predicted seconds of reviews on the coming days, so that fuzz can choose the quietest one."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flashcards.domain.cards import Memory
    from flashcards.store.reader import Reader
    from flashcards.study.queue.card_seconds import CardSeconds


class _Placed(NamedTuple):
    day: int
    seconds: float


class DailyLoad:
    """Predicted seconds of reviews by study day, updated by answers."""

    def __init__(
        self,
        due: Mapping[int, float],
        seconds: CardSeconds,
        is_off: Callable[[int], bool] | None = None,
    ) -> None:
        """Start from the cards due on the coming days.

        Args:
            due: Predicted seconds of the cards in Review by the study day on which they
                are due.
            seconds: Predicted seconds of one review, by card and kind.
            is_off: Returns whether a study day is a day off; None where there is no plan.
        """
        self._due = due
        self._seconds = seconds
        self.is_off = is_off
        """Returns whether a study day is a day off; None where there is no plan."""
        self._placed: dict[int, _Placed] = {}

    def place(self, card_id: int, kind: str, memory: Memory) -> None:
        """Count a card on the day on which an answer makes it due."""
        if memory.due_day is not None:
            seconds = self._seconds.of(card_id, kind)
            self._placed[card_id] = _Placed(memory.due_day, seconds)

    def without(self, card_id: int) -> Callable[[int], float]:
        """Return a function from a study day to its seconds without one card; inf on a day off.

        The card is left out so that an answer that is undone and given again gets the same day.
        """
        extra: dict[int, float] = {}
        for other, placed in self._placed.items():
            if other != card_id:
                extra[placed.day] = extra.get(placed.day, 0.0) + placed.seconds

        def seconds(day: int) -> float:
            if self.is_off is not None and self.is_off(day):
                return inf
            return self._due.get(day, 0.0) + extra.get(day, 0.0)

        return seconds


def load_seconds_by_day(
    reader: Reader, seconds: CardSeconds, after: int
) -> dict[int, float]:
    """Return the predicted seconds of the cards in Review that are due on each later study day."""
    if seconds.by_kind:
        totals: dict[int, float] = {}
        for day, kind, count in reader.figures.due_by_day_and_kind(after):
            totals[day] = totals.get(day, 0.0) + count * seconds.of_kind(kind)
    else:
        due = reader.figures.due_by_day(after)
        totals = {day: count * seconds.usual for day, count in due.items()}
    for card_id, kind, day in reader.figures.due_days(seconds.by_card, after):
        totals[day] += seconds.of(card_id, kind) - seconds.of_kind(kind)
    return totals
