"""How many examples a property test tries."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""Examples of a profile at which tests try as many as they ask for."""


def scale_examples(number: int) -> int:
    """Return how many examples to try, by the profile that is loaded: half, or ten times as many.

    Args:
        number: Examples that make the law of a test believable.
    """
    return max(2, number * settings().max_examples // USUAL)
