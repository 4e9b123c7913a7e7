"""Card text as lines for a screen reader or a pipe: Markdown read, not shown."""

from __future__ import annotations

from flashcards.text.markdown.plain_text import plain_line, plain_text
from flashcards.text.safe_text import clean, one_line


def readable(text: str) -> str:
    """Return card text without its markup, cleaned; code blocks are indented by four spaces."""
    return plain_text(clean(text))


def readable_line(text: str, width: int = 0) -> str:
    """Return card text on one line without its markup, cut to `width` characters where > 0."""
    return one_line(plain_line(clean(text)), width)
