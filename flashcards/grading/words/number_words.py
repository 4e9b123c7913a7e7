"""Converts number words, such as `three` and `first`, to digits."""

from __future__ import annotations

import re

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    "zero": 0,
    **{word: value for value, word in enumerate((*_ONES, *_TEENS), start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_CARDINAL = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[-\s]+(?P<ones>{'|'.join(_ONES)})|(?P<alone>{'|'.join(_VALUES)}))\b",
    re.IGNORECASE,
)
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_SHORT_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b", re.IGNORECASE)
_ENDS = ("st", "nd", "rd")


def digits_for_words(text: str, other: str) -> str:
    """Return a phrase with its number words as digits, except words that the other phrase has.

    Ordinals are converted only if the other phrase has one in digits, because a second is
    also a unit.
    """
    others = other.casefold()

    def digits(match: re.Match[str]) -> str:
        return match[0] if match[0].casefold() in others else _digits(match)

    if _SHORT_ORDINAL.search(other):
        text = _ORDINAL.sub(_short_ordinal, text)
    return _CARDINAL.sub(digits, text)


def _short_ordinal(match: re.Match[str]) -> str:
    value = _ORDINALS.index(match[0].casefold()) + 1
    return f"{value}{_ENDS[value - 1] if value <= len(_ENDS) else 'th'}"


def _digits(match: re.Match[str]) -> str:
    if match["alone"]:
        return str(_VALUES[match["alone"].casefold()])
    return str(_VALUES[match["tens"].casefold()] + _VALUES[match["ones"].casefold()])
