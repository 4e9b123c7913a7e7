"""Recall: points ticked by the learner, and ticked before that where their words were found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.grading.result import Mark, Marking
from flashcards.grading.words.wording import is_negation, word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.content import RecallNote
    from flashcards.grading.answers import Recalled

_CLAUSE_END = re.compile(r"[.:;!?]\s|\n")
_PLURAL_FROM = 4
_ALMOST = 0.999
_SINGULARS = frozenset((
    "means", "news", "bias", "loss", "bayes", "less", "basis", "axis", "series", "always",
    "gas", "bus", "status", "plus", "versus", "thus", "this", "does", "was", "has",
))  # fmt: skip
"""Words that end in s and would be another word, or none, without it."""


def found_points(note: RecallNote, text: str) -> dict[int, str]:
    """Return the points whose keywords a text holds, each with the keyword found.

    A keyword behind a negation, such as `not biased`, is not found.
    """
    spoken = [
        _singulars(words)
        for clause in _CLAUSE_END.split(text)
        for words in word_forms(clause)
    ]
    found = {}
    for index, point in enumerate(note.points):
        for keyword in point.keywords:
            wanted = [_singulars(words) for words in word_forms(keyword)]
            if any(_holds(words, each) for words in spoken for each in wanted):
                found[index] = keyword
                break
    return found


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether words hold others in their order, one after the other and not negated."""
    size = len(wanted)
    return bool(wanted) and any(
        words[start : start + size] == wanted
        and not (start and is_negation(words[start - 1]))
        for start in range(len(words) - size + 1)
    )


def _singulars(words: Sequence[str]) -> list[str]:
    return [_singular(word) for word in words]


def mark_recall(note: RecallNote, given: Recalled) -> Marking:
    """Return what the points ticked come to, by their weights."""
    ticked = set(given.points)
    found = found_points(note, given.text) if given.text else {}
    weights = [max(0.0, point.weight) for point in note.points]
    whole = sum(weights)
    reached = sum(weight for index, weight in enumerate(weights) if index in ticked)
    hits = sum(index in ticked for index in range(len(note.points)))
    marks = []
    for index, point in enumerate(note.points):
        is_hit = index in ticked
        reason = [f'found: "{found[index]}"'] if is_hit and index in found else []
        reason += ["required"] if point.required else []
        marks.append(
            Mark(point.text, "right" if is_hit else "missed", ", ".join(reason))
        )
    return Marking(
        score=1.0 if hits == len(note.points) else _share(reached, whole),
        marks=tuple(marks),
        detail=f"{hits} of {len(note.points)} points",
        required_missed=any(
            point.required and index not in ticked
            for index, point in enumerate(note.points)
        ),
    )


def most_missed(count: int, answers: Iterable[Sequence[int]]) -> tuple[int, int] | None:
    """Return the point missed most and how often, None where none was ever missed.

    Args:
        count: The points of the note.
        answers: The points ticked, one answer after another.
    """
    misses = [0] * count
    for ticked in answers:
        for index in range(count):
            misses[index] += index not in ticked
    most = max(misses, default=0)
    return (misses.index(most), most) if most else None


def _share(reached: float, whole: float) -> float:
    # However little a missed point weighs, its absence is seen.
    return min(reached / whole, _ALMOST) if whole > 0 else 0.0


def _singular(word: str) -> str:
    is_plural = (
        word.endswith("s") and not word.endswith("ss") and word not in _SINGULARS
    )
    if len(word) >= _PLURAL_FROM and is_plural:
        return word[:-1]
    return word
