"""How one phrase is read where another is right."""

from __future__ import annotations

from flashcards.grading.words.wording import is_same, is_slip


def reading(given: str, wanted: str) -> str:
    if is_same(given, wanted):
        return "same"
    return "slip" if is_slip(given, wanted) else "other"
