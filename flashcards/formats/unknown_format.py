"""Files of a known suffix that look like none of its formats: read nothing, list what was tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.domain.bundle import Bundle

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.formats.formats import ReadContext

_HIGHLIGHT = re.compile(r"(?<!=)==(?! |=)[^=\n]+==(?!=)")
_HIGHLIGHT_ADVICE = "To make cards of the highlights, import it with --format obsidian."
_FORMAT_ADVICE = "If it is one of them, name it with --format: {names}."


def looks_like(head: bytes) -> bool:
    """Return False: no content shows that a file has no format."""
    return head is None


def read(path: Path, context: ReadContext) -> Bundle:
    """Return a bundle without decks, with a problem that lists the formats of the suffix."""
    del context
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.common.text_file import read_text_file
    from flashcards.formats.formats import formats_of_suffix

    collector = new_collector(str(path))
    file = read_text_file(path, collector, any_encoding=True)
    if file is not None:
        formats = formats_of_suffix(path)
        forms = "; ".join(
            f"{file_format.title} ({file_format.sign})" for file_format in formats
        )
        names = [file_format.name for file_format in formats]
        advice = _FORMAT_ADVICE.format(names=", ".join(names))
        if "obsidian" in names and _HIGHLIGHT.search(file.text):
            advice = _HIGHLIGHT_ADVICE
        collector.add_at("not-recognized", 1, 1, forms=forms, advice=advice)
    return Bundle(problems=tuple(collector.problems))
