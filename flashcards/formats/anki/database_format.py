"""Collections of Anki without a package: `collection.anki2`, as a profile or an unpacked package has it.

They are read like packages; pictures and sounds come from the directory `collection.media`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.formats.anki.package.container import open_bare_database
from flashcards.formats.anki.package_format import read_opened

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext

_BEGINNINGS = (b"SQLite format 3\0", b"\x28\xb5\x2f\xfd")


def looks_like(head: bytes) -> bool:
    """Return whether a file begins as a database, or as one that a package compressed."""
    return head.startswith(_BEGINNINGS)


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a collection, with everything that is wrong with it."""
    return read_opened(open_bare_database, path, context)
