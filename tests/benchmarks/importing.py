"""Importing decks: new, once more, and with a few changes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.benchmarks.generate import change_decks
from tests.benchmarks.processes import environment, module, program, run, run_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.figures import Figures


def fill(decks: list[Path], directory: Path) -> Path:
    """Return a home that holds these decks, for everything that is measured on it."""
    home = new_home(directory / "home")
    run(program("import", _root(decks)), environment(home))
    return home


def measure(
    figures: Figures, size: int, decks: list[Path], directory: Path, runs: int
) -> None:
    """Import the same decks into a new store several times, each time once more, then changed."""
    command = program("import", _root(decks))
    for number in range(runs):
        home = new_home(directory / f"import-{number}")
        imported = run(command, environment(home))
        figures.add("import new", size, imported.seconds)
        figures.add("import memory", size, imported.peak_mib)
        for _ in range(runs):
            figures.add(
                "import unchanged", size, run(command, environment(home)).seconds
            )
        shutil.rmtree(home)
    home = new_home(directory / "phases")
    figures.add_all(
        size,
        run_json(module("inside", "phases", str(home), _root(decks)), environment()),
    )
    for number in range(runs):
        change_decks(decks, f"change{number}")
        figures.add("import changed", size, run(command, environment(home)).seconds)
    shutil.rmtree(home)


def _root(decks: list[Path]) -> str:
    return str(decks[0].parent.parent)


def new_home(home: Path) -> Path:
    """Make a store without the shipped decks, which would blur the figures."""
    home.mkdir()
    run(module("inside", "empty", str(home)), environment())
    return home
