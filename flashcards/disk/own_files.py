"""Which files are the program's own, so that no command writes over them for somebody."""

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
    """The store of one home with everything that the program keeps next to it."""

    home: Path
    database: Path
    names: frozenset[str]
    """Names of further files in the home, such as the settings."""
    directories: tuple[Path, ...]
    """Directories that hold nothing but files of the program."""

    def refuse(self, path: Path) -> None:
        """Refuse to write a file that is the program's own, under whatever name.

        Links and hard links are followed, and names are compared as on file systems that
        ignore case. Names that the program itself would use are refused even where there is
        no such file yet.

        Raises:
            UsageError: it is one.
        """
        if what := self._what(real_path(path)):
            raise _refusal(path, what)

    def holds(self, path: Path) -> bool:
        """Return whether a path leads into one of the program's own directories."""
        parents = real_path(path).parents
        return any(
            _is_same(parent, directory)
            for directory in self.directories
            for parent in parents
        )

    def _what(self, target: Path) -> str:
        if self.holds(target) or any(
            _is_same(target, directory) for directory in self.directories
        ):
            return "a file of the program"
        database = real_path(self.database)
        for directory, name in (
            (self.home, self.database.name),
            (database.parent, database.name),
        ):
            is_there = _is_same(target.parent, directory)
            if is_there and _is_of_database(target, name):
                return "the store, or belongs to it"
        if _is_same(target.parent, self.home) and self._is_named(target.name):
            return "a file of the program"
        return "the store, or belongs to it" if self._is_hard_link(target) else ""

    def _is_named(self, name: str) -> bool:
        folded = name.casefold()
        return folded in self.names or folded.endswith(".lock")

    def _is_hard_link(self, target: Path) -> bool:
        """Return whether the target is a file of ours by another name."""
        try:
            found = target.stat()
        except OSError:
            return False
        if found.st_nlink == 1 or not stat.S_ISREG(found.st_mode):
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
            if _is_of_database(file, self.database.name) or self._is_named(file.name):
                yield file


def refuse_database(path: Path) -> None:
    """Refuse to write over a database of any program.

    Raises:
        UsageError: the file is one.
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


def _refusal(path: Path, what: str) -> UsageError:
    return UsageError(
        f"{path} is {what}, which this would overwrite. Choose another name."
    )


def _is_of_database(file: Path, database: str) -> bool:
    """Return whether a file next to a database is that, its log, or a copy set aside."""
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
