"""How busy the coming days are, so that fuzz can choose the quietest of its range."""

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
    """Predicted seconds of reviews by study day, as they were and as answers change them."""

    def __init__(
        self,
        due: Mapping[int, float],
        seconds: CardSeconds,
        is_off: Callable[[int], bool] | None = None,
    ) -> None:
        """Begin with the cards due on coming days.

        Args:
            due: Predicted seconds of the cards in Review by the study day on which they
                are due.
            seconds: Predicted seconds of one review, by card and kind.
            is_off: Says whether a day is planned to be free; None where none is.
        """
        self._due = due
        self._seconds = seconds
        self.is_off = is_off
        """Says whether a day is planned to be free; None where none is."""
        self._placed: dict[int, _Placed] = {}

    def place(self, card_id: int, kind: str, memory: Memory) -> None:
        """Count a card on the day on which an answer has put it."""
        if memory.due_day is not None:
            seconds = self._seconds.of(card_id, kind)
            self._placed[card_id] = _Placed(memory.due_day, seconds)

    def without(self, card_id: int) -> Callable[[int], float]:
        """Return the seconds of a day by its number, one card left out; free days are full.

        An answer taken back and given again must find the days as they were.
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
    """Return the predicted seconds of the cards in Review due on each later study day."""
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
