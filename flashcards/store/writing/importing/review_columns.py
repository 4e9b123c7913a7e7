"""The reviews of an import in columns, sorted into the order of the log."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate

from flashcards.domain.bundle import PastReview
from flashcards.domain.packed_reviews import PackedReviews

NO_UID_OR_ANSWER: tuple[str, str | None] = ("", None)
"""The uid and answer of most reviews."""
_NUMBERS = 6
"""Fields of a review before its uid."""
_INDEX_BITS = 32
_INDEX_MASK = (1 << _INDEX_BITS) - 1


class ReviewColumns:
    """All reviews of an import in columns, which takes fewer objects than rows."""

    def __init__(self, cards: Sequence[Sequence[PastReview]]) -> None:
        """Collect the reviews of each card, in the order of their file."""
        self.numbers = [array("q") for _ in PastReview._fields[:_NUMBERS]]
        """Instant, day, rating, duration, state, interval."""
        self.owners = array("i")
        """The index of the card of each review."""
        self.uids_and_answers: dict[int, tuple[str, str | None]] = {}
        """Uid and answer of the reviews that have any, by their index."""
        self._order: list[int] = []
        for index, reviews in enumerate(cards):
            if reviews:
                self._add(index, reviews)
        self._order.sort()

    def __len__(self) -> int:
        return len(self._order)

    def in_order(self, start: int, stop: int) -> list[int]:
        """Return the indexes of some reviews in the order of the log.

        That is by time, but the reviews of one card stay in the order of their file.
        """
        return [code & _INDEX_MASK for code in self._order[start:stop]]

    def _add(self, owner: int, reviews: Sequence[PastReview]) -> None:
        first = len(self.owners)
        if isinstance(reviews, PackedReviews) and reviews.is_bare:
            for column, values in zip(self.numbers, reviews.columns(), strict=True):
                column.extend(values)
        else:
            fields = list(zip(*reviews, strict=True))
            for column, field in zip(self.numbers, fields[:_NUMBERS], strict=True):
                column.extend(field)
            self.uids_and_answers.update(
                (index, each)
                for index, each in enumerate(
                    zip(*fields[_NUMBERS:], strict=True), first
                )
                if each != NO_UID_OR_ANSWER
            )
        self.owners.extend([owner] * len(reviews))
        times = accumulate(self.numbers[0][first:], max)
        self._order.extend(
            time << _INDEX_BITS | index for index, time in enumerate(times, first)
        )
