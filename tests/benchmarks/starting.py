"""Whole processes that print and exit: the time a shell prompt or a script waits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.benchmarks.processes import environment, program, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.figures import Figures

COMMANDS = {
    "bare python": [sys.executable, "-c", "pass"],
    "version": program("--version"),
    "help": program("--help"),
    "due": program("due"),
}
ROUNDS = 5
"""Runs of each command for each run asked for: they are short, so noise is large."""


def measure(figures: Figures, size: int, home: Path, runs: int) -> None:
    """Measure every command, in turn, so that a slow minute affects all of them."""
    env = environment(home)
    for command in COMMANDS.values():
        run(command, env)
    for _ in range(runs * ROUNDS):
        for name, command in COMMANDS.items():
            figures.add(name, size, 1000 * run(command, env).seconds)
