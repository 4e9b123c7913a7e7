"""Wrap lines of content so that a formula such as `P(x, y)` is never broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Callable

_ARGUMENTS = re.compile(r"(?<=\w)\((?:[^()\n]|\([^()\n]*\)){1,24}\)")
"""Arguments directly after a name, which belong on its line."""
_JOINT = "\ufdef"
"""Stands for a space at which no line may end; a noncharacter, which no text contains."""
_WORD = re.compile(r"\S+")


def wrap(content: Content, width: int) -> list[Content]:
    """Return content as lines of at most `width` cells, formulas whole where they fit."""
    joined = _replace(content, _join_arguments)
    lines = joined.wrap(width)
    if joined is content:
        return lines
    return [_replace(line, lambda text: text.replace(_JOINT, " ")) for line in lines]


def longest_word(content: Content) -> int:
    """Return the cells of the longest word or formula, which a line should hold whole."""
    words = _WORD.findall(_join_arguments(content.plain))
    return max((Content(word).cell_length for word in words), default=0)


def _join_arguments(text: str) -> str:
    if "(" not in text:
        return text
    return _ARGUMENTS.sub(lambda match: match[0].replace(" ", _JOINT), text)


def _replace(content: Content, change: Callable[[str], str]) -> Content:
    """Return content with its text changed to another of the same length."""
    text = change(content.plain)
    return content if text == content.plain else Content(text, list(content.spans))
