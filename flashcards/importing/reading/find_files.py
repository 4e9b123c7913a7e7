"""Which files of an import's paths are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.files import (
    SOURCES_NAME,
    SUFFIXES,
    find_deck_files,
    is_directory,
)
from flashcards.disk.paths import real_path
from flashcards.disk.plain_files import read_plain
from flashcards.formats.formats import readable_suffixes, recognize_format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_PACKAGES = (".apkg", ".colpkg")
_TABLES = (".csv", ".tsv", ".tab")


def place_of(path: Path) -> Path:
    """Return the same absolute path for every way up and down that leads to it."""
    return real_path(path) if ".." in path.parts else path.absolute()


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to import, directories searched, each once and sorted.

    In a directory every deck file and package counts, and of other files those that have
    the suffix of a format and look like it, or cannot be looked at. A file that is named itself is returned
    whatever it is.

    Raises:
        UsageError: the name of a file is not UTF-8.
    """
    return find_deck_files(paths, is_wanted=_is_wanted)


def tables_passed_over(paths: Sequence[Path]) -> list[Path]:
    """Return the tables in the directories among the paths that do not look like cards."""
    directories = [path for path in paths if is_directory(path)]
    return find_deck_files(directories, is_wanted=_is_passed_over)


def _is_wanted(path: Path) -> bool:
    if path.suffix in SUFFIXES:
        return path.name != SOURCES_NAME
    suffix = path.suffix.lower()
    return (
        suffix in _PACKAGES
        or recognize_format(path) is not None
        # Reading it says why it cannot be read.
        or (suffix in readable_suffixes() and not _is_readable(path))
    )


def _is_readable(path: Path) -> bool:
    try:
        read_plain(path, 0)
    except OSError:
        return False
    return True


def _is_passed_over(path: Path) -> bool:
    return (
        path.suffix.lower() in _TABLES
        and recognize_format(path) is None
        and _is_readable(path)
    )
