"""Collections of Anki without a package: `collection.anki2` in a profile or an unpacked package.

They are read like packages; pictures and sounds come from the directory `collection.media`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.formats.anki.package.container import open_bare_database
from flashcards.formats.anki.package_format import read_with

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext

_BEGINNINGS = (b"SQLite format 3\0", b"\x28\xb5\x2f\xfd")


def looks_like(head: bytes) -> bool:
    """Return whether a file with this beginning is a database, perhaps a compressed one."""
    return head.startswith(_BEGINNINGS)


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a collection with all its problems."""
    return read_with(open_bare_database, path, context)
