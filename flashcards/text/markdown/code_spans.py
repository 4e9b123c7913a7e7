"""Mask code in Markdown, so that other markup is not parsed inside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Backticks behind backticks make a span of code on one line, which opens no block.
_OPENING = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")
_CLOSING = re.compile(r" {0,3}(`{3,}|~{3,})\s*")

_RUN = re.compile("`+")
_FILLER = "\ufdd0"
"""Refused in every text, so that no mark is made of it."""


def update_fence(line: str, fence: str) -> tuple[str, bool]:
    """Return the fence that is open behind a line, and whether the line is code.

    Args:
        line: The line.
        fence: The fence that is open before it; empty for none.
    """
    if not fence:
        mark = _OPENING.match(line)
        return (mark[1], True) if mark else ("", False)
    mark = _CLOSING.fullmatch(line)
    return ("" if mark and mark[1].startswith(fence) else fence), True


def find_open_fence(lines: Iterable[str]) -> int:
    """Return the line, from 1, whose block of code is never closed; 0 where there is none."""
    fence, opened = "", 0
    for number, line in enumerate(lines, 1):
        before = fence
        fence, _ = update_fence(line, fence)
        if fence and not before:
            opened = number
    return opened if fence else 0


def mask_code_spans(line: str) -> str:
    """Replace the code spans of a line by filler of the same length."""
    if "`" not in line:
        return line
    runs = [run.span() for run in _RUN.finditer(line)]
    # A span ends at the next run of as many backticks.
    partner: dict[int, int] = {}
    ends: list[int | None] = []
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        ends.append(partner.get(length))
        partner[length] = index
    ends.reverse()
    parts, last, index = [], 0, 0
    while index < len(runs):
        end = ends[index]
        if end is not None:
            start, stop = runs[index][1], runs[end][0]
            parts += [line[last:start], _FILLER * (stop - start)]
            last, index = stop, end
        index += 1
    return "".join((*parts, line[last:]))


def mask_code(text: str) -> str:
    """Replace code spans and code blocks of a text by filler of the same length."""
    lines, fence = [], ""
    for line in text.split("\n"):
        fence, is_code = update_fence(line, fence)
        lines.append(_FILLER * len(line) if is_code else mask_code_spans(line))
    return "\n".join(lines)
