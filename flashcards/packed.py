"""Past reviews held as bare numbers: a package may bring millions of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from flashcards.bundle import PastReview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Numbers = tuple[int, int, int, int, int, int]
"""The fields of a `PastReview` before its uid."""

_EACH = 6
_AT = 0
_NO_UID, _NO_ANSWER = PastReview._field_defaults.values()
_review: Callable[[Any], PastReview] = partial(tuple.__new__, PastReview)


class PackedReviews(Sequence[PastReview]):
    """Reviews without uid or answer, in a quarter of the room that tuples take."""

    __slots__ = ("_values",)

    def __init__(self, rows: Iterable[Numbers] = ()) -> None:
        """Hold reviews of 64-bit numbers."""
        self._values = array("q", list(chain.from_iterable(rows)))

    def __len__(self) -> int:
        return len(self._values) // _EACH

    def __iter__(self) -> Iterator[PastReview]:
        columns = [iter(self._values)] * _EACH
        return map(
            _review, zip(*columns, repeat(_NO_UID), repeat(_NO_ANSWER), strict=False)
        )

    @overload
    def __getitem__(self, place: SupportsIndex) -> PastReview: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PastReview]: ...
    def __getitem__(
        self, place: SupportsIndex | slice
    ) -> PastReview | Sequence[PastReview]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            if step != 1:
                return list(self)[place]
            part = PackedReviews()
            part._values = self._values[_EACH * start : _EACH * stop]
            return part
        start = range(len(self))[place] * _EACH
        values = self._values[start : start + _EACH]
        return _review((*values, _NO_UID, _NO_ANSWER))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            one == another for one, another in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"PackedReviews({list(self)!r})"

    def columns(self) -> Iterator[array[int]]:
        """Give the numbers of all reviews, field by field in the order of `PastReview`."""
        return (self._values[field::_EACH] for field in range(_EACH))

    @property
    def instants(self) -> array[int]:
        """When the reviews were, in Unix milliseconds."""
        return self._values[_AT::_EACH]
