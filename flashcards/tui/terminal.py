"""The terminal that the screens are drawn on, the signals it sends, and memory cleanup."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLEANUP_DELAY_SECONDS = 0.05
"""After a rating the learner reads for a moment, and the garbage collector may run."""


@contextmanager
def drawing_on_terminal() -> Iterator[None]:
    """Let Textual draw on the terminal of stdout where stderr is a file, a pipe or closed.

    Textual draws on the original stderr. Screens open only where stdout is a terminal.
    """
    standard: Any = sys
    original = sys.__stderr__
    if original is not None and not original.closed and original.isatty():
        yield
        return
    standard.__stderr__ = sys.__stdout__
    try:
        yield
    finally:
        standard.__stderr__ = original


def handle_termination(end: Callable[[int], None]) -> None:
    """Call `end` with the exit status when the process is asked to end (SIGTERM, SIGHUP).

    Where the event loop cannot handle signals, they keep their default effect.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        with suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(number, end, 128 + number)


class GarbageCollection:
    """Runs Python's garbage collector while the learner reads, not while a key waits."""

    def __init__(self) -> None:
        self.is_manual = False
        """Whether the collector runs only on `collect_soon`."""

    def start_manual_mode(self) -> None:
        """Stop the automatic collector once the first screen is painted."""
        if self.is_manual:
            gc.freeze()
            gc.disable()

    def exempt_loaded(self) -> None:
        """Exempt from later collections what is loaded by now, because it stays."""
        if self.is_manual:
            gc.freeze()

    def collect_soon(
        self, set_timer: Callable[[float, Callable[[], int]], object]
    ) -> None:
        """Collect after a moment, by a timer."""
        if self.is_manual:
            set_timer(CLEANUP_DELAY_SECONDS, gc.collect)
