"""A rating as the value that is recorded: the memory before and after, and the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import Answer, Rating
from flashcards.grading.record import to_json
from flashcards.scheduling.scheduler import is_leech_lapse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.cards import CardRow, Memory
    from flashcards.domain.clock import Moment
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import CurrentCard


class RatingPreview(NamedTuple):
    """The memories that the four ratings of a card lead to."""

    moment: Moment
    """When they were computed."""
    memories: Mapping[Rating, Memory]

    def memory_at(self, rating: Rating, at: int) -> Memory:
        """Return the memory after a rating given at an instant.

        Days are those of the preview, though the study day may have ended since: what was
        shown is what is recorded. Learning steps begin at the rating.
        """
        memory = self.memories[rating]
        if memory.due_at is None:
            return memory
        due_at = memory.due_at + at - self.moment.at
        return replace(memory, due_at=due_at, due_day=self.moment.day_of(due_at))


def preview_ratings(
    context: SessionContext, current: CurrentCard, moment: Moment | None = None
) -> RatingPreview:
    """Return what the four ratings of a card lead to, computed once for each time it is shown.

    Args:
        context: What sessions work with.
        current: The card.
        moment: When they are computed, unless they were before; now for None.
    """
    if current.preview is None:
        now = moment or context.moment()
        memories = context.preview_memories(current.row, now)
        current.preview = RatingPreview(now, memories)
    return current.preview


def cap_rating(current: CurrentCard, rating: Rating) -> Rating:
    """Return what a rating counts as: at most Hard where a required point was missed."""
    at_most = current.result.at_most if current.result else None
    return rating if at_most is None else min(rating, at_most)


def build_answer(
    context: SessionContext,
    current: CurrentCard,
    rating: Rating,
    moment: Moment | None = None,
) -> Answer:
    """Return the rating of a card as it is recorded; see `cap_rating`.

    Args:
        context: What sessions work with.
        current: The card.
        rating: The rating.
        moment: When it was given; now for None.
    """
    now, before = moment or context.moment(), current.row.memory
    counted = cap_rating(current, rating)
    preview = preview_ratings(context, current, now)
    after = preview.memory_at(counted, now.at)
    threshold = context.scheduler(current.row.deck).options.leech_threshold
    return Answer(
        card_id=current.row.card_id,
        key=current.row.key,
        rating=counted,
        at=now.at,
        day=preview.moment.day,
        duration_ms=max(0, now.at - current.shown_at),
        before=before,
        after=after,
        leech=after.lapses > before.lapses and is_leech_lapse(after.lapses, threshold),
        given=to_json(current.record()),
    )


def rating_label(rating: Rating, row: CardRow) -> str:
    """Return the label of a rating in undo, such as `Good on mcl-012`."""
    return f"{rating.name.capitalize()} on {row.key}"
