"""Numbers written out in full, for people: nothing of a number is lost on the way."""

from __future__ import annotations

_SPELLED_FROM, _SPELLED_TO = -6, 21
"""Powers of ten between which numbers are written without one."""


_NOISE_FROM = 12
"""Significant digits from which those of a computed number are rounding noise."""


def format_computed_number(value: float) -> str:
    """Return the finite result of arithmetic without its noise: 0.1 + 0.2 is `0.3`."""
    return format_full_number(float(f"{value:.{_NOISE_FROM}g}"))


def format_full_number(value: float) -> str:
    """Return a finite number in all its digits, thousands separated by commas.

    Reading the text again gives the same number: `1234567` is `1,234,567`, `0.1` is `0.1`,
    `1e-9` is `1e-9`.
    """
    # Few cards show a number, so what due prints does not wait for this module.
    from decimal import Decimal

    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    if not exact:
        return "0"
    if _SPELLED_FROM <= exact.adjusted() < _SPELLED_TO:
        text = format(exact, ",f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    _, digits, _ = exact.as_tuple()
    plain = "".join(map(str, digits)).rstrip("0")
    sign = "-" if exact < 0 else ""
    point = f".{plain[1:]}" if plain[1:] else ""
    return f"{sign}{plain[0]}{point}e{exact.adjusted()}"


def with_unit(number: str, unit: str) -> str:
    """Return a number with its unit, such as `12 ms`, `50%` or, without a unit, `12`."""
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()
