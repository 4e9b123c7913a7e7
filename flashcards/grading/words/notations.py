"""Unifies different notations of the same thing: `≤ .50` and `≤ 0.5`, `type 1` and `type I`."""

from __future__ import annotations

import re
from functools import lru_cache

from flashcards.grading.words.number_words import digits_for_words

_MAY_DIFFER = re.compile(r"[\d。｡、⩾⩽(]|\btype\b|n['’ʼ]?t\b|cannot", re.IGNORECASE)
_COMPARISON = re.compile(r"[<>≤≥≠=⩽⩾]")
_STOPS = "。｡、"
_LEADING_POINT = re.compile(r"(?<![\w.)\]])\.(?=\d)")
_VALUE = re.compile(
    r"(?P<left>^\s*|\)\s*|(?<!\w)(?:[^\W\d_vV]|alpha|beta|gamma|delta|epsilon|lambda|theta|sigma|mu|tau)\s*)"
    r"(?P<sign>[<>≤≥≠=≈]=?)(?P<space>\s*[-+−]?)(?P<whole>\d+)\.(?P<decimals>\d+)(?!\w|\.\w)"
)
"""A number compared with a symbol; compared with a name it may be a version: `Python ≥ 3.10`."""
_TYPE = re.compile(r"\b(type)[ -]+(iii|ii|iv|i|v)\b", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_HTTP = re.compile(r"\b(https?)\s*/\s*(?=\d(?:\.\d)?(?![\w.]))", re.IGNORECASE)
_F_SCORE = re.compile(r"^\s*F-(?=[12]\s*$)|\b[fF]-(?=[12][ -](?:score|measure)s?\b)")
_CHI = re.compile(r"(χ|Χ)\s?2(?![\d.\w])")
_LOGARITHM = re.compile(
    r"\b(?P<name>log(?:_?(?:2|10)|₂|₁₀)?|ln)\s*\(\s*(?P<of>[^\W\d_]{1,2})\s*\)(?!\s*[\w^²³⁴ⁿ!'(\[*])"
)
_UNIT = re.compile(r"(?<=\d)(\s*)([^\W\d_]+)\b")
_UNITS = {
    name: symbol
    for symbol, names in {
        "ns": "nanosecond nanoseconds",
        "us": "microsecond microseconds",
        "ms": "millisecond milliseconds msec msecs",
        "s": "second seconds sec secs",
        "min": "minute minutes mins",
        "h": "hour hours hr hrs",
        "d": "day days",
        "KB": "kilobyte kilobytes",
        "MB": "megabyte megabytes",
        "GB": "gigabyte gigabytes",
        "TB": "terabyte terabytes",
        "PB": "petabyte petabytes",
        "Kbit": "Kb kilobit kilobits",
        "Mbit": "Mb megabit megabits",
        "Gbit": "Gb gigabit gigabits",
        "Tbit": "Tb terabit terabits",
        "KByteps": "KBps kBps",
        "MByteps": "MBps",
        "GByteps": "GBps",
    }.items()
    for name in names.split()
}
"""Units after a number; a small b after a capital is a bit: `5 Mb` is not `5 MB`."""

_SPOKEN = tuple(
    (re.compile(rf"\b(?:is\s+)?(?:{words})(?!\w)", re.IGNORECASE), sign)
    for words, sign in (
        (r"(?:not\s+equal|unequal)\s+to", "≠"),
        (r"(?:greater|more|larger|higher)\s+than\s+or\s+equal\s+to", "≥"),
        (r"(?:less|smaller|lower|fewer)\s+than\s+or\s+equal\s+to", "≤"),
        (
            r"(?:no|not)\s+(?:greater|more|larger|higher)\s+than|at\s+most|up\s+to",
            "≤",
        ),
        (r"(?:no|not)\s+(?:less|smaller|lower|fewer)\s+than|at\s+least", "≥"),
        (r"(?:greater|more|larger|higher)\s+than", ">"),
        (r"(?:less|smaller|lower|fewer)\s+than", "<"),
    )
)
"""Comparisons in words, longer ones first."""
_SPOKEN_COMPARISON = re.compile(
    "|".join(words.pattern for words, _ in _SPOKEN), re.IGNORECASE
)
_HAS_DIGIT = re.compile(r"\d")


_NOT = re.compile(
    r"\b(?P<verb>is|are|was|were|do|does|did|has|have|had|could|would|should|must|need)n['’ʼ]?t\b",
    re.IGNORECASE,
)
_CAN_NOT = re.compile(r"\b(?:can['’ʼ]?t|cannot)\b", re.IGNORECASE)
_WILL_NOT = re.compile(r"\bwon['’ʼ]?t\b", re.IGNORECASE)
_DASHES = "-‐‑‒–—―−"
_RANGE = re.compile(rf"\d\s*%?\s*[{_DASHES}]\s*\d")
_SPOKEN_RANGE = re.compile(
    r"(?:\bfrom\s+)?(?P<from>\d[\d.,]*\s*%?)\s*\b(?:to|through)\s+(?=\d)"
    r"|\bbetween\s+(?P<between>\d[\d.,]*\s*%?)\s*\band\s+(?=\d)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?P<amount>\d[\d.,]*(?:\s*(?:k|M|thousand|million|billion|trillion)\b)?)\s*"
    r"(?:(?P<sign>[$€£¥])|\b(?:US\s+)?(?P<name>dollars?|USD|euros?|EUR|pounds?|GBP|yen|JPY)\b)",
    re.IGNORECASE,
)
_CURRENCIES = {"do": "$", "us": "$", "eu": "€", "po": "£", "gb": "£", "ye": "¥", "jp": "¥"}  # fmt: skip
_NOT_IN = re.compile(
    r"\b(?:is\s+)?not\s+(?:in|(?:an\s+)?element\s+of)\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"\b(\d+(?:\.\d{1,3})?)k\b")


def in_one_notation(typed: str, expected: str) -> tuple[str, str]:
    """Return two phrases with the same notation for numbers, units, comparisons and negations.

    Comparisons in words become signs if the other phrase has a sign.
    """
    texts = [typed, expected]
    if _COMPARISON.search(typed) or _COMPARISON.search(expected):
        texts = [
            text if _COMPARISON.search(text) else _with_signs(text) for text in texts
        ]
    elif all(_SPOKEN_COMPARISON.search(text) for text in texts):
        texts = [_with_signs(text) for text in texts]
    if any("∉" in text for text in texts):
        texts = [_NOT_IN.sub("∉", text) for text in texts]
    if any(map(_HAS_DIGIT.search, texts)):
        texts = _with_numbers_alike(texts)
    return _plain(texts[0]), _plain(texts[1])


def _with_numbers_alike(texts: list[str]) -> list[str]:
    """Return phrases with ranges, amounts of money and number words in the same notation."""
    if any(map(_RANGE.search, texts)):
        texts = [
            text if _RANGE.search(text) else _SPOKEN_RANGE.sub(_short_range, text)
            for text in texts
        ]
    if not all(map(_THOUSANDS.search, texts)):
        texts = [_THOUSANDS.sub(_whole_thousands, text) for text in texts]
    first, second = (_MONEY.sub(_short_money, text) for text in texts)
    return [digits_for_words(first, second), digits_for_words(second, first)]


def _short_range(match: re.Match[str]) -> str:
    return f"{(match['from'] or match['between']).strip()}-"


def _short_money(match: re.Match[str]) -> str:
    return (match["sign"] or _CURRENCIES[match["name"][:2].casefold()]) + match[
        "amount"
    ]


def _whole_thousands(match: re.Match[str]) -> str:
    whole, _, decimals = match[1].partition(".")
    return f"{whole}{decimals:0<3}".lstrip("0") or "0"


def _with_signs(text: str) -> str:
    for words, sign in _SPOKEN:
        text = words.sub(sign, text)
    return text


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    if not _MAY_DIFFER.search(text):
        return text
    text = text.rstrip().rstrip(_STOPS).replace("⩾", "≥").replace("⩽", "≤")
    text = _LEADING_POINT.sub("0.", text)
    text = _VALUE.sub(_short_value, text)
    text = _NOT.sub(r"\g<verb> not", text)
    text = _WILL_NOT.sub("will not", _CAN_NOT.sub("can not", text))
    text = _TYPE.sub(lambda match: f"{match[1]} {_ROMAN[match[2].casefold()]}", text)
    text = _HTTP.sub(r"\1", text)
    text = _F_SCORE.sub("F", text)
    text = _CHI.sub(r"\1²", text)
    text = _LOGARITHM.sub(r"\g<name> \g<of>", text)
    return _UNIT.sub(_short_unit, text)


def _short_value(match: re.Match[str]) -> str:
    """Return a number without trailing zeros; alone, a number from 1 on may be a version."""
    if not match["left"].strip() and match["whole"] != "0":
        return match[0]
    number = f"{match['whole']}.{match['decimals']}".rstrip("0").rstrip(".")
    return f"{match['left']}{match['sign']}{match['space']}{number}"


def _short_unit(match: re.Match[str]) -> str:
    unit = match[2]
    symbol = _UNITS.get(unit) or (len(unit) > 2 and _UNITS.get(unit.casefold()))  # noqa: PLR2004
    return f"{match[1]}{symbol or unit}"
