"""Card text as plain lines for screen readers and pipes, with its Markdown removed."""

from __future__ import annotations

from flashcards.text.markdown.plain_text import to_plain_line, to_plain_text
from flashcards.text.safe_text import clean, one_line


def readable(text: str) -> str:
    """Return card text without markup, safe to print; code blocks are indented by four spaces."""
    return to_plain_text(clean(text))


def readable_line(text: str, width: int = 0) -> str:
    """Return card text as one line without markup, truncated to `width` characters if > 0."""
    return one_line(to_plain_line(clean(text)), width)
