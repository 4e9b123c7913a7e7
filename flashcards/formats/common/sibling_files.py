"""Find pictures and sounds next to the file that is read, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from flashcards.disk.plain_files import read_plain
from flashcards.domain.bundle import MediaFile
from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 100 * 2**20
"""The size of the largest picture or sound that is imported."""


def is_sibling(directory: Path, relative_path: str) -> bool:
    """Return whether a plain file of acceptable size is at a relative path within a directory.

    Links are followed, and a name matches in any Unicode form.
    """
    try:
        root = directory.resolve()
        file = (root / _to_existing_form(root, relative_path)).resolve()
        return (
            file.is_relative_to(root)
            and file.is_file()
            and file.stat().st_size <= MOST_BYTES
        )
    except (OSError, ValueError, RuntimeError):
        return False


def _to_existing_form(directory: Path, relative_path: str) -> str:
    """Return a relative path in the Unicode form of an existing file, unchanged if none exists."""
    if relative_path.isascii():
        return relative_path
    forms = (
        relative_path,
        normalize("NFC", relative_path),
        normalize("NFD", relative_path),
    )
    return next((form for form in forms if (directory / form).exists()), relative_path)


def to_media_file(directory: Path, relative_path: str, name: str = "") -> MediaFile:
    """Return the file at a relative path as a picture or sound.

    Args:
        directory: The directory.
        relative_path: The path within it, accepted by `is_sibling`.
        name: The name in notes; the path itself if empty.
    """

    def read() -> bytes:
        try:
            return read_plain(
                directory / _to_existing_form(directory, relative_path), MOST_BYTES
            )
        except OSError as error:
            reason = error.strerror or error
            raise FlashcardsError(
                f"{directory / relative_path} cannot be read: {reason}."
            ) from error

    return MediaFile(name or relative_path, read)
