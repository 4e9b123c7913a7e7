"""Progress of long work, reported to a callback that can stop it."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[int, int], bool]
"""Called with the steps done and the total; returns False to stop the work."""


def subprogress(
    progress: ProgressCallback | None, number: int, parts: int
) -> ProgressCallback | None:
    """Return a callback for one of several parts that take about equally long.

    Args:
        progress: The callback of the whole work; None if nobody follows it.
        number: The number of the part, from 0.
        parts: How many parts there are.
    """
    if progress is None:
        return None
    whole = progress
    return lambda done, total: whole(number * total + done, parts * total)
