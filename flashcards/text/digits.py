"""Format numbers for people in all their digits."""

from __future__ import annotations

_MIN_POWER, _MAX_POWER = -6, 21
"""Powers of ten between which a number is written without an exponent."""


_SIGNIFICANT_DIGITS = 12
"""Significant digits of a computed number; further ones are rounding noise."""


def format_computed_number(value: float) -> str:
    """Format the finite result of a calculation without rounding noise: 0.1 + 0.2 is `0.3`."""
    return format_full_number(float(f"{value:.{_SIGNIFICANT_DIGITS}g}"))


def format_full_number(value: float) -> str:
    """Format a finite number in all its digits, with commas between thousands.

    Parsing the text gives the same number: `1234567` is `1,234,567`, `0.1` is `0.1`,
    `1e-9` is `1e-9`.
    """
    # Few cards show a number, and importing this module would slow down `flashcards due`.
    from decimal import Decimal

    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    if not exact:
        return "0"
    if _MIN_POWER <= exact.adjusted() < _MAX_POWER:
        text = format(exact, ",f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    _, digits, _ = exact.as_tuple()
    significant = "".join(map(str, digits)).rstrip("0")
    sign = "-" if exact < 0 else ""
    fraction = f".{significant[1:]}" if significant[1:] else ""
    return f"{sign}{significant[0]}{fraction}e{exact.adjusted()}"


def with_unit(number: str, unit: str) -> str:
    """Return a number with its unit, such as `12 ms`, `50%` or, without a unit, `12`."""
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()
