"""Recognizes the program's own files, so that no command overwrites them."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.disk.paths import real_path
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATABASE_BEGINS = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The store of a home and the files next to it."""

    home: Path
    database: Path
    names: frozenset[str]
    """Names of other files of the program in the home, such as the settings."""
    directories: tuple[Path, ...]
    """Directories with files of the program only."""

    def refuse(self, path: Path) -> None:
        """Refuse to write to a file of the program, under any name.

        Symbolic and hard links are followed, and names are compared without case. Names that
        the program would use are refused even if there is no such file yet.

        Raises:
            UsageError: The path is a file of the program.
        """
        if description := self._describe(real_path(path)):
            raise _refusal(path, description)

    def holds(self, path: Path) -> bool:
        """Return whether a path leads into one of the program's own directories."""
        parents = real_path(path).parents
        return any(
            _is_same(parent, directory)
            for directory in self.directories
            for parent in parents
        )

    def _describe(self, target: Path) -> str:
        if self.holds(target) or any(
            _is_same(target, directory) for directory in self.directories
        ):
            return "a file of the program"
        database = real_path(self.database)
        for directory, name in (
            (self.home, self.database.name),
            (database.parent, database.name),
        ):
            is_in_directory = _is_same(target.parent, directory)
            if is_in_directory and _is_of_database(target, name):
                return "the store, or belongs to it"
        if _is_same(target.parent, self.home) and self._has_reserved_name(target.name):
            return "a file of the program"
        return "the store, or belongs to it" if self._is_hard_link(target) else ""

    def _has_reserved_name(self, name: str) -> bool:
        lower_name = name.casefold()
        return lower_name in self.names or lower_name.endswith(".lock")

    def _is_hard_link(self, target: Path) -> bool:
        """Return whether the target is a hard link to a file of the program."""
        try:
            status = target.stat()
        except OSError:
            return False
        if status.st_nlink == 1 or not stat.S_ISREG(status.st_mode):
            return False
        return any(_is_same(target, file) for file in self._files())

    def _files(self) -> Iterator[Path]:
        for directory in self.directories:
            for root, _, names in os.walk(directory):
                yield from (directory.joinpath(root, name) for name in names)
        try:
            siblings = list(self.home.iterdir())
        except OSError:
            return
        for file in siblings:
            if _is_of_database(file, self.database.name) or self._has_reserved_name(
                file.name
            ):
                yield file


def refuse_database(path: Path) -> None:
    """Refuse to overwrite a database of any program.

    Raises:
        UsageError: The file is a database.
    """
    target = real_path(path)
    try:
        if not stat.S_ISREG(target.stat().st_mode):
            return
        with target.open("rb") as file:
            is_database = file.read(len(_DATABASE_BEGINS)) == _DATABASE_BEGINS
    except OSError:
        return
    if is_database:
        raise _refusal(path, "a database")


def _refusal(path: Path, description: str) -> UsageError:
    return UsageError(
        f"{path} is {description}, which this would overwrite. Choose another name."
    )


def _is_of_database(file: Path, database: str) -> bool:
    """Return whether a file is a database, its log, or a copy of it."""
    name, database = file.name.casefold(), database.casefold()
    stem, _, suffix = database.rpartition(".")
    is_copy = name.startswith(f"{stem}-") and name.endswith(f".{suffix}")
    return (
        name == database
        or name.startswith(f"{database}-")
        or (is_copy and file.exists())
    )


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return str(path).casefold() == str(real_path(other)).casefold()
