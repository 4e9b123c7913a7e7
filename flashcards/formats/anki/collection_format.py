"""Complete Anki collections, `.colpkg`: read like packages.

They are not written, because importing a collection replaces everything in Anki.
"""

from __future__ import annotations

from flashcards.formats.anki.package_format import looks_like, read

__all__ = ["looks_like", "read"]
