"""Read lines that a person types, ignoring empty ones repeated by a held Enter key."""

from __future__ import annotations

import sys
import time
from functools import cache

from flashcards.cli.console import output
from flashcards.tui.keys.held_keys import REPEAT_SECONDS


def read_line() -> str | None:
    """Return the next line without surrounding spaces, or None at the end of input.

    On a terminal, an empty line after another empty one is ignored if it was typed before
    its question was shown, or as soon after the last one as the keyboard repeats a key.
    Lines from pipes and files are never ignored.
    """
    if sys.stdin is None:
        return None
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stdout)):
        return _strip(sys.stdin.readline())
    return _keyboard().read()


class _Keyboard:
    def __init__(self) -> None:
        self._last_line: str | None = None
        self._last_time = 0.0

    def read(self) -> str | None:
        was_typed_ahead = _has_waiting_input()
        output.prompt("> ")
        while True:
            line = _strip(sys.stdin.readline())
            now = time.monotonic()
            is_soon = was_typed_ahead or now - self._last_time < REPEAT_SECONDS
            is_repeat = line == "" and self._last_line == "" and is_soon
            self._last_line, self._last_time = line, now
            if not is_repeat:
                return line
            was_typed_ahead = _has_waiting_input()


@cache
def _keyboard() -> _Keyboard:
    return _Keyboard()


def _has_waiting_input() -> bool:
    """Return whether a typed line is waiting to be read."""
    from select import select

    return bool(select([sys.stdin], [], [], 0)[0])


def _strip(line: str) -> str | None:
    """Return a line without surrounding spaces; None for the end of input."""
    return line.strip() if line else None
