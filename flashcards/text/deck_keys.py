"""Deck keys: paths of up to six lower-case names, in the letters of any script."""

from __future__ import annotations

import re
import unicodedata

_NAME = r"[^\x00-/:-`{-\xa0][^\x00-,./:-^`{-\xa0]*"
DECK_KEY = rf"{_NAME}(?:/{_NAME}){{0,5}}"
"""A regular expression for deck keys; `is_deck_key` is stricter."""
DECK_KEY_FORM = (
    "a path of up to six names of lower-case letters, digits, hyphens and underscores, "
    "such as metrics/classification"
)

MOST_KEY = 200
"""The most characters of a key."""
MOST_PARTS = 6
"""The most names of a key."""

_KEY = re.compile(DECK_KEY)
_PLAIN_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){0,5}", re.ASCII)
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_MARKS = frozenset({"Mn", "Mc"})
# Invisible marks: grapheme joiners, variation selectors, two vowels of old Khmer.
_BLANK_MARKS = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def is_deck_key(text: str) -> bool:
    """Return whether a text is the key of a deck."""
    if len(text) > MOST_KEY:
        return False
    if text.isascii():
        return _PLAIN_KEY.fullmatch(text) is not None
    return (
        _KEY.fullmatch(text) is not None
        and normalize_key(text) == text
        and all(map(is_name, text.split("/")))
    )


def is_name(text: str) -> bool:
    """Return whether a text can be one name of a key: letters, digits, `-` and `_`."""
    return is_letter(text[:1]) and all(
        character in "-_" or is_letter(character) or is_mark(character)
        for character in text
    )


def is_letter(character: str) -> bool:
    """Return whether a character is a visible letter or digit of any script."""
    return character.isalnum() and character not in _BLANK_LETTERS


def is_mark(character: str) -> bool:
    """Return whether a character is an accent or a vowel sign of the letter before it."""
    return unicodedata.category(character) in _MARKS and not is_blank_mark(character)


def is_blank_mark(character: str) -> bool:
    """Return whether a character is an invisible mark, such as a variation selector."""
    return _BLANK_MARKS.match(character) is not None


def normalize_key(text: str) -> str:
    """Normalize a typed key: lower case, composed characters."""
    lowered = unicodedata.normalize("NFC", text).lower()
    # A lower-case letter may be written as two characters that compose again.
    return unicodedata.normalize("NFC", lowered)


def list_prefixes(deck: str) -> list[str]:
    """List the key of each deck around a deck, the outermost first and its own key last."""
    parts = deck.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
