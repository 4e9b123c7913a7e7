"""Which files hold decks, where their bibliography lies, and when a file has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.disk.paths import descriptor_of, real_path
from flashcards.disk.plain_files import open_plain, read_plain
from flashcards.disk.replacing import make_directory, save_bytes
from flashcards.errors import UsageError
from flashcards.text.safe_text import is_utf8, readable_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SOURCES_NAME = "sources.yaml"
SUFFIXES = (".yaml", ".yml")

MOST_BYTES = 64 * 1024 * 1024
"""Enough for 100,000 long notes in one file."""

INSTALLED = Path(__file__).resolve().parent.parent / "shipped_decks"
"""Where the decks of an installed program are; a checkout has them next to the package."""

_NO_DECKS = frozenset({"interviews"})
_PARENTS_SEARCHED = 3
_CHUNK = 1024 * 1024


def find_deck_files(
    paths: Sequence[Path], *, is_wanted: Callable[[Path], bool] | None = None
) -> list[Path]:
    """Return the deck files among the paths, directories searched, each once and sorted.

    A file that is named itself is returned even where it is missing or has another suffix.

    Args:
        paths: Files and directories.
        is_wanted: Tells which files of a directory count in place of deck files.

    Raises:
        UsageError: the name of a file is not UTF-8.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if is_directory(path):
            for file in sorted(_walk(path, is_wanted or _is_deck_file)):
                found.setdefault(real_path(file), file)
        elif path.name != SOURCES_NAME:
            found.setdefault(real_path(path), path)
    for file in found.values():
        if not is_utf8(str(file)):
            raise UsageError(
                f"The file name {readable_name(str(file))} is not UTF-8. Rename the file."
            )
    return list(found.values())


def find_sources(path: Path) -> Path | None:
    """Return the nearest bibliography: next to the path, or in one of three directories above."""
    directory = real_path(path)
    if not is_directory(directory):
        directory = directory.parent
    for place in (directory, *directory.parents[:_PARENTS_SEARCHED]):
        file = place / SOURCES_NAME
        if _holds(file.is_file):
            return file
    return None


def is_directory(path: Path) -> bool:
    """Return whether a path is a directory; False where nobody may look."""
    return _holds(path.is_dir)


def _holds(is_so: Callable[[], bool]) -> bool:
    """Return what a check of a path says; False where the path is too long to follow."""
    try:
        return is_so()
    except OSError:
        return False


def digest(path: Path) -> str:
    """Return what changes whenever the file changes.

    It is empty where the file cannot be read; reading the deck reports why.
    """
    try:
        # Packages with pictures may be far larger than what may be held at once.
        hashed = hashlib.sha256()
        with open_plain(path) as file:
            while chunk := file.read(_CHUNK):
                hashed.update(chunk)
        return hashed.hexdigest()
    except OSError:
        return ""


def content_of(path: Path) -> bytes:
    """Return what a file holds; nothing where it is none that could be read as a deck.

    An open descriptor holds nothing: what is written there goes behind what was.
    """
    if descriptor_of(path) is not None:
        return b""
    try:
        data = read_plain(path, MOST_BYTES)
    except OSError:
        return b""
    return data if len(data) <= MOST_BYTES else b""


def digest_of(data: bytes) -> str:
    """Return the digest of a file with these bytes."""
    return hashlib.sha256(data).hexdigest()


def shipped_decks() -> Path:
    """Return the directory of the decks that come with the program."""
    return INSTALLED if INSTALLED.is_dir() else INSTALLED.parent.parent / "decks"


def own_copy(path: Path, directory: Path, installed: Path = INSTALLED) -> Path:
    """Return the file to edit for a deck file: a copy of its own for an installed deck.

    An installed deck belongs to the program and goes with its next version, so the copy is
    made in the learner's directory, with the bibliography next to it. Any other file is
    returned as it is.

    Args:
        path: The deck file.
        directory: Where the learner's own copies lie.
        installed: Where the decks of the installed program lie.

    Raises:
        FlashcardsError: the copy cannot be written.
    """
    if not path.is_relative_to(installed):
        return path
    for file in (installed / SOURCES_NAME, path):
        target = directory / file.relative_to(installed)
        if file.is_file() and not target.exists():
            make_directory(target.parent, private=True)
            save_bytes(target, file.read_bytes(), private=True)
    return directory / path.relative_to(installed)


def _is_deck_file(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.name != SOURCES_NAME


def _walk(directory: Path, is_wanted: Callable[[Path], bool]) -> Iterator[Path]:
    """Give the wanted files of a directory, however deep its directories nest.

    A directory that cannot be listed is included: reading it as a deck reports why.
    """
    waiting = [directory]
    while waiting:
        place = waiting.pop()
        try:
            paths = [path for path in place.iterdir() if path.name[0] != "."]
        except OSError:
            yield place
            continue
        for path in paths:
            try:
                is_deeper = path.is_dir()
            except OSError:
                yield path
                continue
            if not is_deeper:
                if is_wanted(path):
                    yield path
            elif path.name not in _NO_DECKS and not path.is_symlink():
                waiting.append(path)
