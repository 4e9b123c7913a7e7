"""Past reviews packed into arrays, because a package or a store may have millions."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from flashcards.domain.bundle import PastReview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Numbers = tuple[int, int, int, int, int, int]
"""The fields of a `PastReview` before its uid."""

_FIELD_COUNT = 6
_AT = 0
_UID_LENGTH = 32
"""Characters of a uid as this program makes them."""
_NO_UID, _NO_ANSWER = PastReview._field_defaults.values()
_FILLER = bytes(_UID_LENGTH)
_NO_EXTRAS: dict[int, tuple[str, str | None]] = {}
_review: Callable[[Any], PastReview] = partial(tuple.__new__, PastReview)


class PackedReviews(Sequence[PastReview]):
    """Reviews in a quarter of the memory of tuples."""

    __slots__ = ("_extras", "_uids", "_values")

    def __init__(self, rows: Iterable[Numbers] = ()) -> None:
        """Pack reviews of 64-bit numbers, without uid and answer."""
        self._values = array("q", list(chain.from_iterable(rows)))
        self._uids: bytes | bytearray = b""
        # Uid and answer by index, of reviews with an answer or a uid of another length.
        self._extras = _NO_EXTRAS

    def add(self, review: Sequence[Any]) -> None:
        """Add a review as the fields of a `PastReview`; all reviews must have a uid, or none."""
        if not self._uids:
            self._uids = bytearray()
        self._values.extend(review[:_FIELD_COUNT])
        uid, answer = review[_FIELD_COUNT:]
        if answer is not None or len(uid) != _UID_LENGTH or not uid.isascii():
            if self._extras is _NO_EXTRAS:
                self._extras = {}
            self._extras[len(self) - 1] = uid, answer
            self._uids += _FILLER
        else:
            self._uids += uid.encode()

    @property
    def is_bare(self) -> bool:
        """Whether no review has a uid or an answer."""
        return not self._uids

    @property
    def answered(self) -> int:
        """The number of reviews with an answer."""
        return sum(bool(answer) for _, answer in self._extras.values())

    def __len__(self) -> int:
        return len(self._values) // _FIELD_COUNT

    def __iter__(self) -> Iterator[PastReview]:
        uids: Iterable[str] = repeat(_NO_UID)
        answers: Iterable[str | None] = repeat(_NO_ANSWER)
        if self._uids:
            text = self._uids.decode()
            uids = [
                text[start : start + _UID_LENGTH]
                for start in range(0, len(text), _UID_LENGTH)
            ]
        if self._extras:
            uids_by_index = dict(enumerate(uids)) | {
                index: uid for index, (uid, _) in self._extras.items()
            }
            uids = uids_by_index.values()
            nothing = _NO_UID, _NO_ANSWER
            answers = [
                self._extras.get(index, nothing)[1] for index in range(len(self))
            ]
        columns = [iter(self._values)] * _FIELD_COUNT
        return map(_review, zip(*columns, uids, answers, strict=False))

    @overload
    def __getitem__(self, index: SupportsIndex) -> PastReview: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[PastReview]: ...
    def __getitem__(
        self, index: SupportsIndex | slice
    ) -> PastReview | Sequence[PastReview]:
        if isinstance(index, slice):
            return list(self)[index]
        number = range(len(self))[index]
        uid, answer = _NO_UID, _NO_ANSWER
        if number in self._extras:
            uid, answer = self._extras[number]
        elif self._uids:
            uid = self._uids[number * _UID_LENGTH : (number + 1) * _UID_LENGTH].decode()
        values = self._values[number * _FIELD_COUNT : (number + 1) * _FIELD_COUNT]
        return _review((*values, uid, answer))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            mine == theirs for mine, theirs in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"PackedReviews({list(self)!r})"

    def columns(self) -> Iterator[array[int]]:
        """Yield the numbers of all reviews, one array per field of `PastReview`."""
        return (self._values[field::_FIELD_COUNT] for field in range(_FIELD_COUNT))

    @property
    def instants(self) -> array[int]:
        """The instants of the reviews in Unix milliseconds."""
        return self._values[_AT::_FIELD_COUNT]
