"""One command, killed at one of the steps that it takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.helpers import PROJECT

SYSTEM_CALLS = (
    "openat", "pwrite64", "write", "fsync", "fdatasync", "rename", "link", "unlink",
    "ftruncate", "mkdir",
)  # fmt: skip

_RUNNER = """
import os, sqlite3, sys
home, last, log = sys.argv[1], int(sys.argv[2]), sys.argv[3]
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

make_connection, sqlite3.connect = sqlite3.connect, connect
sys.addaudithook(watch)
from flashcards.__main__ import run
status = run(["--home", home, *sys.argv[4:]])
with open(log, "w") as file:
    file.write(str(steps))
os._exit(status)
"""

_IN_ORDER = """
import io, json, sys
from flashcards.__main__ import run
from tests.helpers import PROJECT
statuses = []
for arguments in json.loads(sys.argv[2]):
    sys.stdin = io.StringIO("q\\n")
    statuses.append(run(["--home", sys.argv[1], *arguments]))
sys.__stderr__.write("\\n" + json.dumps(statuses))
"""


def run_in_order(home: Path, *commands: list[str]) -> list[int]:
    """Run commands one after the other in one process; return their exit codes."""
    done = subprocess.run(
        [sys.executable, "-c", _IN_ORDER, str(home), json.dumps(commands)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done
    statuses: list[int] = json.loads(done.stderr.splitlines()[-1])
    return statuses


def run_with_steps(home: Path, last: int, *arguments: str) -> int:
    """Run a command and kill it before a step, 0 for never; return how many it took, 0 if killed.

    Steps are the statements for the database, those alike in a row together, and the
    operations on files of the home.
    """
    log = home.with_name(f"{home.name}.steps")
    log.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "-c", _RUNNER, str(home), str(last), str(log), *arguments],
        cwd=PROJECT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return int(log.read_text()) if log.exists() else 0


def has_strace() -> bool:
    """Tell whether system calls can be counted here."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "-f", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def count_system_calls(home: Path, *arguments: str) -> list[tuple[str, int]]:
    """Return the system calls by which a command changes the home, each with its number."""
    log = home.with_name(f"{home.name}.trace")
    wanted = f"trace={','.join(SYSTEM_CALLS)}"
    _strace(home, ["-o", str(log), "-y", "-s", "0", "-e", wanted], arguments)
    numbers: dict[tuple[str, str], int] = {}
    found = []
    for line in log.read_text(errors="replace").splitlines():
        process, _, rest = line.partition(" ")
        call = rest.strip().partition("(")[0]
        if call in SYSTEM_CALLS:
            key = (process, call)
            numbers[key] = numbers.get(key, 0) + 1
            is_read = call == "openat" and "O_CREAT" not in rest
            if str(home) in rest and not is_read:
                found.append((call, numbers[key]))
    return list(dict.fromkeys(found))


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
