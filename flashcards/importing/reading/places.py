"""Which files and directories can be imported, as the path that is typed asks for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.decks.files import SOURCES_NAME, shipped_decks
from flashcards.errors import NothingFoundError
from flashcards.formats.formats import readable_suffixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashcards.store.rows import OperationRow

MOST_LISTED = 200
_MOST_LOOKED_AT = 5000
"""Entries of a directory that are looked at, for each key."""
_LABEL = "import of "


@dataclass(frozen=True, slots=True)
class Place:
    """A file or directory that can be chosen."""

    path: Path
    words: str
    """How it is listed."""
    typed: str
    """What the input holds once it is completed."""
    is_directory: bool
    about: str = ""
    """Why it is offered, where that is not its name."""


def places(typed: str, recent: Iterable[Path]) -> list[Place]:
    """Return what can be chosen: what begins as typed, or what is near where nothing is.

    Args:
        typed: The path typed so far; `~` is the home directory.
        recent: What was imported before, the newest first.
    """
    found = [] if typed else [*_usual(recent)]
    return [*found, *islice(_entries(typed), MOST_LISTED)]


def recent_paths(operations: Iterable[OperationRow]) -> list[Path]:
    """Return the files and directories of earlier imports that are still there."""
    labels = (row.label for row in operations if row.label.startswith(_LABEL))
    paths = (Path(label.removeprefix(_LABEL)) for label in labels)
    there = (
        path
        for path in paths
        if path != shipped_decks() and str(path).isprintable() and _exists(path)
    )
    return list(dict.fromkeys(there))


def chosen_path(typed: str) -> Path:
    """Return the path that is typed.

    Raises:
        NothingFoundError: there is no such file or directory.
    """
    path = _expanded(typed)
    if not typed or not _exists(path):
        raise NothingFoundError(f"There is no file or directory {typed or path}.")
    return path


def _usual(recent: Iterable[Path]) -> Iterator[Place]:
    shipped = shipped_decks()
    name = f"{shipped}{os.sep}"
    yield Place(shipped, "The decks that come with flashcards", name, True, "shipped")
    for path in islice(recent, 5):
        typed = f"{path}{os.sep}" if path.is_dir() else str(path)
        yield Place(path, typed, typed, path.is_dir(), "before")


def _entries(typed: str) -> list[Place]:
    start, _, name = typed.rpartition(os.sep)
    start = f"{start}{os.sep}" if os.sep in typed else ""
    directory = _expanded(start or ".")
    suffixes = tuple(readable_suffixes())
    found = []
    try:
        with os.scandir(directory) as entries:
            for entry in islice(entries, _MOST_LOOKED_AT):
                is_hidden = entry.name.startswith(".") and not name.startswith(".")
                if is_hidden or not entry.name.startswith(name):
                    continue
                if not entry.name.isprintable() or entry.name == SOURCES_NAME:
                    continue
                is_directory = entry.is_dir()
                if is_directory or entry.name.lower().endswith(suffixes):
                    end = os.sep if is_directory else ""
                    words = f"{entry.name}{end}"
                    path = directory / entry.name
                    found.append(Place(path, words, f"{start}{words}", is_directory))
    except OSError:
        return []
    return sorted(found, key=lambda place: (not place.is_directory, place.words))


def _expanded(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
