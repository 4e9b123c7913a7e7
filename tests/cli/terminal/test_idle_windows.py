"""While a window is idle, its database file can be copied and replaced."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import sqlite3
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from flashcards.store.maintenance import backups
from tests.cli.program import Program, plain_environment
from tests.cli.terminal.test_terminals import (
    read_terminal,
    terminal_environment,
    wait_for_output,
)
from tests.helpers import PROJECT
from tests.unit.store.older import drop_origins

PATIENCE_SECONDS = 60
LOST = "by another program while"


@contextmanager
def idle_line_window(program: Program) -> Iterator[Callable[[bytes], str]]:
    """A review in plain lines that has one answer and waits for the next line.

    Gives a function that types the last line and returns what is printed then.
    """
    window = subprocess.Popen(
        program.command("review", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=plain_environment(),
        cwd=PROJECT,
    )
    assert window.stdin
    assert window.stdout
    with window:
        window.stdin.write(b"\n4\n")
        window.stdin.flush()
        for line in iter(window.stdout.readline, b""):
            if line.startswith(b"Easy on "):
                break
        try:
            wait_until_idle(program)
            yield lambda line: window.communicate(line, timeout=60)[0].decode()
        finally:
            window.kill()


@contextmanager
def idle_screen_window(program: Program) -> Iterator[Callable[[bytes], str]]:
    """The same on the screens; a key is typed in the place of a line."""
    command = program.command("review")
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, terminal_environment("xterm-256color"))  # noqa: S606
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    show_until(terminal, b"show the answer", b"")
    show_until(terminal, b"Easy", b" ")
    # A rating right after the answer does not count, so it is typed until it does.
    show_until(terminal, b"show the answer", b"4")

    def last_key(key: bytes) -> str:
        os.write(terminal, key)
        return b"".join(iter(lambda: read_terminal(terminal), b"")).decode()

    try:
        wait_until_idle(program)
        yield last_key
    finally:
        os.close(terminal)
        os.waitpid(child, 0)


def show_until(terminal: int, awaited: bytes, key: bytes) -> None:
    """Type a key again and again until something is shown."""
    shown = b""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while awaited not in shown:
        assert time.monotonic() < deadline, shown[-500:]
        os.write(terminal, key)
        if select.select([terminal], [], [], 2)[0]:
            shown += wait_for_output(terminal, shown)


WINDOWS = {
    "lines": (idle_line_window, b"q\n"),
    "screens": (idle_screen_window, b"\x11"),
}


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def wait_until_idle(program: Program) -> None:
    """Wait until only the database file is left of the window's store."""
    files = [program.home / f"flashcards.db-{name}" for name in ("wal", "shm")]
    wait_for(lambda: not any(map(Path.exists, files)), "the log stays beside the store")


def reviews_in(file: Path) -> int:
    address = f"{file.as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        count: int = connection.execute("SELECT count(*) FROM reviews").fetchone()[0]
    return count


def older_copy(program: Program, _directory: Path) -> Path:
    return backups.find_backups(program.home / "flashcards.db")[-1].path


def copy_of_an_older_version(program: Program, directory: Path) -> Path:
    file = Path(shutil.copy(older_copy(program, directory), directory / "older.db"))
    with closing(sqlite3.connect(file)) as connection:
        drop_origins(connection)
        connection.execute("PRAGMA user_version = 7")
    return file


def another_store(program: Program, directory: Path) -> Path:
    other = program.of(directory / "other")
    other.make_store()
    return other.home / "flashcards.db"


def replace_by_renaming(source: Path, store: Path) -> None:
    copy = Path(shutil.copy(source, store.with_name("new")))
    copy.replace(store)


def replace_by_overwriting(source: Path, store: Path) -> None:
    store.write_bytes(source.read_bytes())


def test_the_database_file_of_an_idle_window_is_complete(
    filled: Program, tmp_path: Path
) -> None:
    with idle_line_window(filled):
        copy = shutil.copy(filled.home / "flashcards.db", tmp_path / "copy.db")
    assert reviews_in(Path(copy)) == 1


@pytest.mark.parametrize(
    ("window", "source", "replace"),
    [
        ("screens", another_store, replace_by_renaming),
        ("screens", older_copy, replace_by_overwriting),
        ("lines", older_copy, replace_by_renaming),
        ("lines", older_copy, replace_by_overwriting),
        ("lines", copy_of_an_older_version, replace_by_renaming),
        ("lines", another_store, replace_by_overwriting),
    ],
)
def test_replacing_the_store_of_an_idle_window_leaves_it_sound(
    filled: Program,
    tmp_path: Path,
    window: str,
    source: Callable[[Program, Path], Path],
    replace: Callable[[Path, Path], None],
) -> None:
    store = filled.home / "flashcards.db"
    wait, last = WINDOWS[window]
    with wait(filled) as last_line:
        replace(source(filled, tmp_path), store)

        assert filled.process("due").status == 0
        examined = filled.process("doctor")
        said = last_line(last)

    assert examined.status == 0, examined.out
    assert LOST in said
    assert "Traceback" not in said
    assert filled.process("doctor").status == 0
    assert reviews_in(store) == 0
    saved = [reviews_in(backup.path) for backup in backups.find_backups(store)]
    assert max(saved) == 1


@pytest.mark.parametrize("replace", [replace_by_renaming, replace_by_overwriting])
def test_no_answer_is_saved_to_a_store_that_replaced_the_one_in_use(
    filled: Program, tmp_path: Path, replace: Callable[[Path, Path], None]
) -> None:
    store = filled.home / "flashcards.db"
    with idle_line_window(filled) as last_line:
        replace(older_copy(filled, tmp_path), store)
        said = last_line(b"\n4\n\n4\n")
    assert LOST in said
    assert "Easy on" not in said
    assert reviews_in(store) == 0
