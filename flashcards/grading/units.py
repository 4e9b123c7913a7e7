"""Words after a number: scales such as `k` and `million`, shares such as `%`, and units."""

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
_PERCENT = ("%", "percent", "per cent", "pct")
_POINTS = ("percentage points", "percentage point", "percent points", "pp", "ppt")
"""Differences of percentages: a rise of 5% is not one of 5 percentage points."""
_SHARES = {
    **dict.fromkeys((*_PERCENT, *_POINTS), 0.01),
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
        "month": "mo mos mth",
        "m": "meter metre",
        "mile": "mi",
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
_BYTES = re.compile(r"(?P<scale>[kKmMgGtTpPeE]i?)?(?P<base>[bB])(?P<rest>ps|/s)?")
_SPELLED_BYTES = re.compile(
    r"(?P<scale>kilo|mega|giga|tera|peta|exa|kibi|mebi|gibi|tebi|pebi)?"
    r"(?P<base>byte|bit)s?(?=$|/|\s)",
    re.IGNORECASE,
)
_BYTE_SCALES = {
    "kilo": "k",
    "kibi": "Ki",
    "mebi": "Mi",
    "gibi": "Gi",
    "tebi": "Ti",
    "pebi": "Pi",
}
_SI_BASES = ("A", "F", "Hz", "J", "N", "V", "W", "g", "m")
_LONGEST_SYMBOL = 3


def is_share_unit(unit: str) -> bool:
    """Return whether a unit is a share such as `%`."""
    return _spaced(unit) in _SHARES


def scale_of(words: str) -> float | None:
    """Return the factor of a scale such as `k`, 1 for no word, None for another word."""
    if not words:
        return 1.0
    # A lowercase m is ambiguous: milli or million.
    return None if words == "m" else _SCALES.get(words.casefold())


def unit_factor(words: str, unit: str) -> float | None:
    """Return the factor that converts a number to `unit`, None for words of another unit.

    Args:
        words: The words after the number, such as `k`, `%`, `ms` or `k requests/s`.
        unit: The unit of the result; may be empty.
    """
    suffix = words.strip().rstrip(".").rstrip()
    if not suffix or _is_same_unit(suffix, unit):
        return 1.0
    share = _SHARES.get(_spaced(suffix))
    if share is not None:
        kinds = {_spaced(suffix) in _POINTS, _spaced(unit) in _POINTS}
        if len(kinds) > 1 and {_spaced(suffix), _spaced(unit)} & set(_PERCENT):
            return None
        own = _SHARES.get(_spaced(unit), 0.0 if unit else 1.0)
        return share / own if own else None
    if _is_short_for(suffix, unit):
        return 1.0
    if _is_unclear(suffix, unit):
        return None
    unit_scale, of_unit = _unit_scale(unit)
    scale, behind = _split_scale(suffix, unit, of_unit)
    if scale is None or (
        behind and not (_is_same_unit(behind, unit) or _is_same_unit(behind, of_unit))
    ):
        return None
    return scale / unit_scale


def is_currency_of(sign: str, unit: str) -> bool:
    """Return whether a currency sign fits a unit; any sign fits a unit without a currency."""
    named = {_meaning(word) for word in _WORD.findall(unit)} & _CURRENCIES
    return not named or _meaning(sign) in named


def _unit_scale(unit: str) -> tuple[float, str]:
    """Return the scale at the beginning of a unit, such as `million users`, and the rest of it."""
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
    """Return whether the typed words abbreviate the unit, as `M` does for `MB`.

    Single letters abbreviate units of bytes only, and a unit never abbreviates another one.
    """
    if suffix[0] != unit[:1] or _is_other_size(suffix, unit):
        return False
    size = _BYTES.fullmatch(_symbol(unit))
    if len(suffix) == 1:
        return size is not None and size["scale"] == suffix
    return (
        len(suffix) < len(unit)
        and unit.casefold().startswith(suffix.casefold())
        and (_meaning(suffix) == suffix.casefold() or size is not None)
        and suffix.casefold() not in _MEANINGS.values()
    )


def _is_unclear(suffix: str, unit: str) -> bool:
    """Return whether a single letter could be this unit as well as a scale or another unit."""
    if len(suffix) > 1 or not unit:
        return False
    if suffix in "bB" and _BYTES.fullmatch(_symbol(unit)):
        return True
    if _unit_scale(unit)[0] > 1:
        return False
    if unit[0].casefold() != suffix.casefold():
        return False
    return len(unit) <= _LONGEST_SYMBOL or suffix in "bgmt"


def _is_same_unit(words: str, unit: str) -> bool:
    if not unit or _is_other_size(words, unit) or words == "M" != unit:
        return False
    return _bare(words) == _bare(unit) or _bare(_symbol(words)) == _bare(_symbol(unit))


def _is_other_size(words: str, unit: str) -> bool:
    """Return whether only the case distinguishes two units: `Mb` and `MB`, `mW` and `MW`."""
    typed, expected = _BYTES.fullmatch(_symbol(words)), _BYTES.fullmatch(_symbol(unit))
    if typed and expected and typed["base"] != expected["base"]:
        # `b` and `kb` are correct symbols of bits; `mb` is only correct in another case.
        return (
            not words.islower()
            or _symbol(words) != words
            or typed["scale"] in (None, "k")
        )
    if words[:1] == unit[:1] or {words[:1], unit[:1]} != {"m", "M"}:
        return False
    if words[1:] == unit[1:] in ("", "s"):
        return True
    return unit[1:].startswith(_SI_BASES) and len(unit) <= len("MHz")


def _symbol(unit: str) -> str:
    """Return a unit of bits or bytes as its symbol: `megabytes` as `MB`."""
    return _SPELLED_BYTES.sub(_byte_symbol, unit)


def _byte_symbol(spelled: re.Match[str]) -> str:
    scale = (spelled["scale"] or "").casefold()
    base = "B" if spelled["base"].casefold() == "byte" else "b"
    return _BYTE_SCALES.get(scale, scale[:1].upper()) + base


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
