"""Calibration of confidence: Brier score, bins, and cards that were sure but wrong."""

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
"""The chance of being right that each confidence stands for."""

ENOUGH = 20
"""The figures are shown from so many answers on."""


class ConfidenceBin(NamedTuple):
    """The answers with one confidence."""

    confidence: Confidence
    predicted: float
    """The chance of being right that the confidence stands for."""
    answers: int
    right: float
    """Mean score, 0 to 1; 0 without answers."""


class SureButWrong(NamedTuple):
    """A card whose last answer was sure but not right."""

    card: str
    deck: str
    front: str
    day: int
    score: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidence agrees with results."""

    answers: int
    """Answers with a confidence."""
    brier: float | None
    """Mean squared difference of prediction and score, 0 is best; None without answers."""
    bins: tuple[ConfidenceBin, ...]
    """Guess, unsure and sure, in that order."""
    sure_but_wrong: tuple[SureButWrong, ...]
    """The worst first, then the latest."""

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers to show the figures."""
        return self.answers >= ENOUGH

    @property
    def missing(self) -> str:
        """Why the figures are not shown yet; empty if there are enough answers."""
        if self.is_enough:
            return ""
        return f"Not enough answers yet for confidence ({self.answers} of {ENOUGH})."


def compute_calibration(answers: Iterable[KeptAnswer]) -> Calibration:
    """Return how confidence and results agree.

    Args:
        answers: Answers that were not undone, oldest first. An answer without a score
            counts as right unless it was rated Again.
    """
    rated: list[tuple[KeptAnswer, Confidence, float]] = []
    for answer in answers:
        record = from_json(answer.answer)
        if record and record.confidence:
            recalled = float(answer.rating is not Rating.AGAIN)
            score = recalled if record.score is None else record.score
            rated.append((answer, record.confidence, score))
    squares = [(PREDICTED[word] - score) ** 2 for _, word, score in rated]
    return Calibration(
        answers=len(rated),
        brier=sum(squares) / len(squares) if squares else None,
        bins=tuple(
            _bin(word, [score for _, other, score in rated if other == word])
            for word in PREDICTED
        ),
        sure_but_wrong=_sure_but_wrong(rated),
    )


def _bin(word: Confidence, scores: Sequence[float]) -> ConfidenceBin:
    right = sum(scores) / len(scores) if scores else 0.0
    return ConfidenceBin(word, PREDICTED[word], len(scores), right)


def _sure_but_wrong(
    rated: Sequence[tuple[KeptAnswer, Confidence, float]],
) -> tuple[SureButWrong, ...]:
    last = {answer.card: (answer, word, score) for answer, word, score in rated}
    wrong = [
        SureButWrong(answer.card, answer.deck, answer.front, answer.day, score)
        for answer, word, score in last.values()
        if word == "sure" and score < 1
    ]
    return tuple(sorted(wrong, key=lambda card: (card.score, -card.day, card.card)))
