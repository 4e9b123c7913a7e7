"""Cloze gaps of other programs as ours: their signs must not end or begin a gap of ours."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r":(?=:)")
_BRACES = re.compile(r"\}(?=\})")
_OPENING = re.compile(r"\{(?=\{\s*[cC]\d)")


def gap(number: int, hidden: str, hint: str = "") -> str:
    """Return a gap of ours, with a space where a sign within it would end it."""
    inside = _inside(hidden)
    return (
        f"{{{{c{number}::{inside}::{_inside(hint)}}}}}"
        if hint.strip()
        else f"{{{{c{number}::{inside}}}}}"
    )


def beside_gaps(text: str) -> str:
    """Return text that stands between gaps, with a space where it would begin one."""
    return _OPENING.sub("{ ", text)


def _inside(text: str) -> str:
    text = beside_gaps(_BRACES.sub("} ", _SEPARATOR.sub(": ", text)))
    # A sign of the gap's own follows the last character, and precedes the first.
    if text.startswith(":"):
        text = f" {text}"
    return f"{text} " if text.endswith((":", "}")) else text
