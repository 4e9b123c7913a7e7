"""Files that look like none of the formats of their suffix: nothing is read, and it is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.domain.bundle import Bundle

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.formats.formats import ReadContext

_HIGHLIGHT = re.compile(r"(?<!=)==(?! |=)[^=\n]+==(?!=)")
_HIGHLIGHTS = "To make cards of the highlights, import it with --format obsidian."
_NAMED = "If it is one of them, name it with --format: {names}."


def looks_like(head: bytes) -> bool:
    """Return whether a file is of no format, which no file shows by itself."""
    return head is None


def read(path: Path, context: ReadContext) -> Bundle:
    """Return no deck, and the problem that names every format that was looked for."""
    del context
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.common.text_file import read_text_file
    from flashcards.formats.formats import fitting_suffix

    collector = new_collector(str(path))
    file = read_text_file(path, collector, any_encoding=True)
    if file is not None:
        fitting = fitting_suffix(path)
        forms = "; ".join(f"{each.title} ({each.sign})" for each in fitting)
        advice = _NAMED.format(names=", ".join(each.name for each in fitting))
        if any(each.name == "obsidian" for each in fitting):
            advice = _HIGHLIGHTS if _HIGHLIGHT.search(file.text) else advice
        collector.add_at("not-recognized", 1, 1, forms=forms, advice=advice)
    return Bundle(problems=tuple(collector.problems))
