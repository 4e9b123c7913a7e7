"""Where a command puts the file that it makes: the one door from commands to the disk."""

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
_MOST_READ = 1024 * 1024
"""Bytes of a file that are looked at before it is replaced; no plan is longer."""
_ADVICE = "Choose another name, or replace the file with --force."


class Target:
    """A file that somebody named, or stdout."""

    def __init__(self, name: str, home: AppDirectories) -> None:
        """Name a file; nothing is opened or written yet.

        Args:
            name: The path; `-`, `/dev/stdout` and whatever else is our stdout mean stdout.
            home: The home whose files must not be overwritten.

        Raises:
            UsageError: the file is one of the program's own, or a database.
        """
        self.path = Path(name)
        self.is_stdout = name == STDOUT or _is_stdout(self.path)
        if not self.is_stdout:
            refuse_own(self.path, home)

    def write(self, write: Callable[[BinaryIO], _Result]) -> _Result:
        """Let a function write the file and return what it returns.

        Raises:
            FlashcardsError: it cannot be written.
            UsageError: the data is no text and stdout is a terminal.
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
                "What this format writes is no text. Name a file with -o, or send it "
                "through a pipe."
            )
        return result

    def refuse_other_content(self, what: str, is_ours: Callable[[bytes], bool]) -> None:
        """Refuse to replace a file with other content.

        Stdout, pipes, devices, open descriptors, empty and missing files have no content
        to lose.

        Args:
            what: What the file may hold, with its article, for the error message.
            is_ours: Returns whether the beginning of a file, or all of it, is that.

        Raises:
            FlashcardsError: the file holds something else, or cannot be read.
        """
        from flashcards.disk.paths import descriptor_of
        from flashcards.disk.plain_files import read_plain

        path = self.path
        if self.is_stdout or descriptor_of(path) is not None or not path.is_file():
            return
        try:
            content = read_plain(path, _MOST_READ)
        except OSError as error:
            reason = error.strerror or error
            raise FlashcardsError(
                f"{path} cannot be read: {reason}. {_ADVICE}"
            ) from error
        if content and not is_ours(content):
            raise FlashcardsError(
                f"{path} is not {what}, so it was not replaced. {_ADVICE}"
            )

    def write_text(self, text: str) -> None:
        """Write a text as UTF-8."""
        self.write(lambda file: file.write(text.encode()))


def refuse_own(path: Path, home: AppDirectories) -> None:
    """Refuse to write over a file of the program, or over any database.

    Raises:
        UsageError: it is one.
    """
    from flashcards.disk.own_files import refuse_database

    home.own_files.refuse(path)
    refuse_database(path)


def _is_stdout(path: Path) -> bool:
    """Return whether a path leads to the very file, pipe or terminal that stdout is."""
    from flashcards.disk.paths import descriptor_of

    if descriptor_of(path) == _STDOUT_DESCRIPTOR:
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(_STDOUT_DESCRIPTOR))
    except OSError:
        return False
