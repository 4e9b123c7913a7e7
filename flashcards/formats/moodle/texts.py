"""Convert texts of Moodle in their formats to Markdown."""

from __future__ import annotations

import re

from flashcards.formats.markup.markup import (
    from_html,
    from_plain_text,
    from_undeclared_html,
    looks_like_html,
)

_FORMULA = re.compile(r"\\[(\[]|\$\$")
"""The beginning of a formula."""


def to_markdown(text: str, text_format: str) -> str:
    """Convert a text to Markdown.

    Args:
        text: The text, with its escapes resolved.
        text_format: `html`, `moodle`, `plain` or `markdown`; empty for `moodle`, which
            is HTML whose line breaks count. A text without HTML, as most people write it by
            hand, stays as it is, and so does anything that only looks like a tag.
    """
    if text_format == "markdown":
        return text.strip()
    if text_format == "plain":
        return from_plain_text(text).strip()
    if text_format == "html":
        return from_html(text).strip()
    has_markup = looks_like_html(text) or _FORMULA.search(text)
    return from_undeclared_html(text).strip() if has_markup else text.strip()
