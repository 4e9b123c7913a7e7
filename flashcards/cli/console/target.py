"""The output file of a command: the only way for commands to write files."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from flashcards.cli.console import output
from flashcards.errors import FlashcardsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.settings.settings import AppDirectories

STDOUT = "-"

_Result = TypeVar("_Result")
_STDOUT_DESCRIPTOR = 1
_MAX_BYTES_READ = 1024 * 1024
"""Bytes read from a file before it is replaced; no plan is larger."""
_ADVICE = "Choose another name, or replace the file with `--force`."


class Target:
    """An output file named on the command line, or stdout."""

    def __init__(self, name: str, home: AppDirectories) -> None:
        """Resolve the name; nothing is opened or written yet.

        Args:
            name: A path; `-`, `/dev/stdout` and any other path of our stdout mean stdout.
            home: The home directory whose files must not be overwritten.

        Raises:
            UsageError: the file belongs to the program, or is a database.
        """
        self.path = Path(name)
        self.is_stdout = name == STDOUT or _is_stdout(self.path)
        if not self.is_stdout:
            refuse_own_file(self.path, home)

    def write(self, write: Callable[[BinaryIO], _Result]) -> _Result:
        """Call `write` with the open file and return its result.

        Raises:
            FlashcardsError: the file cannot be written.
            UsageError: the data is binary and stdout is a terminal.
        """
        from flashcards.disk.replacing import save

        if not self.is_stdout:
            return save(self.path, write)
        if not output.has_stdout():
            raise FlashcardsError("Stdout is closed. Name a file to write to.")
        buffer = io.BytesIO()
        result = write(buffer)
        if not output.print_data(buffer.getvalue()):
            raise UsageError(
                "This format is binary, so it cannot be written to a terminal. Name a file "
                "with -o, or use a pipe."
            )
        return result

    def refuse_other_content(self, what: str, is_ours: Callable[[bytes], bool]) -> None:
        """Refuse to replace a file that holds something else.

        Stdout, pipes, devices, open descriptors, and empty or missing files are always
        allowed: they have no content to lose.

        Args:
            what: What the file may hold, with an article, for the error message.
            is_ours: Returns whether the beginning of a file (or all of it) is that.

        Raises:
            FlashcardsError: the file holds something else, or cannot be read.
        """
        from flashcards.disk.paths import descriptor_of
        from flashcards.disk.plain_files import read_plain

        path = self.path
        if self.is_stdout or descriptor_of(path) is not None or not path.is_file():
            return
        try:
            content = read_plain(path, _MAX_BYTES_READ)
        except OSError as error:
            reason = error.strerror or error
            raise FlashcardsError(
                f"Could not read {path}: {reason}. {_ADVICE}"
            ) from error
        if content and not is_ours(content):
            raise FlashcardsError(
                f"{path} is not {what}, so it was not replaced. {_ADVICE}"
            )

    def write_text(self, text: str) -> None:
        """Write text as UTF-8."""
        self.write(lambda file: file.write(text.encode()))


def refuse_own_file(path: Path, home: AppDirectories) -> None:
    """Refuse to overwrite a file of the program or any database.

    Raises:
        UsageError: the path is such a file.
    """
    from flashcards.disk.own_files import refuse_database

    home.own_files.refuse(path)
    refuse_database(path)


def _is_stdout(path: Path) -> bool:
    """Return whether a path is the same file, pipe or terminal as stdout."""
    from flashcards.disk.paths import descriptor_of

    if descriptor_of(path) == _STDOUT_DESCRIPTOR:
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(_STDOUT_DESCRIPTOR))
    except OSError:
        return False
