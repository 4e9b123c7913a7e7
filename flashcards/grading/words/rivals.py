"""Compares a typed answer with the other answers of its deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.words.wording import (
    folded_words,
    is_same,
    slip_count,
    slipped_words,
)
from flashcards.text.folding import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MAX_LABEL = 3
"""Letters up to which case alone distinguishes answers: `N` and `n`, `MB` and `Mb`."""
_MAX_EDITS = 6
"""Edits up to which one phrase can be a slip of another."""


def closest_slip(text: str, accepted: Sequence[str]) -> str | None:
    """Return the accepted phrase with the fewest slips, None if the text is not a slip."""
    slips = {
        phrase: count
        for phrase in accepted
        if (count := slip_count(text, phrase)) is not None
    }
    return min(slips, key=lambda phrase: slips[phrase], default=None)


def is_other_label(text: str, accepted: Sequence[str], others: Iterable[str]) -> bool:
    """Return whether a text is exactly another answer of the deck, by case or signs.

    Case counts in short texts: `N` and `n`. Signs count in all texts: `X/Y` and `XY`.
    """
    if text in accepted:
        return False
    if any(is_same(text, phrase, counts_all_signs=True) for phrase in accepted):
        return len(text) <= _MAX_LABEL and text in others
    return any(is_same(text, other, counts_all_signs=True) for other in others)


def is_other_answer(
    text: str, phrase: str, accepted: Sequence[str], others: Iterable[str]
) -> bool:
    """Return whether a slip of a phrase could also be another answer of the deck.

    Args:
        text: What was typed.
        phrase: The accepted phrase that was probably meant.
        accepted: All accepted phrases.
        others: The other answers of the deck.
    """
    slips = slip_count(text, phrase) or 0
    slipped = slipped_words(text, phrase)
    folded = fold_text(text)
    for other in dict.fromkeys(others):
        if not _may_matter(other, folded, slipped):
            continue
        if any(is_same(other, right) for right in accepted):
            continue
        if is_same(text, other) or not slipped.isdisjoint(folded_words(other)):
            return True
        count = slip_count(text, other)
        if count is not None and count <= slips:
            return True
    return False


def _may_matter(other: str, folded: str, slipped: set[str]) -> bool:
    """Return whether a phrase is similar enough to be compared; a deck may have thousands."""
    from rapidfuzz.distance import OSA

    plain = fold_text(other)
    if not plain.isascii() or any(word in plain for word in slipped):
        return True
    return OSA.distance(plain, folded, score_cutoff=_MAX_EDITS) <= _MAX_EDITS
