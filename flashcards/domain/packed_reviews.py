"""Past reviews packed as numbers: a package or a store may hold millions of them."""

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

_EACH = 6
_AT = 0
_UID = 32
"""Characters of a uid as this program makes them."""
_NO_UID, _NO_ANSWER = PastReview._field_defaults.values()
_FILLER = bytes(_UID)
_NO_OTHERS: dict[int, tuple[str, str | None]] = {}
_review: Callable[[Any], PastReview] = partial(tuple.__new__, PastReview)


class PackedReviews(Sequence[PastReview]):
    """Reviews in a quarter of the room that tuples take."""

    __slots__ = ("_others", "_uids", "_values")

    def __init__(self, rows: Iterable[Numbers] = ()) -> None:
        """Hold reviews of 64-bit numbers, without uid and answer."""
        self._values = array("q", list(chain.from_iterable(rows)))
        self._uids: bytes | bytearray = b""
        # Uid and answer of those that have an answer, or a uid of another length.
        self._others = _NO_OTHERS

    def add(self, review: Sequence[Any]) -> None:
        """Add one review, given as the fields of a `PastReview`; either all have a uid or none."""
        if not self._uids:
            self._uids = bytearray()
        self._values.extend(review[:_EACH])
        uid, answer = review[_EACH:]
        if answer is not None or len(uid) != _UID or not uid.isascii():
            if self._others is _NO_OTHERS:
                self._others = {}
            self._others[len(self) - 1] = uid, answer
            self._uids += _FILLER
        else:
            self._uids += uid.encode()

    @property
    def is_bare(self) -> bool:
        """Whether none has a uid or an answer."""
        return not self._uids

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(bool(answer) for _, answer in self._others.values())

    def __len__(self) -> int:
        return len(self._values) // _EACH

    def __iter__(self) -> Iterator[PastReview]:
        uids: Iterable[str] = repeat(_NO_UID)
        answers: Iterable[str | None] = repeat(_NO_ANSWER)
        if self._uids:
            text = self._uids.decode()
            uids = [text[start : start + _UID] for start in range(0, len(text), _UID)]
        if self._others:
            given = dict(enumerate(uids)) | {
                place: uid for place, (uid, _) in self._others.items()
            }
            uids = given.values()
            nothing = _NO_UID, _NO_ANSWER
            answers = [
                self._others.get(place, nothing)[1] for place in range(len(self))
            ]
        columns = [iter(self._values)] * _EACH
        return map(_review, zip(*columns, uids, answers, strict=False))

    @overload
    def __getitem__(self, place: SupportsIndex) -> PastReview: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PastReview]: ...
    def __getitem__(
        self, place: SupportsIndex | slice
    ) -> PastReview | Sequence[PastReview]:
        if isinstance(place, slice):
            return list(self)[place]
        number = range(len(self))[place]
        uid, answer = _NO_UID, _NO_ANSWER
        if number in self._others:
            uid, answer = self._others[number]
        elif self._uids:
            uid = self._uids[number * _UID : (number + 1) * _UID].decode()
        values = self._values[number * _EACH : (number + 1) * _EACH]
        return _review((*values, uid, answer))

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
