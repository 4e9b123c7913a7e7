"""Texts of GIFT in their formats as ours."""

from __future__ import annotations

import re
from html import escape

from flashcards.exchange.markup import text_of

_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;|\\[(\[]|\$\$")
"""A tag, an entity, or what begins a formula."""


def as_text(text: str, text_format: str) -> str:
    """Return a text as our Markdown.

    Args:
        text: The text, with its escapes resolved.
        text_format: `html`, `moodle`, `plain` or `markdown`; empty for `moodle`, which
            is HTML whose line breaks count. Most people write it by hand without any HTML;
            then it stays as it is.
    """
    is_by_hand = text_format in ("", "moodle") and not _HTML.search(text)
    if text_format == "markdown" or is_by_hand:
        return text.strip()
    if text_format == "plain":
        text = escape(text, quote=False)
    if text_format != "html":
        text = text.replace("\n", "<br>")
    return text_of(text).strip()
