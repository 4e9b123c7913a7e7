"""List the files and directories that can be imported, completing a typed path."""

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
_MOST_SCANNED = 5000
"""Entries of a directory that are scanned at each key press."""
_LABEL = "import of "


@dataclass(frozen=True, slots=True)
class PathChoice:
    """A file or directory that can be chosen."""

    path: Path
    label: str
    """How it is listed."""
    completion: str
    """The text of the input once it is completed."""
    is_directory: bool
    reason: str = ""
    """Why it is offered: `shipped`, `before`, or empty for a name that matches."""


def list_choices(typed: str, recent: Iterable[Path]) -> list[PathChoice]:
    """Return the paths that begin as typed; with nothing typed also the usual ones.

    Args:
        typed: The path typed so far; `~` is the home directory.
        recent: Paths of earlier imports, newest first.
    """
    usual = [] if typed else [*_usual_choices(recent)]
    return [*usual, *islice(_entries(typed), MOST_LISTED)]


def recent_paths(operations: Iterable[OperationRow]) -> list[Path]:
    """Return the files and directories of earlier imports that still exist."""
    labels = (row.label for row in operations if row.label.startswith(_LABEL))
    paths = (Path(label.removeprefix(_LABEL)) for label in labels)
    existing = (
        path
        for path in paths
        if path != shipped_decks() and str(path).isprintable() and _exists(path)
    )
    return list(dict.fromkeys(existing))


def chosen_path(typed: str) -> Path:
    """Return the typed path.

    Raises:
        NothingFoundError: there is no such file or directory.
    """
    path = _expand(typed)
    if not typed or not _exists(path):
        raise NothingFoundError(f"No such file or directory: {typed or path}.")
    return path


def _usual_choices(recent: Iterable[Path]) -> Iterator[PathChoice]:
    shipped = shipped_decks()
    name = f"{shipped}{os.sep}"
    yield PathChoice(
        shipped, "The decks that come with flashcards", name, True, "shipped"
    )
    for path in islice(recent, 5):
        text = f"{path}{os.sep}" if path.is_dir() else str(path)
        yield PathChoice(path, text, text, path.is_dir(), "before")


def _entries(typed: str) -> list[PathChoice]:
    start, _, name = typed.rpartition(os.sep)
    start = f"{start}{os.sep}" if os.sep in typed else ""
    directory = _expand(start or ".")
    suffixes = tuple(readable_suffixes())
    choices = []
    try:
        with os.scandir(directory) as entries:
            for entry in islice(entries, _MOST_SCANNED):
                is_hidden = entry.name.startswith(".") and not name.startswith(".")
                if is_hidden or not entry.name.startswith(name):
                    continue
                if not entry.name.isprintable() or entry.name == SOURCES_NAME:
                    continue
                is_directory = entry.is_dir()
                if is_directory or entry.name.lower().endswith(suffixes):
                    end = os.sep if is_directory else ""
                    label = f"{entry.name}{end}"
                    completion = f"{start}{label}"
                    path = directory / entry.name
                    choices.append(PathChoice(path, label, completion, is_directory))
    except OSError:
        return []
    return sorted(choices, key=lambda each: (not each.is_directory, each.label))


def _expand(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
