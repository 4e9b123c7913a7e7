"""Numbers as people write them: reading `1,200.5`, `3 × 10⁴` or `50%`, and writing them back."""

from __future__ import annotations

import math
import re
import unicodedata

from flashcards.grading.units import (
    is_currency_of,
    is_share_unit,
    scale_of,
    unit_factor,
)
from flashcards.text.digits import format_computed_number, format_full_number

_MAX_LENGTH = 100
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹⁺⁻]+")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2796", "-"),
        **dict.fromkeys("×✕✖⨯", "x"),
        **dict.fromkeys("·⋅∙•∗", "*"),
        **dict.fromkeys("\u2044\u2215÷", "/"),
        **dict.fromkeys("\u2018\u2019\u02bc\u2032`´", "'"),
        **dict.fromkeys("\u200e\u200f\u061c\u2061\u2062", ""),
        "\u066a": "%",
        "\u066b": ".",
        "\u066c": ",",
        "≈": "~",
        "≃": "~",
        "≅": "~",
        "∼": "~",
    }
)
_ABOUT = re.compile(
    r"(?:[~=]|(?:about|around|roughly|circa|ca|approx(?:imately)?)\b\.?)\s*",
    re.IGNORECASE,
)
_SIGN_WORDS = re.compile(r"(minus|negative|plus)\s+(?=[0-9.,$€£¥₹])", re.IGNORECASE)
_CURRENCY = r"(?:US\$|[$€£¥₹])"
_CURRENCY_AFTER = re.compile(rf"\s*(?P<money>{_CURRENCY})(?P<words>.*)", re.DOTALL)

_DIGITS = r"[0-9][0-9.,_' ]*|[.,][0-9]+"
_POWER = r"(?:\^|\*\*)\s*\(?\s*(?P<{0}>[+-]?[0-9]{{1,4}})\s*\)?"
_VALUE = re.compile(
    rf"(?P<sign>[+-]?)\s*(?P<money>{_CURRENCY}?)\s*(?P<inner>[+-]?)\s*(?:"
    rf"(?P<base>[0-9]{{1,6}})\s*{_POWER.format('exponent')}"
    rf"|(?P<whole>{_DIGITS})\s(?P<above>[0-9]{{1,3}})\s*/\s*(?P<below>[0-9]{{1,3}})(?![0-9.,])"
    rf"|(?P<digits>{_DIGITS})(?:e(?P<e>[+-]?[0-9]{{1,4}})"
    rf"|\s*[x*]\s*(?P<times>[0-9]{{1,6}})\s*{_POWER.format('times_exponent')})?"
    r")(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FRACTION = re.compile(
    r"(?P<above>[^/]*[^/\s])\s*/\s*(?P<below>[.,]?[0-9].*)", re.DOTALL
)

_GROUPED = (
    re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?P<decimals>\.[0-9]*)?"),
    re.compile(
        r"(?P<whole>[1-9][0-9]{0,2}([_' ])[0-9]{3}(?:\2[0-9]{3})*)(?P<decimals>[.,][0-9]*)?"
    ),
    re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?P<decimals>,[0-9]*)"),
    re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})(?P<decimals>)"),
    re.compile(r"(?P<whole>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?P<decimals>\.[0-9]*)?"),
)
"""Digits in groups, as in India in the last pattern; no first group begins with 0."""
_DECIMAL = re.compile(r"[0-9]+[.,]?[0-9]*|[.,][0-9]+")
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,])")

_CLOSE = 1e-9


def read_number(text: str, unit: str = "") -> float | None:
    """Return the finite number that a text means, None if it is not a number.

    Args:
        text: Such as `1e6`, `1M`, `50%`, `1,200.5`, `1 200 ms`, `3 × 10⁴`, `2/3`.
        unit: The unit of the result. A text may name it or leave it out. For the unit `%`, `50` and `50%` are the same, and a fraction is a share:
            `1/2` is 50. Elsewhere `50%` is 0.5.
    """
    plain = _normalize(text)
    if plain is None or len(plain) > _MAX_LENGTH:
        return None
    try:
        return _parse_value(plain, unit.strip())
    except OverflowError:
        return None


def number_text(value: float, allowed: float = 0.0) -> str:
    """Return a computed number with as few digits as its tolerance allows, at most 12."""
    close = max(abs(allowed) / 10, abs(value) * _CLOSE)
    for digits in (3, 4, 6, 9):
        rounded = float(f"{value:.{digits}g}")
        if abs(rounded - value) <= close:
            return format_full_number(rounded)
    return format_computed_number(value)


def tolerance_of(value: float, tolerance: float | str) -> float:
    """Return how far off an answer may be.

    Args:
        value: The right number.
        tolerance: An absolute number, or a share of the value such as `5%`.
    """
    if isinstance(tolerance, str):
        share = read_number(tolerance)
        return abs(value) * abs(share) if share is not None else 0.0
    return abs(tolerance)


def is_within(given: float, value: float, allowed: float) -> bool:
    """Return whether a number is near enough; rounding errors are ignored."""
    return abs(given - value) <= allowed * (1 + _CLOSE) + abs(value) * _CLOSE


