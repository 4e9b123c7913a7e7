"""What is measured: one table of measures with their bars, and the values of a run."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured: its name, unit and bar."""

    name: str
    words: str
    unit: str = "ms"
    bar: float | None = None
    """The most it may be, in `unit`."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A figure of ours, and the same one of Anki's backend."""

    ours: str
    theirs: str
    words: str
    unit: str = "ms"


MEASURES = (
    Measure("version", "`flashcards --version`, whole process", bar=50),
    Measure("help", "`flashcards --help`, whole process", bar=50),
    Measure("due", "`flashcards due`, whole process", bar=50),
    Measure("home frame", "start to the first frame with the home counts", bar=300),
    Measure(
        "card frame",
        "`review`: start to the first frame with the first due card",
        bar=300,
    ),
    Measure("store ready", "start to the store being open for writing", bar=700),
    Measure(
        "early key p95", "key 50 ms after the first frame, key to paint, p95", bar=50
    ),
    Measure("reveal p50", "reveal, key to paint, p50"),
    Measure("reveal p95", "reveal, key to paint, p95", bar=50),
    Measure("next p50", "rating to next card, key to paint, p50"),
    Measure("next p95", "rating to next card, key to paint, p95", bar=50),
    Measure("record p50", "recording one review, committed, p50", bar=2),
    Measure("record p99", "recording one review, committed, p99", bar=10),
    Measure(
        "import new", "`flashcards import`, all notes new, whole process", "s", bar=9
    ),
    Measure(
        "import unchanged",
        "`flashcards import`, nothing changed, whole process",
        "s",
        bar=0.5,
    ),
    Measure(
        "statistics",
        "`t`, key to the first figures of statistics, 11 reviews a card",
        bar=300,
    ),
    Measure("queue cold", "first due card, queue cold, store open", bar=45),
    Measure("memory", "resident memory in review after 100 cards", "MiB", bar=110),
    Measure("exit", "`ctrl+q` to the end of the process", bar=350),
    Measure(
        "SIGTERM", "SIGTERM to the end of the process, terminal given back", bar=350
    ),
    Measure("SIGHUP", "SIGHUP to the end of the process, terminal given back", bar=350),
    # Without a bar: what explains the others.
    Measure("bare python", "`python -c pass`, the floor of every process"),
    Measure("reveal max", "reveal, key to paint, slowest of 100"),
    Measure("next max", "rating to next card, key to paint, slowest of 100"),
    Measure("session cold", "process start to the first due card, without a screen"),
    Measure("queue warm", "first due card again"),
    Measure("queue usual", "the same with the daily limits of the default settings"),
    Measure(
        "cycle p50", "show, rate, record and draw the next card, without a screen, p50"
    ),
    Measure("cycle p99", "the same, p99"),
    Measure("undo p50", "taking back an answer, p50"),
    Measure("undo p99", "the same, p99"),
    Measure("engine memory", "peak memory of 100 answers without a screen", "MiB"),
    Measure(
        "import changed", "`flashcards import`, one note of each deck changed", "s"
    ),
    Measure("import memory", "peak memory of the first import", "MiB"),
    Measure("import read", "of it: reading the files", "s"),
    Measure("import plan", "of it: comparing with the store", "s"),
    Measure("import apply", "of it: writing, one transaction", "s"),
    Measure("statistics long", "`t`, the same beyond 10,000 cards"),
    Measure("stats", "`flashcards stats` of the same log, whole process"),
    Measure("workload", "a year of due dates simulated, four runs"),
    Measure("table import", "`flashcards import` of a CSV of new notes", "s"),
    Measure("table import memory", "peak memory of it", "MiB"),
    Measure(
        "package import",
        "`flashcards import` of an Anki package with eight reviews a card",
        "s",
    ),
    Measure("package import memory", "peak memory of it", "MiB"),
    Measure("package export", "`flashcards export` of that package", "s"),
    Measure("package export memory", "peak memory of it", "MiB"),
    Measure("replay", "memories from a log of 1 M reviews, bulk replay", "s"),
    Measure("store size", "database file with the log", "MiB"),
)
"""In the order of the report; those with a bar first."""

PEERS = (
    Peer("session cold", "session cold", "process start to the first due card"),
    Peer("queue cold", "queue cold", "first due card, queue cold"),
    Peer("record p50", "answer p50", "answer one card, committed, p50"),
    Peer("record p99", "answer p99", "answer one card, committed, p99"),
    Peer("cycle p50", "cycle p50", "next card, render, answer, p50"),
    Peer("cycle p99", "cycle p99", "next card, render, answer, p99"),
    Peer("undo p50", "undo p50", "undo an answer, p50"),
    Peer("table import", "table import", "import N notes from CSV, whole process", "s"),
    Peer(
        "table import memory",
        "table import memory",
        "peak memory of importing the CSV",
        "MiB",
    ),
    Peer(
        "package import",
        "package import",
        "import N notes and their reviews from `.apkg`, whole process",
        "s",
    ),
    Peer(
        "package import memory",
        "package import memory",
        "peak memory of importing the package",
        "MiB",
    ),
    Peer(
        "package export",
        "package export",
        "export them with their reviews to `.apkg`, whole process",
        "s",
    ),
    Peer(
        "package export memory",
        "package export memory",
        "peak memory of exporting the package",
        "MiB",
    ),
    Peer(
        "engine memory",
        "engine memory",
        "peak memory of a session of 100 answers",
        "MiB",
    ),
)


@dataclass(slots=True)
class Figures:
    """The values of one run, by measure and number of cards; several for each."""

    values: dict[tuple[str, int], list[float]] = field(default_factory=dict)

    def add(self, name: str, size: int, *values: float) -> None:
        """Save values of one measure."""
        self.values.setdefault((name, size), []).extend(values)

    def add_all(self, size: int, values: Mapping[str, Any]) -> None:
        """Save one value of each of several measures."""
        for name, value in values.items():
            self.add(name, size, float(value))

    def best(self, name: str, size: int) -> float | None:
        """Return the lowest value, which depends least on the load of the machine."""
        return min(self.values.get((name, size), ()), default=None)

    def middle(self, name: str, size: int) -> float | None:
        """Return the median value."""
        measured = self.values.get((name, size))
        return median(measured) if measured else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def milliseconds(seconds: Iterable[float]) -> list[float]:
    """Return seconds as milliseconds."""
    return [1000 * value for value in seconds]
