"""Fuzz: vary intervals a little, so that cards learned together are not always due together.

The range grows with the interval. The day within it comes from a hash of the card and its
number of reviews: the same card at the same review always gets the same day. The ranges and
the order of the rules are those of Anki.
"""

from __future__ import annotations

from hashlib import blake2b
from math import floor, inf

_SHORTEST_FUZZED = 2.5
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))
"""From and to in days, and the share of the days between them that is added to the range."""


def compute_fuzz_factor(card_key: str, reps: int) -> float:
    """Return a number from 0 up to but not including 1, always the same for one review."""
    digest = blake2b(f"{card_key}\n{reps}".encode(), digest_size=8).digest()
    # A float holds 53 bits; more would let the largest values round up to 1.
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def compute_fuzz_bounds(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """Return the first and last day that fuzz may choose, both within the limits."""
    minimum = min(minimum, maximum)
    interval = min(max(interval, minimum), maximum)
    delta = _half_width(interval)
    lower = min(max(_round_half_up(interval - delta), minimum), maximum)
    upper = min(max(_round_half_up(interval + delta), minimum), maximum)
    return lower, upper


def choose_fuzzed_days(
    interval: float, factor: float | None, minimum: int, maximum: int
) -> int:
    """Return whole days for an interval; for None it is only rounded and limited."""
    minimum = min(minimum, maximum)
    if factor is None:
        return min(max(round(interval), minimum), maximum)
    lower, upper = compute_fuzz_bounds(interval, minimum, maximum)
    # A factor next to 1 may round up to the day after the last.
    return min(upper, floor(lower + factor * (1 + upper - lower)))


def minimum_after_fuzz(interval: float, previous: int, maximum: int) -> int:
    """Return the fewest days that fuzz may leave of an interval, or 0 for no such floor.

    Fuzz must not undo growth: an interval longer than the previous one stays longer, and one
    of about the same length does not become shorter. An interval that shrank may shrink.
    """
    if round(interval) > previous:
        return previous + 1
    _, upper = compute_fuzz_bounds(interval, 1, maximum)
    return previous if previous <= upper else 0


def _half_width(interval: float) -> float:
    if interval < _SHORTEST_FUZZED:
        return 0.0
    return 1.0 + sum(
        share * max(0.0, min(interval, end) - start) for start, end, share in _RANGES
    )


def _round_half_up(days: float) -> int:
    # Halves go up; `round` would send them to the even neighbor.
    return floor(days + 0.5)
