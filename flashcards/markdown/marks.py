"""Marks in text that is about to be shown, which no words of an author can feign.

They are noncharacters, which every reader of files refuses. A gap is marked at both ends;
literal text has stand-ins for the signs that Markdown or LaTeX would give a meaning.
"""

from __future__ import annotations

import re

GAP_START, GAP_END = "\ufdea", "\ufdeb"
_SIGNS = "\\`*_|~#>+-$()[]{}:<&"
_STAND_INS = "".join(chr(0xFDD6 + place) for place in range(len(_SIGNS)))
_TO_STAND_IN = str.maketrans(_SIGNS, _STAND_INS)
_TO_SIGN = str.maketrans(_STAND_INS, _SIGNS)
_MARK = re.compile(f"[{GAP_START}{GAP_END}]")
_BLOCK_START = re.compile(
    r"[ \t]*(?:(?:[-*+•]|\d{1,3}[.)]|#{1,6}) +(?=\S)|> ?|[ \t]+)*"
)
_LINE_END = re.compile(r"\s*\\?\Z")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_TABLE_RULE = re.compile(r"[ |:-]+")


def literal(text: str) -> str:
    """Return text of the same length in which no sign means anything."""
    return text.translate(_TO_STAND_IN)


def restored(text: str) -> str:
    """Return text with its stand-ins replaced by the signs they stand for."""
    return text if text.isascii() else text.translate(_TO_SIGN)


def marked_gap(text: str) -> str:
    """Return text marked as what a gap shows."""
    return f"{GAP_START}{text}{GAP_END}"


def split_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return text without marks of gaps, and where gaps start and end in it.

    A gap that starts before the text, or ends after it, is cut at its edge.
    """
    parts: list[str] = []
    gaps: list[tuple[int, int]] = []
    last = length = 0
    start: int | None = None
    for mark in _MARK.finditer(text):
        parts.append(text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[0] == GAP_START:
            start = length
        elif start is not None or not gaps:
            gaps.append((start or 0, length))
            start = None
    parts.append(text[last:])
    if start is not None:
        gaps.append((start, length + len(text) - last))
    return "".join(parts), gaps


def settle_marks(text: str) -> str:
    """Return text whose marks stand within the words of a line, clear of its block syntax.

    A gap of several lines is marked on each of them.
    """
    lines, is_open = [], False
    for line in text.split("\n"):
        marked = f"{GAP_START if is_open else ''}{line}"
        ends, starts = marked.rfind(GAP_END), marked.rfind(GAP_START)
        is_open = starts > ends
        lines.append(_settled_line(marked) if max(ends, starts) >= 0 else line)
    return "\n".join(lines)


def _settled_line(marked: str) -> str:
    bare, gaps = split_marks(marked)
    if _FENCE.match(bare) or _TABLE_RULE.fullmatch(bare):
        return bare
    block_start, line_end = _BLOCK_START.match(bare), _LINE_END.search(bare)
    least = block_start.end() if block_start else 0
    most = line_end.start() if line_end else len(bare)
    parts: list[str] = []
    last = 0
    for start, end in gaps:
        begin, stop = max(start, least), min(end, most)
        if begin < stop:
            parts += (bare[last:begin], marked_gap(bare[begin:stop]))
            last = stop
    return "".join((*parts, bare[last:]))
