"""Long work told as one: its parts report how far they are, and any report may stop it."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[int, int], bool]
"""Is told of steps done and steps in all; returns False to stop."""


def subprogress(
    watch: ProgressCallback | None, number: int, parts: int
) -> ProgressCallback | None:
    """Return what one of several parts of like length reports to.

    Args:
        watch: What the whole reports to; None where nobody listens.
        number: Which part it is, from 0.
        parts: How many there are.
    """
    if watch is None:
        return None
    told = watch
    return lambda done, total: told(number * total + done, parts * total)