def has_unclear_comma(text: str) -> bool:
    """Return whether a comma as in `1,234` could also be a decimal comma."""
    return bool(_EITHER.search(_normalize(text) or ""))


def _normalize(text: str) -> str | None:
    """Return a text with ASCII digits and signs; None if it has other kinds of digits."""
    raised = _SUPERSCRIPT.sub(
        lambda power: "^" + power[0].translate(_SUPERSCRIPTS), text.strip()
    )
    signs = []
    for sign in raised:
        if sign.isascii():
            signs.append(sign)
        elif sign.isdecimal():
            signs.append(str(unicodedata.decimal(sign)))
        elif unicodedata.category(sign) == "No":
            spelled = unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
            if "/" not in spelled:
                return None
            signs.append(f" {spelled}")
        else:
            signs.append(sign)
    plain = "".join(signs).translate(_SIGNS)
    plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS)
    plain = " ".join(plain.split())
    while about := _ABOUT.match(plain):
        plain = plain[about.end() :]
    return _SIGN_WORDS.sub(
        lambda word: "+" if word[1].lower() == "plus" else "-", plain
    )


def _parse_value(plain: str, unit: str) -> float | None:
    match = _VALUE.fullmatch(plain)
    if match is None:
        return None
    fraction = None if match["above"] else _FRACTION.fullmatch(plain)
    if fraction:
        return _parse_fraction(fraction["above"], fraction["below"], unit)
    value, words = _magnitude(match), _words_after(match, unit)
    factor = None if words is None else unit_factor(words, unit)
    if value is None or factor is None:
        return None
    return _finite(value * factor)


def _parse_fraction(above: str, below: str, unit: str) -> float | None:
    over, under = _VALUE.fullmatch(above), _VALUE.fullmatch(below)
    if over is None or under is None:
        return None
    upper, lower = _magnitude(over), _magnitude(under)
    over_words, words = _words_after(over, unit), _words_after(under, unit)
    scale = None if over_words is None else scale_of(over_words)
    if upper is None or not lower or scale is None or words is None:
        return None
    first, _, behind = words.partition(" ")
    if over_words and first and (own_scale := scale_of(first)):
        lower, words = lower * own_scale, behind
    if not words and is_share_unit(unit):
        # A fraction of two counts is a share: 1/2 is 50%, not half a percent.
        share = unit_factor(unit, "")
        return _finite(upper * scale / lower / share) if share else None
    factor = unit_factor(words, unit)
    return None if factor is None else _finite(upper * scale / lower * factor)


def _words_after(match: re.Match[str], unit: str) -> str | None:
    """Return the words after a number, None if its currency is not that of the unit."""
    words = match["words"].strip()
    behind = _CURRENCY_AFTER.fullmatch(words)
    if match["money"]:
        return words if is_currency_of(match["money"], unit) else None
    if behind and not is_currency_of(behind["money"], unit):
        return None
    return behind["words"].strip() if behind else words


def _magnitude(match: re.Match[str]) -> float | None:
    """Return the number without the words after it, None if its digits are not valid."""
    if match["sign"] and match["inner"]:
        return None
    if match["base"]:
        value = _parse_power(match["base"], match["exponent"])
    elif match["above"]:
        value = _parse_mixed(match["whole"], match["above"], match["below"])
    else:
        value = _parse_scientific(match)
    is_negative = "-" in (match["sign"], match["inner"])
    return -value if value is not None and is_negative else value


def _parse_scientific(match: re.Match[str]) -> float | None:
    digits = _plain_digits(match["digits"])
    if digits is None:
        return None
    if match["times"] in (None, "10"):
        # Parsed as one decimal, because 1.1 * 10.0 ** -3 is not the nearest float.
        return float(f"{digits}e{match['e'] or match['times_exponent'] or 0}")
    power = _parse_power(match["times"], match["times_exponent"])
    return None if power is None else float(digits) * power


def _parse_power(base: str, exponent: str) -> float | None:
    if base == "10":
        return float(f"1e{exponent}")
    number = float(base)
    return number ** int(exponent) if number else None


def _parse_mixed(whole: str, above: str, below: str) -> float | None:
    """Return a number such as 2 1/2; None for `1 200/400`, whose space may group digits."""
    digits = _plain_digits(whole)
    if digits is None or not 0 < int(above) < int(below):
        return None
    if _plain_digits(f"{whole} {above}") is not None:
        return None
    return float(digits) + int(above) / int(below)


def _plain_digits(text: str) -> str | None:
    """Return digits with at most one point, None if they are grouped wrongly."""
    digits = text.strip()
    for pattern in _GROUPED:
        if match := pattern.fullmatch(digits):
            return f"{re.sub('[^0-9]', '', match['whole'])}.{(match['decimals'] or '')[1:]}"
    # A comma that is not followed by groups of three digits is a decimal comma.
    return digits.replace(",", ".") if _DECIMAL.fullmatch(digits) else None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
