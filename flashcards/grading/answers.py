"""Answers as they are given: one frozen value for each graded kind, and its plain form."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CHARACTERS = 10_000
"""The longest answer in words that is read and kept."""


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """Options picked of a choice."""

    KIND: ClassVar[str] = "choice"
    chosen: tuple[int, ...] = ()
    """Indexes of the note's options."""


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """A number, and the words in which it was typed."""

    KIND: ClassVar[str] = "numeric"
    value: float | None = None
    """None where the words spell no number."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """A word or phrase."""

    KIND: ClassVar[str] = "typed"
    text: str = ""


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """The items in the order given."""

    KIND: ClassVar[str] = "order"
    items: tuple[int, ...] = ()
    """Indexes of the note's items."""


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """A right side for each left side."""

    KIND: ClassVar[str] = "match"
    rights: tuple[int | None, ...] = ()
    """For each pair of the note an index of `rights_of(note)`; None where left open."""


@dataclass(frozen=True, slots=True)
class RecallAnswer:
    """What was written from memory, and the points that the learner ticked."""

    KIND: ClassVar[str] = "recall"
    points: tuple[int, ...] = ()
    """Indexes of the note's points."""
    text: str = ""


GivenAnswer = (
    ChoiceAnswer
    | NumericAnswer
    | TypedAnswer
    | OrderAnswer
    | MatchAnswer
    | RecallAnswer
)

_KINDS: tuple[type[GivenAnswer], ...] = (
    ChoiceAnswer,
    NumericAnswer,
    TypedAnswer,
    OrderAnswer,
    MatchAnswer,
    RecallAnswer,
)
_EMPTY: dict[str, GivenAnswer] = {kind.KIND: kind() for kind in _KINDS}


def empty_answer(kind: str) -> GivenAnswer | None:
    """Return the empty answer to a kind of note, None for a kind that is not graded."""
    return _EMPTY.get(kind)


def to_plain(given: GivenAnswer) -> dict[str, Any]:
    """Return an answer as plain data for JSON; over-long words are cut."""
    return {"kind": given.KIND, **_own(given)}


def from_plain(data: Mapping[str, Any]) -> GivenAnswer | None:
    """Return the answer that `to_plain` wrote, None where the data is no such answer."""
    match data:
        case {"kind": "choice", "chosen": list(chosen)} if _are_indexes(chosen):
            return ChoiceAnswer(tuple(chosen))
        case {"kind": "numeric", "value": value, "text": str(text)} if (
            value is None or is_number(value)
        ):
            return NumericAnswer(None if value is None else float(value), text)
        case {"kind": "typed", "text": str(text)}:
            return TypedAnswer(text)
        case {"kind": "order", "items": list(items)} if _are_indexes(items):
            return OrderAnswer(tuple(items))
        case {"kind": "match", "rights": list(rights)} if _are_indexes(
            [right for right in rights if right is not None]
        ):
            return MatchAnswer(tuple(rights))
        case {"kind": "recall", "points": list(points)} if _are_indexes(points):
            text = data.get("text", "")
            return RecallAnswer(tuple(points), text if isinstance(text, str) else "")
        case _:
            return None


def is_number(value: Any) -> bool:
    """Tell whether a plain value is a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _own(given: GivenAnswer) -> dict[str, Any]:
    match given:
        case ChoiceAnswer():
            return {"chosen": list(given.chosen)}
        case NumericAnswer():
            return {"value": given.value, "text": _kept(given.text)}
        case TypedAnswer():
            return {"text": _kept(given.text)}
        case OrderAnswer():
            return {"items": list(given.items)}
        case MatchAnswer():
            return {"rights": list(given.rights)}
        case RecallAnswer():
            text = {"text": _kept(given.text)} if given.text else {}
            return {"points": list(given.points), **text}


def _kept(text: str) -> str:
    # Half a surrogate pair cannot be stored.
    return text[:MOST_CHARACTERS].encode(errors="replace").decode()


def _are_indexes(values: list[Any]) -> bool:
    return all(
        isinstance(value, int) and not isinstance(value, bool) and value >= 0
        for value in values
    )
