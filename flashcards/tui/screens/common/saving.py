"""Screens kept as text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.disk.replacing import make_directory, save_text
from flashcards.domain.clock import date_of

if TYPE_CHECKING:
    from pathlib import Path

DIRECTORY = "reports"


def save_as_text(home: Path, name: str, day: int, text: str) -> Path:
    """Write a text into the home's reports, over the same day's; return its path.

    Raises:
        FlashcardsError: it cannot be written.
    """
    directory = home / DIRECTORY
    make_directory(directory, private=True)
    path = directory / f"{name}-{date_of(day).isoformat()}.txt"
    save_text(path, text, private=True)
    return path
