"""Running the program and other children, with their wall time and peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from flashcards.__main__ import main; sys.exit(main())"
"""What the installed script does."""


class Run(NamedTuple):
    """Output and cost of a finished child process."""

    seconds: float
    peak_mib: float
    output: str


class ChildError(Exception):
    """A measured child failed, so there is no figure."""


def environment(home: Path | None = None) -> dict[str, str]:
    """Return the environment of measured children: bytecode cached, a usual terminal."""
    variables = {
        name: value for name, value in os.environ.items() if name not in _LEFT_OUT
    }
    variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    if home is not None:
        variables["FLASHCARDS_HOME"] = str(home)
    return variables


# The first would make every start compile the project, the others change what is drawn.
_LEFT_OUT = {
    "PYTHONDONTWRITEBYTECODE",
    "FLASHCARDS_HOME",
    "NO_COLOR",
    "COLUMNS",
    "LINES",
    "LC_ALL",
}


def program(*arguments: str) -> list[str]:
    """Return the command line of the program with these arguments."""
    return [sys.executable, "-c", START, *arguments]


def module(name: str, *arguments: str) -> list[str]:
    """Return the command line of one of our modules, in its own process."""
    return [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]


def run(command: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a child to its end.

    Raises:
        ChildError: it failed; the message holds what it said.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as child:
        # Children write little on stderr, so reading one after the other cannot block.
        output = child.stdout.read() if child.stdout else ""
        talk = child.stderr.read() if child.stderr else ""
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        message = f"{' '.join(command)} ended with {child.returncode}: {talk[-2000:]}"
        raise ChildError(message)
    return Run(seconds, usage.ru_maxrss / 1024, output)


def run_json(command: Sequence[str], env: Mapping[str, str]) -> dict[str, Any]:
    """Run a child whose last line is a JSON object, and return that."""
    lines = run(command, env).output.strip().splitlines()
    if not lines:
        message = f"{' '.join(command)} printed nothing"
        raise ChildError(message)
    document: dict[str, Any] = json.loads(lines[-1])
    return document
