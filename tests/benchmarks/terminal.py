"""The program in a pseudo-terminal: keys in, bytes out, and the time between them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from tests.benchmarks.processes import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    Found = Callable[[str], bool]

ALTERNATE_SCREEN_LEFT = b"\x1b[?1049l"
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;?<=>$ ]*[A-Za-z~]|[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|.)"
)


class TerminalError(Exception):
    """The expected output did not appear."""


class Ended(NamedTuple):
    """How the program in the terminal ended."""

    status: int
    """Exit status, negative for a signal."""
    seconds: float
    restored: bool
    """Whether the alternate screen was left."""


class Terminal:
    """A program in its own pseudo-terminal of 100 columns and 30 rows."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 100,
        rows: int = 30,
    ) -> None:
        """Start the program and its clock."""
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            _become(command, env, columns, rows)
        self._bytes = bytearray()
        self._status: int | None = None

    def __enter__(self) -> Self:
        """Return the terminal."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program if it still runs, and close its terminal."""
        if self._status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._master)

    def send(self, keys: str) -> float:
        """Type keys and return the instant of it; what was painted before is forgotten."""
        self.settle(0)
        self._bytes.clear()
        at = time.perf_counter()
        os.write(self._master, keys.encode())
        return at

    def wait_for(self, found: Found, seconds: float = 20) -> float:
        """Wait until what was painted since the last key holds something; return the instant.

        Raises:
            TerminalError: it did not appear, or the program ended.
        """
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            if not self._read(deadline - time.perf_counter()):
                message = f"The program ended. It painted: {self.text()[-2000:]}"
                raise TerminalError(message)
            at = time.perf_counter()
            if found(self.text()):
                return at
        message = (
            f"It did not appear within {seconds} s. There was: {self.text()[-2000:]}"
        )
        raise TerminalError(message)

    def settle(self, seconds: float) -> None:
        """Read the output for some seconds."""
        deadline = time.perf_counter() + seconds
        while self._readable(deadline - time.perf_counter()):
            if not self._read(0):
                return

    def text(self) -> str:
        """Return what was painted since the last key, without colors and cursor moves."""
        return _ESCAPES.sub(b"", bytes(self._bytes)).decode(errors="replace")

    def memory_mib(self) -> float:
        """Return the resident memory of the program."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        resident = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(resident[1]) / 1024 if resident else 0.0

    def wait_for_writer(self, database: Path, seconds: float = 20) -> float:
        """Return the instant at which the program holds the database open for writing."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            if _opened_for_writing(self.pid, database):
                return time.perf_counter()
            self.settle(0.002)
        message = (
            f"The program did not open {database.name} for writing within {seconds} s"
        )
        raise TerminalError(message)

    def end(self, by: str | signal.Signals, seconds: float = 10) -> Ended:
        """Type the keys that quit, or send a signal, and wait for the exit."""
        self.settle(0.05)
        self._bytes.clear()
        at = time.perf_counter()
        if isinstance(by, signal.Signals):
            os.kill(self.pid, by)
        else:
            os.write(self._master, by.encode())
        while time.perf_counter() < at + seconds:
            self.settle(0.002)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                taken = time.perf_counter() - at
                self.settle(0.01)
                self._status = os.waitstatus_to_exitcode(status)
                return Ended(self._status, taken, ALTERNATE_SCREEN_LEFT in self._bytes)
        message = f"The program did not end within {seconds} s"
        raise TerminalError(message)

    def _readable(self, seconds: float) -> bool:
        return bool(select.select([self._master], [], [], max(0.0, seconds))[0])

    def _read(self, seconds: float) -> bool:
        """Wait for output and read it; return False once the program has exited."""
        if not self._readable(seconds):
            return True
        try:
            taken = os.read(self._master, 65536)
        except OSError:
            return False
        self._bytes += taken
        return bool(taken)


def _become(
    command: Sequence[str], env: Mapping[str, str], columns: int, rows: int
) -> None:
    """Turn the forked child into the program."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.chdir(ROOT)
    os.execve(command[0], list(command), dict(env))  # noqa: S606 - our own program


def _opened_for_writing(pid: int, database: Path) -> bool:
    with suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                if descriptor.readlink() == database:
                    info = Path(f"/proc/{pid}/fdinfo/{descriptor.name}").read_text(
                        encoding="utf-8"
                    )
                    flags = int(re.findall(r"flags:\s+(\d+)", info)[0], 8)
                    if flags & os.O_ACCMODE == os.O_RDWR:
                        return True
    return False
