"""Texts of GIFT in their formats as ours."""

from __future__ import annotations


def as_text(text: str, text_format: str) -> str:
    """Return a text as our Markdown.

    Args:
        text: The text, with its escapes resolved.
        text_format: `html`, `moodle`, `plain` or `markdown`; empty for `moodle`, which
            may hold HTML.
    """
    return text
