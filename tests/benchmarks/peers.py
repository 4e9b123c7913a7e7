"""Anki's backend at the same work, where a Python that has it was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.anki_peer import __file__ as script
from tests.benchmarks.exchange import PACKAGE
from tests.benchmarks.processes import environment, run, run_json
from tests.benchmarks.report import ANKI

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.figures import Figures


def version(python: str) -> str:
    """Return the version of Anki in that Python."""
    return str(run_json([python, script, "version"], environment())["version"])


def measure(
    figures: Figures, size: int, directory: Path, python: str, runs: int
) -> None:
    """Fill a new collection with the same notes and use it, several times.

    Table and package are those that `exchange` left in the directory.
    """
    table = directory / "notes.csv"
    for number in range(runs):
        collection = str(directory / f"{number}.anki2")
        package = str(directory / PACKAGE)
        _measure_once(figures, size, [python, script], collection, str(table), package)


def _measure_once(
    figures: Figures,
    size: int,
    command: list[str],
    collection: str,
    table: str,
    package: str,
) -> None:
    env = environment()
    filled = run([*command, "fill", collection, table], env)
    figures.add(f"{ANKI}table import", size, filled.seconds)
    figures.add(f"{ANKI}table import memory", size, filled.peak_mib)
    run([*command, "history", collection], env)
    for stage, name, file in (
        ("give", "package export", f"{collection}.apkg"),
        ("take", "package import", package),
    ):
        # Anki keeps media in a folder that it names by putting another suffix for this one.
        path = collection if stage == "give" else f"{collection}.taken.anki2"
        done = run([*command, stage, path, file], env)
        figures.add(f"{ANKI}{name}", size, done.seconds)
        figures.add(f"{ANKI}{name} memory", size, done.peak_mib)
    taken = run([*command, "first", collection], env).seconds
    figures.add(f"{ANKI}session cold", size, 1000 * taken)
    for stage in ("first", "session", "answers"):
        for name, value in run_json([*command, stage, collection], env).items():
            figures.add(ANKI + name, size, value)
