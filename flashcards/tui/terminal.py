"""The terminal that the screens are drawn on, wherever the standard error was sent."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


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
