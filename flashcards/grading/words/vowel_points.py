"""Vowel points in Hebrew and Arabic: they may be left out, but not be different."""

from __future__ import annotations

from unicodedata import normalize

from flashcards.text.folding import VOWEL_POINT

_WIDENING = "\u0640"
"""The Arabic stroke that lengthens a word (tatweel)."""


def have_other_vowels(first: str, second: str) -> bool:
    """Return whether two texts have a letter with different vowel points."""
    if not (VOWEL_POINT.search(first) and VOWEL_POINT.search(second)):
        return False
    return any(
        letter == other_letter and not (points <= others or others <= points)
        for (letter, points), (other_letter, others) in zip(
            _pointed(first), _pointed(second), strict=False
        )
    )


def _pointed(text: str) -> list[tuple[str, set[str]]]:
    """Return each letter of a text with its points."""
    letters: list[tuple[str, set[str]]] = []
    for sign in normalize("NFC", text):
        if not VOWEL_POINT.match(sign):
            letters.append((sign, set()))
        elif letters and sign != _WIDENING:
            letters[-1][1].add(sign)
    return letters
