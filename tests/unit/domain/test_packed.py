"""Packed reviews equal the reviews that were packed."""

from __future__ import annotations

import pytest

from flashcards.domain.bundle import PastReview
from flashcards.domain.packed_reviews import PackedReviews

ROWS = [(2**47, 739_000, 1, 86_399_999, 0, 0), (0, 1, 4, 0, 3, 2**40), (7, 8, 2, 1, 2, 60)]  # fmt: skip
REVIEWS = [PastReview(*row) for row in ROWS]


def test_packed_reviews_are_returned_unchanged() -> None:
    packed = PackedReviews(ROWS)

    assert list(packed) == REVIEWS
    assert all(type(review) is PastReview for review in packed)
    assert [packed[place] for place in (0, 2, -1, -3)] == [
        REVIEWS[place] for place in (0, 2, -1, -3)
    ]
    assert list(packed.instants) == [row[0] for row in ROWS]
    assert list(zip(*packed.columns(), strict=True)) == ROWS


@pytest.mark.parametrize(
    "part",
    [slice(None), slice(1, None), slice(-1), slice(2, 1), slice(9), slice(None, None, -1)],
)  # fmt: skip
def test_a_slice_of_packed_reviews_equals_the_slice_of_the_list(part: slice) -> None:
    assert list(PackedReviews(ROWS)[part]) == REVIEWS[part]


def test_packed_reviews_equal_the_same_reviews_in_any_sequence() -> None:
    packed = PackedReviews(ROWS)

    assert packed == REVIEWS == packed
    assert packed == tuple(REVIEWS)
    assert packed != REVIEWS[:2]
    assert PackedReviews(ROWS[::-1]) != packed
    assert not PackedReviews()


def test_an_index_out_of_range_is_refused() -> None:
    with pytest.raises(IndexError):
        PackedReviews(ROWS)[3]


def test_uids_and_answers_of_any_kind_are_returned() -> None:
    given = [
        REVIEWS[0]._replace(uid="0" * 31 + "1"),
        REVIEWS[1]._replace(uid="short", answer='{"text": "ü"}'),
        REVIEWS[2]._replace(uid="ü" * 32),
        REVIEWS[2]._replace(uid="f" * 32, answer=""),
        REVIEWS[2],
    ]
    packed = PackedReviews()
    for review in given:
        packed.add(review)

    assert list(packed) == given == packed
    assert [packed[place] for place in range(5)] == given
    assert packed[1:3] == given[1:3]
    assert packed.answered == 1
    assert not packed.is_bare
    assert PackedReviews(ROWS).is_bare
