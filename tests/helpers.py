"""Clocks and decks for tests of every room."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from flashcards.domain.clock import Moment, moment

PROJECT = Path(__file__).resolve().parents[1]
"""The directory of the whole project."""

START = int(datetime(2026, 3, 2, 9, 0, tzinfo=UTC).timestamp() * 1000)
"""Monday 2 March 2026, 09:00 UTC: the morning on which tests begin."""


class FixedClock:
    """A clock that moves only when a test moves it."""

    def __init__(self, at: int = START) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def forward(
        self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: float = 0
    ) -> None:
        self.at += round(1000 * (((days * 24 + hours) * 60 + minutes) * 60 + seconds))

    def moment(self) -> Moment:
        return moment(self.at, UTC, 4)


def deck(text: str) -> bytes:
    """Return deck text as a file holds it, free of the test's indentation."""
    return dedent(text).lstrip("\n").encode()


@contextmanager
def nested_directories(name: str, depth: int) -> Iterator[Path]:
    """Return a directory with many nested directories of one name.

    The innermost one holds an empty `deck.yaml`. They are not in `tmp_path`, because pytest
    removes what a killed test left there by recursion, and would fail in a later run.
    """
    top = Path(tempfile.mkdtemp(prefix="nested-"))
    try:
        with chdir(top):
            for _ in range(depth):
                os.mkdir(name)  # noqa: PTH102 - the whole path would be too long
                os.chdir(name)
            Path("deck.yaml").touch()
        yield top
    finally:
        subprocess.run(["rm", "-rf", "--", top], check=True)
