"""Words behind a number: scales such as `k` and `million`, shares such as `%`, and units."""

from __future__ import annotations

import re

_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "thousands": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "g": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
    "trillions": 1e12,
}
_SHARES = {
    **dict.fromkeys(("%", "percent", "per cent", "pct"), 0.01),
    **dict.fromkeys(
        ("percentage points", "percentage point", "percent points", "pp"), 0.01
    ),
    **dict.fromkeys(("‰", "permille", "per mille", "per mil"), 0.001),
    **dict.fromkeys(("basis points", "basis point", "bps", "bp"), 0.0001),
    "ppm": 1e-6,
}
_MEANINGS = {
    name: meaning
    for meaning, names in {
        "ns": "nanosecond nanosec nsec",
        "us": "microsecond microsec usec μs",
        "ms": "millisecond millisec msec",
        "s": "second sec secs",
        "min": "minute mins",
        "h": "hour hr hrs",
        "d": "day",
        "y": "year yr yrs",
        "byte": "b",
        "kb": "kilobyte",
        "mb": "megabyte",
        "gb": "gigabyte",
        "tb": "terabyte",
        "pb": "petabyte",
        "request": "req reqs",
        "query": "queries",
        "query/s": "qps",
        "request/s": "rps",
        "$": "usd us$ dollar",
        "€": "eur euro",
        "£": "gbp pound",
        "¥": "jpy yen",
        "₹": "inr rupee",
    }.items()
    for name in names.split()
}
_CURRENCIES = frozenset("$€£¥₹")
_WORD = re.compile(r"[^\s/.]+")
_BYTES = re.compile(r"(?P<scale>[kKMGTPE]i?)?(?P<base>[bB])(?P<rest>ps|/s)?")
_SI_BASES = ("A", "F", "Hz", "J", "N", "V", "W", "g", "m")
_MINE = ("min", "mil", "met")
"""Beginnings of units that a small `m` alone is short for: minutes, millions, meters."""


def is_share_unit(unit: str) -> bool:
    """Tell whether a unit is a share such as `%`."""
    return _spaced(unit) in _SHARES


def scale_of(words: str) -> float | None:
    """Return what a scale such as `k` multiplies with, 1 for no word, None for another word."""
    if not words:
        return 1.0
    # A small m is a thousandth to some and a million to others.
    return None if words == "m" else _SCALES.get(words.casefold())


def unit_factor(words: str, unit: str) -> float | None:
    """Return what a number is multiplied with to be in `unit`, None for words of another unit.

    Args:
        words: What was typed behind the number, such as `k`, `%`, `ms` or `k requests/s`.
        unit: The unit wanted; may be empty.
    """
    suffix = words.strip().rstrip(".").rstrip()
    if not suffix or _is_same_unit(suffix, unit):
        return 1.0
    share = _SHARES.get(_spaced(suffix))
    if share is not None:
        own = _SHARES.get(_spaced(unit), 0.0 if unit else 1.0)
        return share / own if own else None
    if _is_short_for(suffix, unit):
        return 1.0
    unit_scale, of_unit = _unit_scale(unit)
    scale, behind = _split_scale(suffix, unit, of_unit)
    if scale is None or (
        behind and not (_is_same_unit(behind, unit) or _is_same_unit(behind, of_unit))
    ):
        return None
    return scale / unit_scale


def is_currency_of(sign: str, unit: str) -> bool:
    """Tell whether a currency sign fits a unit; any sign fits a unit without a currency."""
    named = {_meaning(word) for word in _WORD.findall(unit)} & _CURRENCIES
    return not named or _meaning(sign) in named


def _unit_scale(unit: str) -> tuple[float, str]:
    """Return the scale with which a unit begins, such as that of `million users`, and the suffix."""
    first, _, suffix = unit.partition(" ")
    is_scale = first.casefold() in _SCALES and (
        len(first) > 1 or first == "k" or first.isupper()
    )
    return (_SCALES[first.casefold()], suffix) if is_scale else (1.0, unit)


def _split_scale(suffix: str, unit: str, of_unit: str) -> tuple[float | None, str]:
    first, _, behind = suffix.partition(" ")
    scale = scale_of(first)
    if scale is not None:
        return scale, behind
    for name in (unit, of_unit):
        size = len(suffix) - len(name)
        if name and size > 0 and _is_same_unit(suffix[size:], name):
            return scale_of(suffix[:size].strip()), ""
    return None, ""


def _is_short_for(suffix: str, unit: str) -> bool:
    """Tell whether what was typed is the beginning of the unit, as `M` is of `MB`."""
    if suffix == "m":
        return unit.casefold().startswith(_MINE)
    return (
        len(suffix) < len(unit)
        and suffix[0] == unit[0]
        and unit.casefold().startswith(suffix.casefold())
        and not _is_other_size(suffix, unit)
    )


def _is_same_unit(words: str, unit: str) -> bool:
    if not unit or _is_other_size(words, unit):
        return False
    return _bare(words) == _bare(unit)


def _is_other_size(words: str, unit: str) -> bool:
    """Tell whether only the case tells two units apart: `Mb` and `MB`, `mW` and `MW`."""
    one, other = _BYTES.fullmatch(words), _BYTES.fullmatch(unit)
    if one and other and one["base"] != other["base"]:
        return not words.islower()
    return (
        words[:1] != unit[:1]
        and words[:1] in "mM"
        and unit[:1] in "mM"
        and unit[1:].startswith(_SI_BASES)
        and len(unit) <= len("MHz")
    )


def _bare(text: str) -> str:
    return "/".join(
        _meaning(word) for word in _WORD.findall(re.sub(r"\b(?:per|a)\s", " ", text))
    )


def _meaning(word: str) -> str:
    plain = word.casefold()
    if plain == "b" and word == "b":
        return "bit"
    if len(plain) > len("ms") and plain.endswith("s") and not plain.endswith("ss"):
        plain = _MEANINGS.get(plain, plain[:-1])
    return _MEANINGS.get(plain, plain)


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
