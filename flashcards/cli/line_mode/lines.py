"""Lines that a person types, without those that a held enter key repeats."""

from __future__ import annotations

import sys
import time
from functools import cache

from flashcards.cli.console import output
from flashcards.tui.keys.held_keys import REPEAT_SECONDS


def read_line() -> str | None:
    """Return the next line without the spaces around it, None at the end of input.

    On a terminal an empty line after another one is left out where it was typed before
    its question was shown, or so soon after the last one as the keyboard repeats a key.
    Lines from pipes and files are all meant.
    """
    if sys.stdin is None:
        return None
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stdout)):
        return _stripped(sys.stdin.readline())
    return _keyboard().read()


class _Keyboard:
    def __init__(self) -> None:
        self._last: str | None = None
        self._at = 0.0

    def read(self) -> str | None:
        was_typed_ahead = _is_waiting()
        output.prompt("> ")
        while True:
            line = _stripped(sys.stdin.readline())
            at = time.monotonic()
            is_soon = was_typed_ahead or at - self._at < REPEAT_SECONDS
            is_repeat = line == "" and self._last == "" and is_soon
            self._last, self._at = line, at
            if not is_repeat:
                return line
            was_typed_ahead = _is_waiting()


@cache
def _keyboard() -> _Keyboard:
    return _Keyboard()


def _is_waiting() -> bool:
    """Return whether a line was typed that nobody has read yet."""
    from select import select

    return bool(select([sys.stdin], [], [], 0)[0])


def _stripped(line: str) -> str | None:
    return line.strip() if line else None
