"""Writing decks back as files: one canonical form, and never half a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from flashcards.content import to_dict
from flashcards.decks.emitter import block
from flashcards.decks.files import real_path
from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashcards.content import DeckContent

_Told = TypeVar("_Told")

_PERMISSIONS = 0o777
FLOW = frozenset(
    {"source", "tags", "seeds", "links", "requires", "keywords", "accept", "variables"}
)
"""Fields whose values go on one line where they are short."""


def write_deck(deck: DeckContent) -> str:
    """Return the deck as YAML in canonical form, which `read_deck` reads back as an equal deck."""
    notes = "\n".join(
        block({"notes": [to_dict(note)]}, flow=FLOW).removeprefix("notes:\n")
        for note in deck.notes
    )
    return block(head_to_dict(deck)) + (f"notes:\n{notes}" if notes else "notes: []\n")


def head_to_dict(deck: DeckContent) -> dict[str, Any]:
    """Return everything of a deck but its notes as plain data, in file order, without blanks."""
    head = {
        "deck": deck.key,
        "title": deck.title,
        "description": deck.description,
        "version": deck.version,
        "license": deck.license,
        "topics": dict(deck.topics),
    }
    return {key: value for key, value in head.items() if value}


def save_text(path: Path, text: str) -> None:
    """Put the text into the file, as `save` does."""
    save_bytes(path, text.encode())


def make_directory(path: Path) -> None:
    """Make a directory with those above it; where that cannot be, `FlashcardsError` says why."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise FlashcardsError(f"{path} cannot be made: {reason}.") from error


def save_bytes(path: Path, data: bytes) -> None:
    """Put the bytes into the file, as `save` does."""
    save(path, lambda file: file.write(data))


def save(path: Path, write: Callable[[BinaryIO], _Told]) -> _Told:
    """Let a function write the file, all of it or nothing, even where power or disk fails.

    Returned is what the function returns. A link is followed and the file's permissions are kept. Where the file cannot be
    written, `FlashcardsError` says why and it stays as it was.
    """
    target = real_path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        told = _write_durably(temporary, write)
        if target.exists():
            temporary.chmod(target.stat().st_mode & _PERMISSIONS)
        temporary.replace(target)
        _sync_directory(target.parent)
    except OSError as error:
        reason = error.strerror or error
        raise FlashcardsError(
            f"{path} cannot be written: {reason}. It is unchanged."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return told


def _write_durably(path: Path, write: Callable[[BinaryIO], _Told]) -> _Told:
    with path.open("w+b") as file:
        told = write(file)
        file.flush()
        os.fsync(file.fileno())
    return told


def _sync_directory(directory: Path) -> None:
    # So that the new name survives a power failure, too.
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
