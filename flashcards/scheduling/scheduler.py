"""When a card comes back: the memories that the four ratings lead to.

The memory that `preview` returns for a rating is the one that is recorded.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, State
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.fuzz import (
    choose_fuzzed_days,
    compute_fuzz_bounds,
    compute_fuzz_factor,
    minimum_after_fuzz,
)
from flashcards.scheduling.memory import build_engine, noon_of, strength_of, to_fsrs

if TYPE_CHECKING:
    from collections.abc import Callable

    import fsrs

    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import DeckOptions


class Scheduler:
    """Schedules cards that share their options."""

    def __init__(self, options: DeckOptions) -> None:
        self.options = options
        self._formulas = Formulas(options.weights)

    @cached_property
    def _engine(self) -> fsrs.Scheduler:
        return build_engine(self.options)

    def warm_up(self) -> None:
        """Load `fsrs` now, so that the first preview does not wait for it."""
        _ = self._engine

    def preview(
        self,
        memory: Memory,
        moment: Moment,
        card_key: str,
        load: Callable[[int], float] | None = None,
    ) -> dict[Rating, Memory]:
        """Return the memory of a card after each rating, given at this moment.

        Args:
            memory: The memory of the card.
            moment: Now.
            card_key: The key of the card, from which fuzz is derived.
            load: Returns the predicted seconds of a study day. Of the days that fuzz allows
                the quietest is chosen, among equals the one nearest to the fuzzed day.
                Ignored without fuzz.
        """
        import fsrs

        card, now = to_fsrs(memory), noon_of(moment.day)
        after = {
            rating: self._engine.review_card(card, fsrs.Rating(rating), now)[0]
            for rating in Rating
        }
        days = self._days(memory, after, card_key, _count_from(moment.day, load))
        return {
            rating: self._after(memory, moment, rating, after[rating], days[rating])
            for rating in Rating
        }

    def retrievability(self, memory: Memory, day: int) -> float | None:
        """Return the chance of recall on a study day, None for a card never reviewed."""
        if memory.stability is None or memory.last_day is None:
            return None
        return self.retrievability_of(memory.stability, max(0, day - memory.last_day))

    def retrievability_of(self, stability: float, elapsed_days: float) -> float:
        """Return the chance of recall some days after a review, for a stability."""
        return self._formulas.retrievability(stability, elapsed_days)

    def _days(
        self,
        memory: Memory,
        after: dict[Rating, fsrs.Card],
        card_key: str,
        load: Callable[[int], float] | None,
    ) -> dict[Rating, int]:
        """Return the interval of each rating in whole days, as if the card were in Review after it.

        Hard, Good and Easy differ by at least a day. Easy also differs from a Good that is
        still a learning step, as if that were the last step.
        """
        factor = (
            compute_fuzz_factor(card_key, memory.reps) if self.options.fuzz else None
        )
        previous = memory.interval_days if memory.state == State.REVIEW else 0
        days = {Rating.AGAIN: self._fitted(after[Rating.AGAIN], None, 0, 1)}
        floor = days[Rating.AGAIN] if _is_in_review(after[Rating.AGAIN]) else 1
        for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
            days[rating] = self._fitted(after[rating], factor, previous, floor, load)
            hard_step = rating == Rating.HARD and not _is_in_review(after[rating])
            floor = 1 if hard_step else days[rating] + 1
        return days

    def _fitted(
        self,
        card: fsrs.Card,
        factor: float | None,
        previous: int,
        floor: int,
        load: Callable[[int], float] | None = None,
    ) -> int:
        options, maximum = self.options, self.options.maximum_interval
        stability, _ = strength_of(card)
        interval = self._formulas.interval(stability, options.desired_retention)
        if factor is not None:
            floor = max(floor, minimum_after_fuzz(interval, previous, maximum))
        days = choose_fuzzed_days(interval, factor, floor, maximum)
        if factor is None or load is None:
            return days
        first, last = compute_fuzz_bounds(interval, floor, maximum)
        return min(
            range(first, last + 1), key=lambda day: (load(day), abs(day - days), day)
        )

    def _after(
        self, memory: Memory, moment: Moment, rating: Rating, card: fsrs.Card, days: int
    ) -> Memory:
        lapsed = memory.state == State.REVIEW and rating == Rating.AGAIN
        stability, difficulty = strength_of(card)
        common = replace(
            memory,
            stability=stability,
            difficulty=difficulty,
            last_day=moment.day,
            reps=memory.reps + 1,
            lapses=memory.lapses + lapsed,
        )
        if _is_in_review(card):
            return replace(
                common,
                state=State.REVIEW,
                step=None,
                due_day=moment.day + days,
                due_at=None,
                interval_seconds=days * DAY_SECONDS,
            )
        wait = round((card.due - noon_of(moment.day)).total_seconds())
        due_at = moment.at + wait * 1000
        return replace(
            common,
            state=State(card.state),
            step=card.step,
            due_day=moment.day_of(due_at),
            due_at=due_at,
            interval_seconds=wait,
        )


def is_leech_lapse(lapses: int, threshold: int) -> bool:
    """Return whether a card that has just reached this many lapses is called a leech.

    That is so at the threshold and at every half threshold after it (rounded up), so that a
    card which stays hard is reported again. A threshold of 0 means never.
    """
    if threshold <= 0 or lapses < threshold:
        return False
    half = max(1, (threshold + 1) // 2)
    return (lapses - threshold) % half == 0


def _is_in_review(card: fsrs.Card) -> bool:
    return State(card.state) is State.REVIEW


def _count_from(
    today: int, load: Callable[[int], float] | None
) -> Callable[[int], float] | None:
    """Return the load by days from today."""
    return None if load is None else lambda days: load(today + days)
