"""Convert memories to cards of the `fsrs` package, which only this package imports.

`fsrs` is imported inside the functions: it takes longer to load than reading what is due.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from flashcards.domain.cards import State
from flashcards.domain.clock import date_of

if TYPE_CHECKING:
    import fsrs

    from flashcards.domain.cards import Memory
    from flashcards.domain.settings.settings import DeckOptions

_NOON = time(12, tzinfo=UTC)


def noon_of(day: int) -> datetime:
    """Return noon in UTC on a study day, which represents the whole day for `fsrs`.

    `fsrs` counts elapsed days as whole periods of 24 hours. Noon to noon in UTC makes them
    equal to the difference of study days.
    """
    return datetime.combine(date_of(day), _NOON)


def to_fsrs(memory: Memory) -> fsrs.Card:
    """Return the `fsrs` card of a memory; a new card is one at its first learning step."""
    import fsrs

    is_new = memory.state == State.NEW
    last = None if memory.last_day is None else noon_of(memory.last_day)
    # Without an id `fsrs` would sleep for a millisecond to create one.
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Learning if is_new else fsrs.State(memory.state),
        step=0 if is_new else memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=last or noon_of(1),
        last_review=last,
    )


def strength_of(card: fsrs.Card) -> tuple[float, float]:
    """Return stability and difficulty of an `fsrs` card that has been reviewed."""
    return cast("float", card.stability), cast("float", card.difficulty)


def build_engine(options: DeckOptions) -> fsrs.Scheduler:
    """Return the `fsrs` scheduler of a deck's options, without its fuzz."""
    import fsrs

    return fsrs.Scheduler(
        parameters=options.weights,
        desired_retention=options.desired_retention,
        learning_steps=[timedelta(seconds=s) for s in options.learning_steps],
        relearning_steps=[timedelta(seconds=s) for s in options.relearning_steps],
        maximum_interval=options.maximum_interval,
        enable_fuzzing=False,
    )
