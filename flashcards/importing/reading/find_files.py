"""Find the files to import among paths and in directories."""

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


_PACKAGE_SUFFIXES = (".apkg", ".colpkg")
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")


def normalize_path(path: Path) -> Path:
    """Return the absolute path, without `..` in it."""
    return real_path(path) if ".." in path.parts else path.absolute()


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to import, directories searched, each once and sorted.

    From a directory come all deck files and packages, and other files whose suffix belongs
    to a format if they look like it or cannot be read. A path of a file is returned
    whatever it is.

    Raises:
        UsageError: the name of a file is not UTF-8.
    """
    return find_deck_files(paths, is_wanted=_is_importable)


def find_skipped_tables(paths: Sequence[Path]) -> list[Path]:
    """Return the tables in the directories among the paths that do not look like cards."""
    directories = [path for path in paths if is_directory(path)]
    return find_deck_files(directories, is_wanted=_is_skipped_table)


def _is_importable(path: Path) -> bool:
    if path.suffix in SUFFIXES:
        return path.name != SOURCES_NAME
    suffix = path.suffix.lower()
    return (
        suffix in _PACKAGE_SUFFIXES
        or recognize_format(path) is not None
        # Importing it reports why it cannot be read.
        or (suffix in readable_suffixes() and not _is_readable(path))
    )


def _is_readable(path: Path) -> bool:
    try:
        read_plain(path, 0)
    except OSError:
        return False
    return True


def _is_skipped_table(path: Path) -> bool:
    return (
        path.suffix.lower() in _TABLE_SUFFIXES
        and recognize_format(path) is None
        and _is_readable(path)
    )
