"""The answers of a learner: one frozen value for each graded kind, and its plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CHARACTERS = 10_000
"""The longest text of an answer that is read and saved."""


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """The options picked in a choice."""

    KIND: ClassVar[str] = "choice"
    chosen: tuple[int, ...] = ()
    """Indexes of the note's options."""


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """A number, and the text as it was typed."""

    KIND: ClassVar[str] = "numeric"
    value: float | None = None
    """None if the text is not a number."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """A word or phrase."""

    KIND: ClassVar[str] = "typed"
    text: str = ""


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """The items in the order of the learner."""

    KIND: ClassVar[str] = "order"
    items: tuple[int, ...] = ()
    """Indexes of the note's items."""


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """A right side for each left side."""

    KIND: ClassVar[str] = "match"
    rights: tuple[int | None, ...] = ()
    """For each pair of the note an index of `rights_of(note)`; None if not answered."""


@dataclass(frozen=True, slots=True)
class RecallAnswer:
    """A text written from memory, and the points that the learner ticked."""

    KIND: ClassVar[str] = "recall"
    points: tuple[int, ...] = ()
    """Indexes of the note's points."""
    text: str = ""


GradedAnswer = (
    ChoiceAnswer
    | NumericAnswer
    | TypedAnswer
    | OrderAnswer
    | MatchAnswer
    | RecallAnswer
)

_KINDS: tuple[type[GradedAnswer], ...] = (
    ChoiceAnswer,
    NumericAnswer,
    TypedAnswer,
    OrderAnswer,
    MatchAnswer,
    RecallAnswer,
)
_EMPTY: dict[str, GradedAnswer] = {kind.KIND: kind() for kind in _KINDS}


def empty_answer(kind: str) -> GradedAnswer | None:
    """Return the empty answer to a kind of note, None for a kind that is not graded."""
    return _EMPTY.get(kind)


def to_plain(answer: GradedAnswer) -> dict[str, Any]:
    """Return an answer as plain data for JSON; texts that are too long are cut."""
    return {"kind": answer.KIND, **_fields_of(answer)}


def from_plain(data: Mapping[str, Any]) -> GradedAnswer | None:
    """Return the answer of plain data from `to_plain`, None if the data is not an answer."""
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
    """Return whether a plain value is a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _fields_of(answer: GradedAnswer) -> dict[str, Any]:
    match answer:
        case ChoiceAnswer():
            return {"chosen": list(answer.chosen)}
        case NumericAnswer():
            return {"value": answer.value, "text": _storable(answer.text)}
        case TypedAnswer():
            return {"text": _storable(answer.text)}
        case OrderAnswer():
            return {"items": list(answer.items)}
        case MatchAnswer():
            return {"rights": list(answer.rights)}
        case RecallAnswer():
            text = {"text": _storable(answer.text)} if answer.text else {}
            return {"points": list(answer.points), **text}


def _storable(text: str) -> str:
    # Half a surrogate pair cannot be stored.
    return text[:MOST_CHARACTERS].encode(errors="replace").decode()


def _are_indexes(values: list[Any]) -> bool:
    return all(
        isinstance(value, int) and not isinstance(value, bool) and value >= 0
        for value in values
    )
