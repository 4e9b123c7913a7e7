"""All benchmarks in one run: `python -m tests.benchmarks --help`."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks import (
    engine,
    exchange,
    importing,
    machine,
    peers,
    report,
    screens,
    starting,
)
from tests.benchmarks.figures import Figures
from tests.benchmarks.generate import write_decks
from tests.benchmarks.processes import environment, module, run

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (1_000, 10_000, 100_000)
PARTS = (
    "starting",
    "screens",
    "engine",
    "statistics",
    "importing",
    "exchange",
    "replay",
    "anki",
)
LONG_PAST = 11
"""Reviews of each card where statistics are measured: 100,000 of 10,000 cards."""


def main() -> None:
    """Run what the command line asks for, print the tables, and name the limits exceeded."""
    options = _options()
    figures = Figures()
    others = []
    with TemporaryDirectory(prefix="flashcards-bench-", dir=options.directory) as name:
        facts = machine.describe(Path(name))
        for size in options.sizes:
            spent_before = machine.Spent.now()
            for part in _measured(figures, size, Path(name), options):
                _say(f"{size:,} cards: {part} done")
            busy = machine.Spent.now().others_since(spent_before)
            others.append(f"{busy:.2f} at {size:,} cards")
    facts.append(("cores that other programs kept busy", ", ".join(others)))
    anki = (
        peers.version(options.anki) if options.anki and "anki" in options.parts else ""
    )
    text = report.markdown(figures, options.sizes, facts, anki)
    sys.stdout.write(text)
    if options.write:
        report.write(options.write, text)
    for line in report.missed_bars(figures, options.sizes):
        _say(f"missed: {line}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__
    )
    parser.add_argument("--sizes", type=_numbers, default=SIZES, metavar="N,N")
    parser.add_argument(
        "--only",
        action="append",
        choices=PARTS,
        dest="parts",
        help="a part; may be repeated",
    )
    parser.add_argument(
        "--runs", type=int, default=3, help="runs of each measure; the best one counts"
    )
    parser.add_argument(
        "--anki",
        metavar="PYTHON",
        help="a Python that has the package anki, to compare with",
    )
    parser.add_argument(
        "--write",
        type=Path,
        metavar="PAGE",
        help="put the tables into docs/benchmarks.md",
    )
    parser.add_argument(
        "--directory", type=Path, help="a directory on the disk to be measured"
    )
    options = parser.parse_args()
    if options.write and options.parts:
        parser.error(
            "--write needs a whole run, so that figures of one minute stand together."
        )
    if options.write and not options.write.is_file():
        parser.error(f"{options.write} does not exist.")
    options.parts = options.parts or PARTS
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _measured(
    figures: Figures, size: int, directory: Path, options: argparse.Namespace
) -> Iterator[str]:
    """Measure one part after the other, yielding its name."""
    parts, runs = options.parts, options.runs
    with _room(directory, f"{size}") as room:
        decks = write_decks(room / "decks", size)
        home = importing.fill(decks, room)
        run(module("history", str(home)), environment())
        if "starting" in parts:
            starting.measure(figures, size, home, runs)
            yield "starting"
        if "screens" in parts:
            screens.measure(figures, size, home, room, runs)
            yield "screens"
        if "engine" in parts:
            engine.measure(figures, size, home, room, runs)
            yield "engine"
        if "statistics" in parts:
            with _room(room, "statistics") as store_home:
                long = importing.fill(decks, store_home)
                run(module("history", str(long), str(LONG_PAST)), environment())
                screens.measure_statistics(figures, size, long, runs)
                engine.measure_statistics(figures, size, long, runs)
            yield "statistics"
        if "importing" in parts:
            importing.measure(figures, size, decks, room, runs)
            yield "importing"
        if "exchange" in parts:
            exchange.measure(figures, size, home, room, runs)
            yield "exchange"
        # The log replayed is as long whatever the store holds.
        if "replay" in parts and size == max(options.sizes):
            engine.measure_replay(figures, size, home, runs)
            yield "replay"
        if "anki" in parts and options.anki:
            peers.measure(figures, size, room, options.anki, runs)
            yield "anki"


@contextmanager
def _room(directory: Path, name: str) -> Iterator[Path]:
    """Return a directory that is deleted afterwards, so that sizes do not affect each other."""
    with TemporaryDirectory(prefix=f"{name}-", dir=directory) as room:
        yield Path(room)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
