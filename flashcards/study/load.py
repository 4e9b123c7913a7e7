"""How busy the coming days are, so that fuzz can choose the quietest of its range."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flashcards.cards import Memory


class Load:
    """Predicted seconds of reviews by study day, as they were and as answers change them."""

    def __init__(
        self,
        due: Mapping[int, int],
        seconds: float,
        is_off: Callable[[int], bool] | None = None,
    ) -> None:
        """Begin with the cards due on coming days.

        Args:
            due: Cards in Review by the study day on which they are due.
            seconds: Predicted seconds of one of them.
            is_off: Says whether a day is planned to be free; None where none is.
        """
        self._due = due
        self._seconds = seconds
        self.is_off = is_off
        """Says whether a day is planned to be free; None where none is."""
        self._placed: dict[int, int] = {}

    def place(self, card_id: int, memory: Memory) -> None:
        """Count a card on the day on which an answer has put it."""
        if memory.due_day is not None:
            self._placed[card_id] = memory.due_day

    def without(self, card_id: int) -> Callable[[int], float]:
        """Return the seconds of a day by its number, one card left out; free days are full.

        An answer taken back and given again must find the days as they were.
        """
        extra: dict[int, int] = {}
        for other, day in self._placed.items():
            if other != card_id:
                extra[day] = extra.get(day, 0) + 1

        def seconds(day: int) -> float:
            if self.is_off is not None and self.is_off(day):
                return inf
            return self._seconds * (self._due.get(day, 0) + extra.get(day, 0))

        return seconds
