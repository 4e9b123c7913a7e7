"""Open a file in the learner's editor at a line, and wait until it is closed."""

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

_EDITORS_WITH_COLON_LINE = {"code", "codium", "subl", "hx", "zed"}
_EDITORS_WITH_PLUS_LINE = {
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
_INTERRUPTED_STATUSES = (-signal.SIGINT, 128 + signal.SIGINT)


def editor_command(
    environment: Mapping[str, str], path: str, line: int = 0
) -> list[str]:
    """Return the command that opens a file at a line, from VISUAL, EDITOR, or vi.

    Raises:
        UsageError: the variable is not a valid command.
    """
    editor = environment.get("VISUAL") or environment.get("EDITOR") or "vi"
    try:
        command = shlex.split(editor) or ["vi"]
    except ValueError as error:
        raise UsageError(
            f"The editor {editor} is not a valid command. Set EDITOR to another one."
        ) from error
    name = Path(command[0]).name
    if line > 0 and name in _EDITORS_WITH_PLUS_LINE:
        return [*command, f"+{line}", path]
    if line > 0 and name in _EDITORS_WITH_COLON_LINE:
        goto = ["--goto"] if name in ("code", "codium") else []
        return [*command, *goto, f"{path}:{line}"]
    return [*command, path]


def require_editor(command: Sequence[str]) -> None:
    """Raise `UsageError` if the editor of a command does not exist or is not a program."""
    if shutil.which(command[0]) is None:
        raise _start_error(command)


def wait_for_editor(command: Sequence[str]) -> None:
    """Run the editor until it is closed; meanwhile Ctrl+C goes only to the editor.

    Raises:
        UsageError: the editor could not be started.
        FlashcardsError: the editor failed.
    """
    try:
        with _ignore_interrupts():
            status = subprocess.run(command, check=False).returncode  # noqa: S603
    except (OSError, ValueError) as error:
        raise _start_error(command) from error
    if status in _INTERRUPTED_STATUSES:
        raise FlashcardsError(f"The editor {command[0]} was interrupted.")
    if status:
        raise FlashcardsError(f"The editor {command[0]} failed with status {status}.")


def _start_error(command: Sequence[str]) -> UsageError:
    return UsageError(
        f"Could not start the editor {command[0]}. Set EDITOR to another one."
    )


@contextmanager
def _ignore_interrupts() -> Iterator[None]:
    # Unlike SIG_IGN, a handler that does nothing is not inherited by the editor.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
