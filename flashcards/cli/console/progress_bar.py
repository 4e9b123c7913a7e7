"""A bar on stderr for work that lasts; none where nobody looks, or for a moment's work."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from flashcards.cli.console import output

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 0.5
"""Seconds before a bar appears."""
_PAUSE = 0.1
_WIDTH = 24


class ProgressBar:
    """A line on the terminal that says how far the work is, and goes away at its end."""

    def __init__(self) -> None:
        self._looked_at = output.is_terminal(sys.stderr)
        self._next = time.monotonic() + PATIENCE
        self._drawn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn:
            output.draw_on_stderr(" " * self._drawn + "\r")

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` is done of what is named."""
        now = time.monotonic()
        if not self._looked_at or now < self._next:
            return
        self._next = now + _PAUSE
        filled = _WIDTH * done // max(total, 1)
        bar = "#" * filled + "-" * (_WIDTH - filled)
        line = f"{what.capitalize()} [{bar}] {done:,} of {total:,}"
        output.draw_on_stderr(line.ljust(self._drawn) + "\r")
        self._drawn = len(line)
