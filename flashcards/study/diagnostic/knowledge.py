"""Estimate from a few answers how much of each deck a learner knows already.

Each deck has a share p of notes that are known already. A right answer may be a guess, and
a wrong one a slip. The prior of p is a mixture of Beta distributions, weighted by how well
each explains all decks together (a hierarchical model): two questions do not settle a deck.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log, prod, sqrt
from typing import TYPE_CHECKING

from flashcards.domain.content import ChoiceNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flashcards.domain.content import Note

SLIP = 0.10
GUESS = 0.02
"""Chance of answering a question right without options and without knowing."""
MEANS = tuple(round(0.05 * n, 2) for n in range(1, 19))
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0)
_CELLS = 100
_GRID = tuple((n + 0.5) / _CELLS for n in range(_CELLS))
_TAIL = 0.05
_NORMAL_90 = 1.645

GradedQuestion = tuple[bool, float]
"""Whether an answer was right, and the chance of guessing it."""


@dataclass(frozen=True, slots=True)
class KnowledgeEstimate:
    """How much of a deck is known already."""

    mean: float
    sd: float
    low: float
    """Lower end of the interval that holds the true share with a probability of 90%."""
    high: float
    questions: int
    right: int


def guess_chance(note: Note) -> float:
    """Return the chance of answering a note right without knowing it."""
    if (
        isinstance(note, ChoiceNote)
        and sum(option.correct for option in note.options) == 1
    ):
        return 1 / len(note.options)
    return GUESS


def chance_of_right(known: float, guess: float) -> float:
    """Return the chance of a right answer where this share, 0 to 1, is known."""
    return known * (1 - SLIP) + (1 - known) * guess


def beta_distribution(a: float, b: float) -> tuple[float, ...]:
    """Return a Beta distribution on the grid, summing to 1."""
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    values = [_power(p, a - 1, b - 1, scale) for p in _GRID]
    total = sum(values)
    return tuple(value / total for value in values)


def likelihood(answers: Sequence[GradedQuestion]) -> tuple[float, ...]:
    """Return the chance of answers at each share of the grid."""
    return tuple(_likelihood(p, answers) for p in _GRID)


def posterior(prior: Sequence[float], chances: Sequence[float]) -> tuple[float, ...]:
    """Return prior times likelihood on the grid; it sums to the evidence."""
    return tuple(a * b for a, b in zip(prior, chances, strict=True))


def mean_of(distribution: Sequence[float]) -> float:
    """Return the mean of a distribution on the grid, whatever it sums to."""
    total = sum(distribution)
    return sum(p * share for p, share in zip(_GRID, distribution, strict=True)) / total


def estimate_by_deck(
    answers: Mapping[str, Sequence[GradedQuestion]],
) -> dict[str, KnowledgeEstimate]:
    """Return the estimate for every deck, each informed by the answers of all decks."""
    mixed = {deck: [0.0] * _CELLS for deck in answers}
    total = 0.0
    for joint in _iter_joint_posteriors(answers):
        sums = {deck: sum(values) for deck, values in joint.items()}
        evidence = prod(sums.values())
        total += evidence
        for deck, values in joint.items():
            share = evidence / sums[deck]
            mixed[deck] = [
                old + share * new for old, new in zip(mixed[deck], values, strict=True)
            ]
    return {
        deck: _to_estimate([value / total for value in values], answers[deck])
        for deck, values in mixed.items()
    }


def estimate_overall(
    answers: Mapping[str, Sequence[GradedQuestion]], weights: Mapping[str, float]
) -> KnowledgeEstimate:
    """Return the estimate for all decks asked about together.

    Args:
        answers: The answers by deck, at least one.
        weights: The weight of each deck, such as its number of notes; above 0.
    """
    whole = sum(weights[deck] for deck in answers)
    total = first = second = 0.0
    for joint in _iter_joint_posteriors(answers):
        # Under one prior the decks are independent: their variances add up.
        evidence, mean, variance = 1.0, 0.0, 0.0
        for deck, values in joint.items():
            share = weights[deck] / whole
            known, square = mean_of(values), _mean_square(values)
            evidence *= sum(values)
            mean += share * known
            variance += share * share * (square - known * known)
        total += evidence
        first += evidence * mean
        second += evidence * (variance + mean * mean)
    mean = first / total
    sd = sqrt(max(0.0, second / total - mean * mean))
    graded = [question for deck in answers.values() for question in deck]
    return KnowledgeEstimate(
        mean=mean,
        sd=sd,
        low=max(0.0, mean - _NORMAL_90 * sd),
        high=min(1.0, mean + _NORMAL_90 * sd),
        questions=len(graded),
        right=sum(right for right, _ in graded),
    )


def _iter_joint_posteriors(
    answers: Mapping[str, Sequence[GradedQuestion]],
) -> Iterator[dict[str, tuple[float, ...]]]:
    """Yield prior times likelihood of every deck, for each prior of the grid."""
    likelihoods = {deck: likelihood(graded) for deck, graded in answers.items()}
    for mean in MEANS:
        for strength in STRENGTHS:
            prior = beta_distribution(mean * strength, (1 - mean) * strength)
            yield {
                deck: posterior(prior, chances) for deck, chances in likelihoods.items()
            }


def _to_estimate(
    distribution: Sequence[float], answers: Sequence[GradedQuestion]
) -> KnowledgeEstimate:
    mean = mean_of(distribution)
    return KnowledgeEstimate(
        mean=mean,
        sd=sqrt(max(0.0, _mean_square(distribution) - mean * mean)),
        low=_quantile(distribution, _TAIL),
        high=_quantile(distribution, 1 - _TAIL),
        questions=len(answers),
        right=sum(right for right, _ in answers),
    )


def _mean_square(distribution: Sequence[float]) -> float:
    """Return the mean of the squares of a distribution, whatever it sums to."""
    squares = (p * p * share for p, share in zip(_GRID, distribution, strict=True))
    return sum(squares) / sum(distribution)


def _quantile(distribution: Sequence[float], share: float) -> float:
    below = 0.0
    for p, mass in zip(_GRID, distribution, strict=True):
        below += mass
        if below >= share:
            return p
    return _GRID[-1]


def _likelihood(p: float, answers: Sequence[GradedQuestion]) -> float:
    result = 1.0
    for right, guess in answers:
        chance = chance_of_right(p, guess)
        result *= chance if right else 1 - chance
    return result


def _power(p: float, a: float, b: float, scale: float) -> float:
    return exp(scale + a * log(p) + b * log(1 - p))
