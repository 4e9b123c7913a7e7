"""The program without a screen: queue, answers, undo, memory."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.benchmarks.processes import environment, module, program, run, run_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.figures import Figures

READING = ("queue",)
WRITING = ("record", "cycle", "session")
"""These leave traces, so each works on a copy."""


def measure(
    figures: Figures, size: int, home: Path, directory: Path, runs: int
) -> None:
    """Run every stage several times, each in a separate process."""
    env = environment()
    for number in range(runs):
        taken = run(module("inside", "cold", str(home)), env).seconds
        figures.add("session cold", size, 1000 * taken)
        for stage in READING:
            figures.add_all(size, run_json(module("inside", stage, str(home)), env))
        for stage in WRITING:
            copy = directory / f"{stage}-{number}"
            shutil.copytree(home, copy)
            figures.add_all(size, run_json(module("inside", stage, str(copy)), env))
            shutil.rmtree(copy)
    figures.add("store size", size, (home / "flashcards.db").stat().st_size / 2**20)


def measure_statistics(figures: Figures, size: int, home: Path, runs: int) -> None:
    """Compute the statistics as a whole process, and a year of due dates."""
    env = environment(home)
    for _ in range(runs):
        figures.add("stats", size, 1000 * run(program("stats"), env).seconds)
        figures.add_all(size, run_json(module("inside", "ahead", str(home)), env))


def measure_replay(figures: Figures, size: int, home: Path, runs: int) -> None:
    """Compute memories from a log of a million reviews, whatever the size of the store."""
    for _ in range(runs):
        figures.add_all(
            size, run_json(module("inside", "replay", str(home)), environment())
        )
