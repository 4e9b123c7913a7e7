"""An answer as it is saved in the log: what was asked, the answer and its score."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from flashcards.grading.answers import GradedAnswer, from_plain, is_number, to_plain
from flashcards.grading.lines import Confidence
from flashcards.grading.presentation import Presentation, present_as

if TYPE_CHECKING:
    from flashcards.domain.content import Note

_LEVELS = get_args(Confidence)


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer, with everything needed to show and count it later."""

    given: GradedAnswer | None
    """None for a card that the learner rated alone."""
    score: float | None = None
    """0 to 1; None if nothing was graded."""
    seconds: float = 0.0
    """From showing the question to the first answer."""
    confidence: Confidence = ""
    shown: tuple[int, ...] = ()
    """The order in which options, items or right sides were shown."""
    numbers: tuple[tuple[str, float], ...] = ()
    """The drawn numbers of a template."""
    misconceptions: tuple[str, ...] = ()

    def presentation(self, note: Note, face: str) -> Presentation:
        """Return how the note was asked."""
        return present_as(note, face, self.shown, dict(self.numbers))


def to_json(record: AnswerRecord) -> str | None:
    """Return a record as compact JSON; None if there is nothing to save."""
    if record.given is None and not record.confidence:
        return None
    data: dict[str, Any] = to_plain(record.given) if record.given is not None else {}
    if record.score is not None:
        data["score"] = round(record.score, 4)
    if record.seconds:
        data["seconds"] = round(record.seconds, 1)
    if record.confidence:
        data["confidence"] = record.confidence
    if record.shown:
        data["shown"] = list(record.shown)
    if record.numbers:
        data["numbers"] = dict(record.numbers)
    if record.misconceptions:
        data["misconceptions"] = list(record.misconceptions)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | None) -> AnswerRecord | None:
    """Return the record of JSON from `to_json`, None if the text is not a record."""
    if not text:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    given = from_plain(data)
    confidence = data.get("confidence", "")
    return AnswerRecord(
        given=given,
        score=_share(data.get("score")),
        seconds=_seconds(data.get("seconds")),
        confidence=confidence if confidence in _LEVELS else "",
        shown=tuple(n for n in _list(data.get("shown")) if isinstance(n, int)),
        numbers=_numbers(data.get("numbers")),
        misconceptions=tuple(
            slug for slug in _list(data.get("misconceptions")) if isinstance(slug, str)
        ),
    )


def _share(value: Any) -> float | None:
    return float(value) if is_number(value) and 0 <= value <= 1 else None


def _seconds(value: Any) -> float:
    return float(value) if is_number(value) and value > 0 else 0.0


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _numbers(value: Any) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, dict):
        return ()
    return tuple(
        (name, float(number)) for name, number in value.items() if is_number(number)
    )
