"""Texts of GIFT in their formats as ours."""

from __future__ import annotations

import re

from flashcards.formats.markup.markup import (
    from_html,
    from_plain_text,
    from_undeclared_html,
    looks_like_html,
)

_FORMULA = re.compile(r"\\[(\[]|\$\$")
"""Begins a formula."""


def as_text(text: str, text_format: str) -> str:
    """Return a text as our Markdown.

    Args:
        text: The text, with its escapes resolved.
        text_format: `html`, `moodle`, `plain` or `markdown`; empty for `moodle`, which
            is HTML whose line breaks count. Most people write it by hand without any HTML;
            then it stays as it is, as does what only looks like a tag.
    """
    if text_format == "markdown":
        return text.strip()
    if text_format == "plain":
        return from_plain_text(text).strip()
    if text_format == "html":
        return from_html(text).strip()
    shows = looks_like_html(text) or _FORMULA.search(text)
    return from_undeclared_html(text).strip() if shows else text.strip()
