"""Fold text for comparison and search: case, accents and Unicode forms do not count.

Typed answers and search share one folding: a word that search finds but grading rejects, or
the other way round, looks like a bug.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMBINING_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u0250-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_ACCENTED = re.compile(f"([{_LATIN}{_GREEK}])[{_COMBINING_MARKS}]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""Characters that a program may ignore: soft hyphens, joiners, variation selectors."""

_VOWEL_POINTS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc"
)
"""Optional vowel points of Hebrew and Arabic, and the stroke that widens an Arabic word."""

VOWEL_POINT = re.compile(f"[{_VOWEL_POINTS}]")
_OPTIONAL = re.compile(f"{_INVISIBLE.pattern}|{VOWEL_POINT.pattern}")

_UNCHANGED = (
    "\x00-\x7f\xa1\xa3\xa7\xab\xb0\xb1\xb7\xbb\xbf\xd7\xf7\u03b1-\u03c1\u03c3-\u03c9"
    "\u2012-\u2016\u2018-\u201f\u2020-\u2022\u2030\u20ac\u2190-\u2194\u2200-\u2203\u2205-\u2208"
    "\u220f-\u221e\u2248\u2260-\u2265\u3001-\u3003\u3005\u3008-\u3011\u3041-\u3096\u30a1-\u30fc"
    "\u4e00-\u9fff\uac00-\ud7a3"
)
"""Characters that folding does not change unless a mark follows; most texts have no others."""

_CHANGED_RUN = re.compile(f"[^{_UNCHANGED}]+")
_MAX_SHORT_LENGTH = 8
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "ı": "i",
        "ĸ": "k",
        "ŋ": "n",
    }
)
"""Latin letters that people type without their stroke; Unicode does not decompose them."""


def find_similar_names(
    typed_name: str, known_names: Iterable[str], limit: int = 2
) -> list[str]:
    """Find the known names that are most similar to a typed one, the best match first.

    Names that contain the typed one come before names with a similar spelling, or with a
    similar last part after a slash.
    """
    from difflib import get_close_matches

    name_by_fold = {fold_text(name): name for name in known_names}
    folded_name = fold_text(typed_name)
    fold_by_last_part = {name.rpartition("/")[2]: name for name in name_by_fold}
    close_matches = get_close_matches(
        folded_name, [*name_by_fold, *fold_by_last_part], n=limit
    )
    matches = [name for name in name_by_fold if folded_name and folded_name in name]
    matches += [fold_by_last_part.get(name, name) for name in close_matches]
    return [name_by_fold[name] for name in dict.fromkeys(matches)][:limit]


def fold_text(text: str) -> str:
    """Fold a text, so that words that people take for the same are equal.

    - The Unicode forms are one: NFC and NFD, and compatibility forms such as full-width
      letters, ligatures and superscripts (NFKC).
    - Case is folded: `STRASSE` is `straße`.
    - Marks on Latin and Greek letters are removed, and strokes of Latin letters:
      `naïve` is `naive`, `Łukasz` is `lukasz`, `λόγος` is `λογοσ`.
    - The vowel points of Hebrew and Arabic are removed; people leave them out.
    - In every other script a mark makes a different letter and stays: `й` is not `и`, `が`
      is not `か`, and Hangul syllables stay whole.
    - Invisible characters (soft hyphens, joiners, variation selectors) are removed.

    Folding a folded text changes nothing. Spaces and punctuation stay.
    """
    lower = text.lower()
    if text.isascii():
        return lower
    pieces: list[str] = []
    end = 0
    for run in _CHANGED_RUN.finditer(lower):
        # Include the character before the run: a mark in it may belong to that one.
        start = max(run.start() - 1, end)
        changed = lower[start : run.end()]
        fold = _fold_short_text if len(changed) <= _MAX_SHORT_LENGTH else _fold_fully
        pieces += (lower[end:start], fold(changed))
        end = run.end()
    return "".join((*pieces, lower[end:]))


def strip_optional_marks(text: str) -> str:
    """Remove invisible characters, and the vowel points of Hebrew and Arabic."""
    return text if text.isascii() else _OPTIONAL.sub("", text)


def _fold_fully(text: str) -> str:
    return _fold_characters(_fold_characters(text).casefold())


_fold_short_text = lru_cache(maxsize=10_000)(_fold_fully)


def _fold_characters(text: str) -> str:
    plain = _ACCENTED.sub(r"\1", normalize("NFKD", strip_optional_marks(text)))
    return normalize("NFKC", plain.translate(_LETTERS))
