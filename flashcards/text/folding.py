"""Text reduced to what people mean by it, so that it can be compared and searched.

One folding for typed answers and for search, because a word that search finds and grading
refuses (or the other way round) looks like a fault to whoever typed it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u0250-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_ACCENTED = re.compile(f"([{_LATIN}{_GREEK}])[{_MARKS}]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""Characters that Unicode lets a program ignore: soft hyphens, joiners, variation selectors."""

_VOWEL_POINTS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc"
)
"""Hebrew and Arabic points for vowels, which people leave out, and the stroke that widens a word."""

VOWEL_POINT = re.compile(f"[{_VOWEL_POINTS}]")
_OPTIONAL = re.compile(f"{_INVISIBLE.pattern}|{VOWEL_POINT.pattern}")

_STABLE = (
    "\x00-\x7f\xa1\xa3\xa7\xab\xb0\xb1\xb7\xbb\xbf\xd7\xf7\u03b1-\u03c1\u03c3-\u03c9"
    "\u2012-\u2016\u2018-\u201f\u2020-\u2022\u2030\u20ac\u2190-\u2194\u2200-\u2203\u2205-\u2208"
    "\u220f-\u221e\u2248\u2260-\u2265\u3001-\u3003\u3005\u3008-\u3011\u3041-\u3096\u30a1-\u30fc"
    "\u4e00-\u9fff\uac00-\ud7a3"
)
"""Characters that folding leaves as they are unless a mark follows; most texts have no others."""

_CHANGING = re.compile(f"[^{_STABLE}]+")
_SHORT = 8
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
"""Latin letters that people type without their stroke, and that Unicode does not take apart."""


def find_similar_names(wanted: str, names: Iterable[str], most: int = 2) -> list[str]:
    """Return the names that are most like one that was typed, the likeliest first.

    Those that contain it come before those that are spelled nearly like it, or whose last
    part (behind a slash) is.
    """
    from difflib import get_close_matches

    by_fold = {fold_text(name): name for name in names}
    typed = fold_text(wanted)
    by_last = {name.rpartition("/")[2]: name for name in by_fold}
    close = get_close_matches(typed, [*by_fold, *by_last], n=most)
    found = [name for name in by_fold if typed and typed in name]
    found += [by_last.get(name, name) for name in close]
    return [by_fold[name] for name in dict.fromkeys(found)][:most]


def fold_text(text: str) -> str:
    """Return `text` without the differences that do not count when people compare words.

    - The Unicode forms are one: NFC and NFD, and compatibility forms such as full-width
      letters, ligatures and superscripts (NFKC).
    - Case is folded: `STRASSE` is `straße`.
    - Marks on Latin and Greek letters are removed, and strokes of Latin letters:
      `naïve` is `naive`, `Łukasz` is `lukasz`, `λόγος` is `λογοσ`.
    - The points for vowels are removed from Hebrew and Arabic, where people leave them out.
    - In every other script a mark makes another letter and stays: `й` is not `и`, `が`
      is not `か`, and Hangul syllables stay whole.
    - Invisible characters (soft hyphens, joiners, variation selectors) are removed.

    Folding twice changes nothing more. Spaces and punctuation stay.
    """
    lower = text.lower()
    if text.isascii():
        return lower
    parts: list[str] = []
    last = 0
    for run in _CHANGING.finditer(lower):
        # With the character before it, which a mark may belong to.
        start = max(run.start() - 1, last)
        text = lower[start : run.end()]
        fold = _folded_short if len(text) <= _SHORT else _folded_whole
        parts += (lower[last:start], fold(text))
        last = run.end()
    return "".join((*parts, lower[last:]))


def strip_optional_marks(text: str) -> str:
    """Return `text` without invisible characters and points for Hebrew and Arabic vowels."""
    return text if text.isascii() else _OPTIONAL.sub("", text)


def _folded_whole(text: str) -> str:
    return _folded(_folded(text).casefold())


_folded_short = lru_cache(maxsize=10_000)(_folded_whole)


def _folded(text: str) -> str:
    plain = _ACCENTED.sub(r"\1", normalize("NFKD", strip_optional_marks(text)))
    return normalize("NFKC", plain.translate(_LETTERS))
