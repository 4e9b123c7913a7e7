"""The screens in a real pseudo-terminal: first frame, keys, memory, and leaving."""

from __future__ import annotations

import re
import shutil
import signal
from typing import TYPE_CHECKING

from tests.benchmarks.figures import percentile
from tests.benchmarks.processes import environment, program
from tests.benchmarks.terminal import Terminal, TerminalError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.figures import Figures
    from tests.benchmarks.terminal import Found

CARDS = 100
READING_SECONDS = 0.25
"""A pause before each key, longer than the filter of held keys, as a reader makes it."""
EARLY_SECONDS = 0.05
EARLY_KEYS = 10
QUESTION = re.compile(r"Q(\d+):")
ANSWER = re.compile(r"A(\d+):")
DOWN = "\x1b[B"
"""Into the list of areas, whose keys the footer then shows, `fold` among them."""
LEAVE = "\x11"
"""ctrl+q."""
STATISTICS_SIZE = 10_000
"""The number of cards up to which the limit of the statistics screen applies."""
SIGNALS = (signal.SIGTERM, signal.SIGHUP)


def measure(
    figures: Figures, size: int, home: Path, directory: Path, runs: int
) -> None:
    """Measure the home screen, a review of a hundred cards, and every way to leave."""
    for number in range(runs):
        copy = directory / f"screens-{number}"
        shutil.copytree(home, copy)
        _review(figures, size, copy)
        _home(figures, size, copy)
        for sent in SIGNALS:
            _signalled(figures, size, copy, sent)
        shutil.rmtree(copy)


def _home(figures: Figures, size: int, home: Path) -> None:
    with _open(home) as terminal:
        painted = terminal.wait_for(_has_counts)
        figures.add("home frame", size, 1000 * (painted - terminal.started))
        ready = terminal.wait_for_writer(home / "flashcards.db")
        figures.add("store ready", size, 1000 * (ready - terminal.started))
        terminal.settle(0.5)
        figures.add("exit", size, 1000 * _measure_leaving(terminal, LEAVE, 0))
    # One early key a start: a second one would find the store loaded.
    early = []
    for _ in range(EARLY_KEYS):
        with _open(home) as terminal:
            painted = terminal.wait_for(_has_counts)
            figures.add("home frame", size, 1000 * (painted - terminal.started))
            terminal.settle(EARLY_SECONDS)
            sent = terminal.send(DOWN)
            early.append(1000 * (terminal.wait_for(lambda text: "fold" in text) - sent))
    figures.add("early key p95", size, percentile(early, 0.95))


def measure_statistics(figures: Figures, size: int, home: Path, runs: int) -> None:
    """Measure the time from the key to the first figures of the statistics screen."""
    name = "statistics" if size <= STATISTICS_SIZE else "statistics long"
    for _ in range(runs):
        with _open(home) as terminal:
            terminal.wait_for(_has_counts)
            terminal.wait_for_writer(home / "flashcards.db")
            terminal.settle(1)
            sent = terminal.send("t")
            painted = terminal.wait_for(lambda text: "young" in text)
            figures.add(name, size, 1000 * (painted - sent))
            _measure_leaving(terminal, LEAVE, 0)


def _review(figures: Figures, size: int, home: Path) -> None:
    reveals, follows = [], []
    with _open(home, "review", "--minutes", "0") as terminal:
        painted = terminal.wait_for(lambda text: bool(QUESTION.search(text)))
        figures.add("card frame", size, 1000 * (painted - terminal.started))
        shown = QUESTION.findall(terminal.text())[-1]
        terminal.settle(1)
        for _ in range(CARDS):
            terminal.settle(READING_SECONDS)
            sent = terminal.send(" ")
            reveals.append(1000 * (terminal.wait_for(_holds(ANSWER, shown)) - sent))
            terminal.settle(READING_SECONDS)
            sent = terminal.send("3")
            follows.append(
                1000 * (terminal.wait_for(_holds_another(QUESTION, shown)) - sent)
            )
            shown = next(
                number
                for number in QUESTION.findall(terminal.text())
                if number != shown
            )
        figures.add("memory", size, terminal.memory_mib())
        _measure_leaving(terminal, LEAVE, 0)
    for name, taken in (("reveal", reveals), ("next", follows)):
        figures.add(f"{name} p50", size, percentile(taken, 0.5))
        figures.add(f"{name} p95", size, percentile(taken, 0.95))
        figures.add(f"{name} max", size, max(taken))


def _signalled(figures: Figures, size: int, home: Path, sent: signal.Signals) -> None:
    with _open(home, "review") as terminal:
        painted = terminal.wait_for(lambda text: bool(QUESTION.search(text)))
        figures.add("card frame", size, 1000 * (painted - terminal.started))
        terminal.settle(1)
        figures.add(
            sent.name, size, 1000 * _measure_leaving(terminal, sent, 128 + sent)
        )


def _open(home: Path, *arguments: str) -> Terminal:
    return Terminal(program(*arguments), environment(home))


def _measure_leaving(
    terminal: Terminal, by: str | signal.Signals, status: int
) -> float:
    """Return the seconds until the exit.

    Raises:
        TerminalError: it ended otherwise, or kept the terminal.
    """
    ended = terminal.end(by)
    if ended.status != status or not ended.restored:
        message = f"Left by {by!r} with {ended}, expected status {status} and the terminal back"
        raise TerminalError(message)
    return ended.seconds


def _has_counts(text: str) -> bool:
    return "about" in text and "review" in text


def _holds(pattern: re.Pattern[str], number: str) -> Found:
    return lambda text: number in pattern.findall(text)


def _holds_another(pattern: re.Pattern[str], number: str) -> Found:
    return lambda text: any(each != number for each in pattern.findall(text))
