"""Mask code in Markdown, so that other markup is not parsed inside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# More backticks on the same line make a code span, not a fence.
_OPENING = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")
_CLOSING = re.compile(r" {0,3}(`{3,}|~{3,})\s*")

_RUN = re.compile("`+")
_FILLER = "\ufdd0"
"""A noncharacter, which every reader rejects, so that it never means anything."""


def update_fence(line: str, fence: str) -> tuple[str, bool]:
    """Return the fence that is open after a line, and whether the line is code.

    Args:
        line: The line.
        fence: The fence that is open before the line; empty if none is.
    """
    if not fence:
        match = _OPENING.match(line)
        return (match[1], True) if match else ("", False)
    match = _CLOSING.fullmatch(line)
    return ("" if match and match[1].startswith(fence) else fence), True


def find_open_fence(lines: Iterable[str]) -> int:
    """Return the number of the line with a fence that is never closed; 0 if there is none."""
    fence, opening_line = "", 0
    for number, line in enumerate(lines, 1):
        previous_fence = fence
        fence, _ = update_fence(line, fence)
        if fence and not previous_fence:
            opening_line = number
    return opening_line if fence else 0


def mask_code_spans(line: str) -> str:
    """Replace the code spans of a line with filler of the same length."""
    if "`" not in line:
        return line
    runs = [run.span() for run in _RUN.finditer(line)]
    # A span ends at the next run of as many backticks.
    next_run_by_length: dict[int, int] = {}
    closing_runs: list[int | None] = []
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing_runs.append(next_run_by_length.get(length))
        next_run_by_length[length] = index
    closing_runs.reverse()
    pieces, last, index = [], 0, 0
    while index < len(runs):
        end = closing_runs[index]
        if end is not None:
            start, stop = runs[index][1], runs[end][0]
            pieces += [line[last:start], _FILLER * (stop - start)]
            last, index = stop, end
        index += 1
    return "".join((*pieces, line[last:]))


def mask_code(text: str) -> str:
    """Replace code spans and code blocks of a text with filler of the same length."""
    lines, fence = [], ""
    for line in text.split("\n"):
        fence, is_code = update_fence(line, fence)
        lines.append(_FILLER * len(line) if is_code else mask_code_spans(line))
    return "\n".join(lines)
