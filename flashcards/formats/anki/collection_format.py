"""Whole Anki collections, `.colpkg`: read like packages.

None is written, because Anki replaces everything it has by a collection that it imports.
"""

from __future__ import annotations

from flashcards.formats.anki.package_format import looks_like, read

__all__ = ["looks_like", "read"]
