"""A progress bar on stderr for slow work; none without a terminal or for quick work."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from flashcards.cli.console import output

if TYPE_CHECKING:
    from types import TracebackType

DELAY_SECONDS = 0.5
"""Seconds before the bar appears."""
_REDRAW_SECONDS = 0.1
_BAR_WIDTH = 24


class ProgressBar:
    """A line on the terminal that shows progress and is erased at the end."""

    def __init__(self, first_line: str = "") -> None:
        """Show nothing yet.

        Args:
            first_line: Shown at once, until the bar appears; empty for nothing.
        """
        self._first_line = first_line
        self._is_visible = output.is_terminal(sys.stderr)
        self._next_draw = time.monotonic() + DELAY_SECONDS
        self._drawn_width = 0

    def __enter__(self) -> Self:
        if self._first_line and self._is_visible:
            self._draw(self._first_line)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn_width:
            output.draw_on_stderr(" " * self._drawn_width + "\r")

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps are done of the work that `label` names."""
        now = time.monotonic()
        if not self._is_visible or now < self._next_draw:
            return
        self._next_draw = now + _REDRAW_SECONDS
        filled = _BAR_WIDTH * done // max(total, 1)
        bar = "#" * filled + "-" * (_BAR_WIDTH - filled)
        line = f"{label.capitalize()} [{bar}] {done:,} of {total:,}"
        self._draw(line)

    def _draw(self, line: str) -> None:
        output.draw_on_stderr(line.ljust(self._drawn_width) + "\r")
        self._drawn_width = len(line)
