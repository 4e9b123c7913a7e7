"""Import a table, and export and import a package with eight reviews a card."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.benchmarks.generate import write_table
from tests.benchmarks.importing import new_home
from tests.benchmarks.processes import environment, program, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.figures import Figures

PACKAGE = "all.apkg"
"""The package that we wrote, which Anki's backend reads too."""


def measure(
    figures: Figures, size: int, home: Path, directory: Path, runs: int
) -> None:
    """Import a table, write a package of the home, and import that, several times."""
    table, package = directory / "notes.csv", directory / PACKAGE
    write_table(table, size)
    for number in range(runs):
        _import(figures, size, "table", table, directory / f"table-{number}")
        package.unlink(missing_ok=True)
        written = run(program("export", "-o", str(package)), environment(home))
        figures.add("package export", size, written.seconds)
        figures.add("package export memory", size, written.peak_mib)
        _import(figures, size, "package", package, directory / f"package-{number}")


def _import(
    figures: Figures, size: int, name: str, file: Path, directory: Path
) -> None:
    home = new_home(directory)
    taken = run(program("import", str(file)), environment(home))
    figures.add(f"{name} import", size, taken.seconds)
    figures.add(f"{name} import memory", size, taken.peak_mib)
    shutil.rmtree(home)
