"""The learner's own editor: which one, at which line, and waiting until it is closed."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_AT_COLON = {"code", "codium", "subl", "hx", "zed"}
_AT_PLUS = {
    "vi",
    "vim",
    "nvim",
    "nano",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "joe",
    "ed",
}
_INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT)


def editor_command(
    environment: Mapping[str, str], path: str, line: int = 0
) -> list[str]:
    """Return the command that opens a file at a line, from VISUAL, EDITOR, or vi.

    Raises:
        UsageError: the variable cannot be read as a command.
    """
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or "vi"
    try:
        command = shlex.split(chosen) or ["vi"]
    except ValueError as error:
        raise UsageError(
            f"The editor {chosen} cannot be read as a command. Set EDITOR to another one."
        ) from error
    name = Path(command[0]).name
    if line > 0 and name in _AT_PLUS:
        return [*command, f"+{line}", path]
    if line > 0 and name in _AT_COLON:
        goto = ["--goto"] if name in ("code", "codium") else []
        return [*command, *goto, f"{path}:{line}"]
    return [*command, path]


def require_editor(command: Sequence[str]) -> None:
    """Raise where the editor of a command is not there or is no program."""
    if shutil.which(command[0]) is None:
        raise _not_started(command)


def wait_for_editor(command: Sequence[str]) -> None:
    """Run the editor until it is closed; ctrl+c is its own business meanwhile.

    Raises:
        UsageError: the editor could not be started.
        FlashcardsError: it ended with a fault.
    """
    try:
        with _interrupts_left_to_it():
            status = subprocess.run(command, check=False).returncode  # noqa: S603
    except (OSError, ValueError) as error:
        raise _not_started(command) from error
    if status in _INTERRUPTED:
        raise FlashcardsError(f"The editor {command[0]} was interrupted.")
    if status:
        raise FlashcardsError(f"The editor {command[0]} ended with status {status}.")


def _not_started(command: Sequence[str]) -> UsageError:
    return UsageError(
        f"The editor {command[0]} could not be started. Set EDITOR to another one."
    )


@contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    # A handler that does nothing, unlike SIG_IGN, is not inherited by the editor.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
