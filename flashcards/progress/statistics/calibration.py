"""Whether being sure means being right: Brier score, bins, and what was sure but wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import Rating
from flashcards.grading.record import from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.grading.lines import Confidence
    from flashcards.store.rows import KeptAnswer

PREDICTED: dict[Confidence, float] = {"guess": 0.25, "unsure": 0.6, "sure": 0.95}
"""The chance of being right that each word is taken for."""

ENOUGH = 20
"""Answers from which the figures mean something."""


class ConfidenceBin(NamedTuple):
    """The answers given with one degree of confidence."""

    confidence: Confidence
    predicted: float
    """The chance of being right that the word is taken for."""
    answers: int
    right: float
    """Their mean score, 0 to 1; 0 where there is none."""


class SureButWrong(NamedTuple):
    """A card whose last answer was given for sure and was not right."""

    card: str
    deck: str
    front: str
    day: int
    score: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well a learner knows what they know."""

    answers: int
    """Answers given with a word of confidence."""
    brier: float | None
    """Mean squared distance of prediction and score, 0 best; None without answers."""
    bins: tuple[ConfidenceBin, ...]
    """Guess, unsure and sure, in this order."""
    sure_but_wrong: tuple[SureButWrong, ...]
    """The worst first, then the latest."""

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers for the figures to mean something."""
        return self.answers >= ENOUGH

    @property
    def missing(self) -> str:
        """Why the figures are not shown yet; empty where there is enough."""
        if self.is_enough:
            return ""
        return f"Not enough answers yet for confidence ({self.answers} of {ENOUGH})."


def compute_calibration(kept: Iterable[KeptAnswer]) -> Calibration:
    """Return how confidence and results agree.

    Args:
        kept: The answers that count, oldest first. A card that is not graded counts as
            right unless it was rated Again.
    """
    said: list[tuple[KeptAnswer, Confidence, float]] = []
    for one in kept:
        record = from_json(one.answer)
        if record and record.confidence:
            recalled = float(one.rating is not Rating.AGAIN)
            score = recalled if record.score is None else record.score
            said.append((one, record.confidence, score))
    squares = [(PREDICTED[word] - score) ** 2 for _, word, score in said]
    return Calibration(
        answers=len(said),
        brier=sum(squares) / len(squares) if squares else None,
        bins=tuple(
            _bin(word, [score for _, other, score in said if other == word])
            for word in PREDICTED
        ),
        sure_but_wrong=_sure_but_wrong(said),
    )


def _bin(word: Confidence, scores: Sequence[float]) -> ConfidenceBin:
    right = sum(scores) / len(scores) if scores else 0.0
    return ConfidenceBin(word, PREDICTED[word], len(scores), right)


def _sure_but_wrong(
    said: Sequence[tuple[KeptAnswer, Confidence, float]],
) -> tuple[SureButWrong, ...]:
    last = {one.card: (one, word, score) for one, word, score in said}
    found = [
        SureButWrong(one.card, one.deck, one.front, one.day, score)
        for one, word, score in last.values()
        if word == "sure" and score < 1
    ]
    return tuple(sorted(found, key=lambda one: (one.score, -one.day, one.card)))
