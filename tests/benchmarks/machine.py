"""What the figures were taken on: hardware, versions, load."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Self

from flashcards import __version__
from tests.benchmarks.figures import percentile

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("sqlmodel", "sqlalchemy", "textual", "fsrs", "pyyaml")


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds up to an instant: by all programs, and by this run alone."""

    at: float
    all: float
    own: float

    @classmethod
    def now(cls) -> Self:
        """Return the processor seconds so far; children count once they have ended."""
        ticks = next(_lines("/proc/stat"), "cpu 0 0 0 0 0 0 0 0").split()[1:]
        user, nice, system, _, _, interrupts, soft, steal = map(int, ticks[:8])
        busy = user + nice + system + interrupts + soft + steal
        return cls(
            time.perf_counter(), busy / os.sysconf("SC_CLK_TCK"), sum(os.times()[:4])
        )

    def others_since(self, before: Spent) -> float:
        """Return how many cores other programs kept busy since then."""
        others = (self.all - before.all) - (self.own - before.own)
        return max(0.0, others / (self.at - before.at))


def describe(directory: Path) -> list[tuple[str, str]]:
    """Return names and values that describe the machine, for the report."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        ("date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("flashcards", __version__),
        ("machine", f"{_processor()}, {os.cpu_count()} cores, {_memory()}"),
        (
            "system",
            f"{platform.system()} {platform.release()}, {platform.libc_ver()[1]}",
        ),
        ("Python", f"{sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"),
        ("packages", packages),
        ("fsync of 4 KiB", _fsync(directory)),
    ]


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal:"):
            return f"{int(line.split()[1]) / 2**20:.0f} GiB"
    return "memory unknown"


def _lines(path: str) -> Iterator[str]:
    if Path(path).exists():
        yield from Path(path).read_text(encoding="utf-8").splitlines()


def _fsync(directory: Path) -> str:
    """Return the seconds for one durable small write, the least that a commit takes."""
    taken = []
    with TemporaryFile(dir=directory) as file:
        for _ in range(200):
            started = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            taken.append(1000 * (time.perf_counter() - started))
    return f"p50 {percentile(taken, 0.5):.2f} ms, p99 {percentile(taken, 0.99):.2f} ms"
