"""Big numerals: three rows of half blocks."""

from __future__ import annotations

ROWS = 3

_DIGITS = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
}


def numeral(number: int) -> tuple[str, ...]:
    """Return a number of 0 or more as three equally long rows."""
    digits = [_DIGITS[digit] for digit in str(number)]
    return tuple(" ".join(digit[row] for digit in digits) for row in range(ROWS))
