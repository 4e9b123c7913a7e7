"""One command, killed at one of the steps that it takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.helpers import PROJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

SYSTEM_CALLS = (
    "openat", "pwrite64", "write", "fsync", "fdatasync", "rename", "link", "unlink",
    "ftruncate", "mkdir",
)  # fmt: skip

_RUNNER = """
import importlib, json, os, pkgutil, sqlite3, sys
import flashcards
steps, before = 0, ""
FILES = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.truncate", "open"}

def step(text=""):
    global steps, before
    is_same, before = bool(text) and text[:24] == before, text[:24]
    steps += not is_same
    if steps == last and not is_same:
        os.kill(os.getpid(), 9)

def watch(event, arguments):
    if event in FILES and any(home in str(each) for each in arguments):
        step()

def connect(*arguments, **options):
    connection = make_connection(*arguments, **options)
    connection.set_trace_callback(step)
    return connection

def run_and_report(arguments, log):
    global make_connection
    make_connection, sqlite3.connect = sqlite3.connect, connect
    sys.addaudithook(watch)
    from flashcards.__main__ import run
    status = run(["--home", home, *arguments])
    with open(log, "w") as file:
        file.write(str(steps))
    os._exit(status)

# Each command runs in a forked process, so the program is loaded once.
for module in pkgutil.walk_packages(flashcards.__path__, "flashcards."):
    if not module.name.startswith(("flashcards.tui", "flashcards.__main__")):
        importlib.import_module(module.name)
for home, last, log, arguments in json.loads(sys.argv[1]):
    if os.fork() == 0:
        run_and_report(arguments, log)
    os.wait()
"""

_IN_ORDER = """
import io, json, sys
from flashcards.__main__ import run
statuses = []
for home in json.loads(sys.argv[1]):
    statuses.append([])
    for arguments in json.loads(sys.argv[2]):
        sys.stdin = io.StringIO("q\\n")
        statuses[-1].append(run(["--home", home, *arguments]))
sys.__stderr__.write("\\n" + json.dumps(statuses))
"""


class Walk(NamedTuple):
    """A command on a separate home, and the step before which it is killed."""

    home: Path
    last: int
    """0 for a command that is not killed."""
    arguments: tuple[str, ...]


def run_in_order(homes: Sequence[Path], *commands: list[str]) -> list[list[int]]:
    """Run commands one after the other on each home; return their exit codes by home."""
    named = json.dumps([str(home) for home in homes])
    done = subprocess.run(
        [sys.executable, "-c", _IN_ORDER, named, json.dumps(commands)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done
    statuses: list[list[int]] = json.loads(done.stderr.splitlines()[-1])
    return statuses


def run_with_steps(*walks: Walk) -> list[int]:
    """Run commands and kill each before a step; return how many each took, 0 if killed.

    Steps are the statements for the database, those alike in a row together, and the
    operations on files of the home.
    """
    logs = [walk.home.with_name(f"{walk.home.name}.steps") for walk in walks]
    for log in logs:
        log.unlink(missing_ok=True)
    steps = [
        (str(walk.home), walk.last, str(log), walk.arguments)
        for walk, log in zip(walks, logs, strict=True)
    ]
    subprocess.run(
        [sys.executable, "-c", _RUNNER, json.dumps(steps)],
        cwd=PROJECT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    return [int(log.read_text()) if log.exists() else 0 for log in logs]


def has_strace() -> bool:
    """Return whether system calls can be counted here."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "-f", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def count_system_calls(home: Path, *arguments: str) -> list[tuple[str, int]]:
    """Return the system calls by which a command changes the home, each with its number."""
    log = home.with_name(f"{home.name}.trace")
    filter_ = f"trace={','.join(SYSTEM_CALLS)}"
    _strace(
        home,
        ["--seccomp-bpf", "-o", str(log), "-y", "-s", "0", "-e", filter_],
        arguments,
    )
    numbers: dict[tuple[str, str], int] = {}
    calls = []
    for line in log.read_text(errors="replace").splitlines():
        process, _, call_text = line.partition(" ")
        call = call_text.strip().partition("(")[0]
        if call in SYSTEM_CALLS:
            key = (process, call)
            numbers[key] = numbers.get(key, 0) + 1
            is_read = call == "openat" and "O_CREAT" not in call_text
            if str(home) in call_text and not is_read:
                calls.append((call, numbers[key]))
    return list(dict.fromkeys(calls))


def kill_at_system_call(home: Path, call: str, number: int, *arguments: str) -> None:
    """Run a command and kill it at a system call."""
    inject = f"inject={call}:signal=SIGKILL:when={number}"
    _strace(home, ["-o", os.devnull, "-e", f"trace={call}", "-e", inject], arguments)


def _strace(home: Path, options: list[str], arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "flashcards", "--home", str(home), *arguments]
    subprocess.run(
        ["strace", "-f", *options, *command],
        cwd=PROJECT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
