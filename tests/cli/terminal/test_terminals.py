"""The program on a real terminal, and together with other windows."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from tests.cli.program import Program, plain_environment
from tests.helpers import PROJECT

SILENCE_SECONDS = 120
"""Seconds after which no more output is expected, even on a busy machine."""


def in_terminal(
    command: list[str],
    script: list[tuple[bytes, bytes]],
    environment: dict[str, str],
    size: tuple[int, int] = (80, 24),
) -> tuple[int, str]:
    """Run a command on a new terminal and return its status and output.

    Args:
        command: The command line.
        script: What to wait for on the terminal, and what to type then.
        environment: The environment.
        size: Columns and rows.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment)  # noqa: S606
    columns, rows = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    screen, searched = b"", 0
    for awaited, typed in script:
        while (position := screen.find(awaited, searched)) < 0:
            screen += wait_for_output(terminal, screen)
        searched = position + len(awaited)
        os.write(terminal, typed)
    screen += b"".join(iter(lambda: read_terminal(terminal), b""))
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), screen.decode(errors="replace")


def wait_for_output(terminal: int, screen: bytes) -> bytes:
    """Return the next output; fail the test, rather than hang, if there is none."""
    if not select.select([terminal], [], [], SILENCE_SECONDS)[0]:
        os.close(terminal)
        pytest.fail(f"Nothing more was shown after {screen[-500:]!r}.")
    return os.read(terminal, 65_536)


def read_terminal(terminal: int) -> bytes:
    """Return the next output, or nothing after the program has exited."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def terminal_environment(kind: str) -> dict[str, str]:
    # Python 3.13 and later print tracebacks in color.
    plain = {"PYTHON_COLORS": "0", "PYTHONPATH": str(PROJECT)}
    return {**plain_environment(), **plain, "TERM": kind}


def test_holding_enter_shows_an_answer_but_rates_nothing(filled: Program) -> None:
    script = [(b"> ", b"\n" * 30), (b"> ", b"q\n")]

    status, screen = in_terminal(
        filled.command("review", "--plain"), script, terminal_environment("dumb")
    )

    assert status == 0
    assert "on one" not in screen
    assert "0 answers in " in screen


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (80, 24)], ids=str)
def test_a_dumb_terminal_uses_plain_lines(
    filled: Program, size: tuple[int, int]
) -> None:
    script = [(b"> ", b"\n"), (b"> ", b"4\n"), (b"> ", b"q\n")]

    status, screen = in_terminal(
        filled.command("review"), script, terminal_environment("dumb"), size
    )

    assert status == 0
    assert "next in" in screen
    assert "\x1b" not in screen


@pytest.mark.parametrize("command", [(), ("review", "small")], ids=str)
def test_a_terminal_shows_screens_that_exit_with_status_0(
    filled: Program, command: tuple[str, ...]
) -> None:
    ready = b"show the answer" if command else b"Welcome"

    status, screen = in_terminal(
        filled.command(*command),
        [(ready, b"\x11")],
        terminal_environment("xterm-256color"),
    )

    assert status == 0
    assert "Traceback" not in screen


@pytest.mark.parametrize("sent", ["2>errors", "2>&-", "2>/dev/null"])
def test_screens_are_drawn_when_stderr_is_redirected(
    filled: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = ["/bin/sh", "-c", f'exec "$0" "$@" {sent}', *filled.command()]

    status, screen = in_terminal(
        shell, [(b"Welcome", b"\x11")], terminal_environment("xterm-256color")
    )

    assert status == 0
    assert "\x1b[?1049l" in screen
    errors = tmp_path / "errors"
    assert not errors.exists() or errors.read_bytes() == b""


def test_an_interrupt_exits_with_130_and_saves_the_answers(filled: Program) -> None:
    process = subprocess.Popen(
        filled.command("review", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"\n4\n")
    process.stdin.flush()
    for line in iter(process.stdout.readline, b""):
        if b"next in" in line:
            break
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate()

    assert (process.returncode, complaint) == (130, b"")
    assert "review" in filled("undo", "--list").out


def test_a_card_rated_in_another_window_is_not_rated_again(filled: Program) -> None:
    window = subprocess.Popen(
        filled.command("review", "--plain", "other"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert window.stdout
    assert window.stdout.readline().startswith(b"# other-1 ")
    filled("review", "--plain", "other", stdin="\n1\n")

    screen, _ = window.communicate(b"\n4\n")

    assert window.returncode == 0
    assert (
        "Another window rated other-1 first. This answer was not saved.\n"
        in screen.decode()
    )
    card = json.loads(filled("card", "other-1", "--json").out)
    assert [review["rating"] for review in card["reviews"]] == [1]
