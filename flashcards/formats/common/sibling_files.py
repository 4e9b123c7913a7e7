"""Find files next to the one that is read, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from flashcards.disk.plain_files import read_plain
from flashcards.domain.bundle import MediaFile
from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 100 * 2**20
"""Of the largest picture or sound that is taken along."""


def is_sibling(directory: Path, place: str) -> bool:
    """Return whether a plain file of acceptable size is at a relative path within a directory.

    Links count as where they lead, and a name counts in whatever Unicode form it has.
    """
    try:
        root = directory.resolve()
        file = (root / _form_there(root, place)).resolve()
        return (
            file.is_relative_to(root)
            and file.is_file()
            and file.stat().st_size <= MOST_BYTES
        )
    except (OSError, ValueError, RuntimeError):
        return False


def _form_there(directory: Path, place: str) -> str:
    """Return a relative path in the Unicode form in which a file has it, as it is for none."""
    if place.isascii():
        return place
    forms = (place, normalize("NFC", place), normalize("NFD", place))
    return next((form for form in forms if (directory / form).exists()), place)


def to_media_file(directory: Path, place: str, name: str = "") -> MediaFile:
    """Return the file at a relative path as a picture or sound.

    Args:
        directory: The directory.
        place: The path within it, for which `is_sibling` holds.
        name: What notes call it; the path itself where it is empty.
    """

    def read() -> bytes:
        try:
            return read_plain(directory / _form_there(directory, place), MOST_BYTES)
        except OSError as error:
            reason = error.strerror or error
            raise FlashcardsError(
                f"{directory / place} cannot be read: {reason}."
            ) from error

    return MediaFile(name or place, read)
