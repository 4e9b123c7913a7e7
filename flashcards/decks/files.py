"""Finds deck files and their bibliography, and detects changes by digest."""

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
"""The decks of an installed program; a checkout has them next to the package."""

_NO_DECKS = frozenset({"interviews"})
_PARENTS_SEARCHED = 3
_CHUNK = 1024 * 1024


def find_deck_files(
    paths: Sequence[Path], *, is_wanted: Callable[[Path], bool] | None = None
) -> list[Path]:
    """Return the deck files at the paths and in their directories, each once and sorted.

    A file that is a path itself is returned even if it is missing or has another suffix.

    Args:
        paths: Files and directories.
        is_wanted: Selects the files of a directory; deck files by default.

    Raises:
        UsageError: A file name is not UTF-8.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        if is_directory(path):
            for file in sorted(_walk(path, is_wanted or _is_deck_file)):
                files.setdefault(real_path(file), file)
        elif path.name != SOURCES_NAME:
            files.setdefault(real_path(path), path)
    for file in files.values():
        if not is_utf8(str(file)):
            raise UsageError(
                f"The file name {readable_name(str(file))} is not UTF-8. Rename the file."
            )
    return list(files.values())


def find_sources(path: Path) -> Path | None:
    """Return the nearest bibliography: next to the path or up to three directories above."""
    directory = real_path(path)
    if not is_directory(directory):
        directory = directory.parent
    for folder in (directory, *directory.parents[:_PARENTS_SEARCHED]):
        file = folder / SOURCES_NAME
        if _is_true(file.is_file):
            return file
    return None


def is_directory(path: Path) -> bool:
    """Return whether a path is a directory; False where it cannot be accessed."""
    return _is_true(path.is_dir)


def _is_true(check: Callable[[], bool]) -> bool:
    """Return the result of a check of a path; False where the system refuses it."""
    try:
        return check()
    except OSError:
        return False


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex.

    It is empty where the file cannot be read; reading the deck reports why.
    """
    try:
        # In chunks, because packages with pictures may be larger than memory.
        sha = hashlib.sha256()
        with open_plain(path) as file:
            while chunk := file.read(_CHUNK):
                sha.update(chunk)
        return sha.hexdigest()
    except OSError:
        return ""


def content_of(path: Path) -> bytes:
    """Return the bytes of a file; none where it could not be read as a deck.

    An open descriptor counts as empty: output to it is appended.
    """
    if descriptor_of(path) is not None:
        return b""
    try:
        data = read_plain(path, MOST_BYTES)
    except OSError:
        return b""
    return data if len(data) <= MOST_BYTES else b""


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes of a file in hex."""
    return hashlib.sha256(data).hexdigest()


def shipped_decks() -> Path:
    """Return the directory of the decks that ship with the program."""
    return INSTALLED if INSTALLED.is_dir() else INSTALLED.parent.parent / "decks"


def own_copy(path: Path, directory: Path, installed: Path = INSTALLED) -> Path:
    """Return the file to edit for a deck file: the learner's copy for an installed deck.

    The next version of the program replaces installed decks. So the copy is made in the
    learner's directory, with the bibliography next to it. Any other file is returned itself.

    Args:
        path: The deck file.
        directory: The directory of the learner's copies.
        installed: The directory of the installed decks.

    Raises:
        FlashcardsError: The copy cannot be written.
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
    """Yield the wanted files of a directory and of all directories below it.

    A directory that cannot be listed is yielded too: reading it as a deck reports why.
    """
    pending = [directory]
    while pending:
        folder = pending.pop()
        try:
            paths = [path for path in folder.iterdir() if path.name[0] != "."]
        except OSError:
            yield folder
            continue
        for path in paths:
            try:
                is_folder = path.is_dir()
            except OSError:
                yield path
                continue
            if not is_folder:
                if is_wanted(path):
                    yield path
            elif path.name not in _NO_DECKS and not path.is_symlink():
                pending.append(path)
