"""The minutes of a study plan's day: how much of them is used, and which cards fit into the rest.

Cards are charged by their predicted seconds, and answering time by the clock; whichever is
more counts. So the day is over when its cards are done, however fast, and when its minutes are
over, however slow. The predictions come from earlier days: nothing that is answered today makes
today longer or shorter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashcards.domain.cards import State
from flashcards.study.queue.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.domain.cards import QueueCard
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader

GRACE_SECONDS = 60.0
"""Seconds that answering may run over the minutes to finish the cards it has started."""
_LEAST_ROOM = 0.5
"""Seconds of room below which no further card is asked; rounding must not open a day again."""


@dataclass(frozen=True, slots=True)
class DayBudget:
    """The minutes of a plan's day, in seconds."""

    day: int
    """The study day."""
    seconds: float
    """Of the whole day; 0 on a day off and on the day of an interview."""
    answered: float = 0.0
    """Seconds of answering so far."""
    predicted: float = 0.0
    """Predicted seconds of the cards that were asked so far."""
    pace: Pace = field(default_factory=Pace)
    """Predicted seconds of cards, from answers before this day."""

    @property
    def seconds_left(self) -> float:
        """Seconds that are not used yet."""
        return max(0.0, self.seconds - max(self.answered, self.predicted))

    @property
    def allows_steps(self) -> bool:
        """Whether there is time for the learning steps of cards that were started."""
        return self.seconds > 0 and self.answered < self.seconds + GRACE_SECONDS

    def allows_line(self, learning: Iterable[QueueCard]) -> bool:
        """Return whether another card fits beside the cards in learning."""
        return self.seconds_left - self.sum_charges(learning) >= _LEAST_ROOM

    def after(self, card: QueueCard, seconds: float) -> DayBudget:
        """Return the budget after an answer to a card that took some seconds."""
        return replace(
            self,
            answered=self.answered + seconds,
            predicted=self.predicted + self._charge(card),
        )

    def sum_charges(self, cards: Iterable[QueueCard]) -> float:
        """Return the predicted seconds that asking some cards takes from the day."""
        return sum(map(self._charge, cards))

    def count_fitting(self, cards: Iterable[QueueCard], room: float) -> int:
        """Return how many cards of a line fit into seconds; the last one may run over them."""
        fitting = 0
        for card in cards:
            if room < _LEAST_ROOM:
                break
            room -= self.pace.of(card.state)
            fitting += 1
        return fitting

    def _charge(self, card: QueueCard) -> float:
        # Learning steps of a card that was first asked today are part of its first charge.
        is_step = card.state in (State.LEARNING, State.RELEARNING)
        is_charged = is_step and card.last_day == self.day
        return 0.0 if is_charged else self.pace.of(card.state)


def has_day_budget(plan: StudyPlan | None, day: int) -> bool:
    """Return whether a plan says how long a study day is: until its last interview is over."""
    return plan is not None and any(item.day >= day for item in plan.interviews)


def load_day_budget(reader: Reader, plan: StudyPlan, day: int, pace: Pace) -> DayBudget:
    """Return the budget of a study day.

    Args:
        reader: Reads what was done.
        plan: The study plan.
        day: The study day.
        pace: Predicted seconds of cards, from answers before this day.
    """
    rows = reader.queue.done_today(day).values()
    return DayBudget(
        day,
        seconds=plan.minutes_on(day) * 60.0,
        answered=sum(row.milliseconds for row in rows) / 1000,
        predicted=sum(
            row.new * pace.new + row.reviews * pace.review + row.carried * pace.learning
            for row in rows
        ),
        pace=pace,
    )
