"""Marks in text that is about to be shown, which no words of an author can feign.

They are noncharacters, which every reader of files refuses. A gap is marked at both ends;
literal text has stand-ins for the signs that Markdown or LaTeX would give a meaning.
"""

from __future__ import annotations

import re
from typing import NamedTuple

GAP_START, GAP_END = "\ufdea", "\ufdeb"
_SIGNS = "\\`*_|~#>+-$()[]{}:<&"
_STAND_INS = "".join(chr(0xFDD6 + place) for place in range(len(_SIGNS)))
_TO_STAND_IN = str.maketrans(_SIGNS, _STAND_INS)
_TO_SIGN = str.maketrans(_STAND_INS, _SIGNS)
_MARK = re.compile(f"[{GAP_START}{GAP_END}]")


class MarkedLine(NamedTuple):
    """A line, or a part of one, without marks, and where gaps start and end in it.

    What the line means is read from `text`, so that no mark ever changes it.
    """

    text: str
    gaps: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int | None = None) -> MarkedLine:
        """Return the line from one index to another, the end of the line by default."""
        text = self.text[start:end]
        if not self.gaps:
            return MarkedLine(text)
        cut = ((max(s - start, 0), min(e - start, len(text))) for s, e in self.gaps)
        return MarkedLine(text, tuple((s, e) for s, e in cut if s < e))

    def stripped(self) -> MarkedLine:
        """Return the line without white space at its ends."""
        if not self.gaps:
            return MarkedLine(self.text.strip())
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def marked(self) -> str:
        """Return the line with marks around its gaps, clear of white space at its ends."""
        if not self.gaps:
            return self.text
        least = len(self.text) - len(self.text.lstrip())
        most = len(self.text.rstrip())
        parts: list[str] = []
        last = 0
        for gap_start, gap_end in self.gaps:
            start, end = max(gap_start, least), min(gap_end, most)
            if start < end:
                parts += (self.text[last:start], mark_gap(self.text[start:end]))
                last = end
        return "".join((*parts, self.text[last:]))


def split_marked_lines(text: str) -> list[MarkedLine]:
    """Return the lines of a marked text; a gap of several lines is in each of them."""
    if GAP_START not in text:
        return [MarkedLine(line) for line in text.split("\n")]
    bare, gaps = split_marks(text)
    lines: list[MarkedLine] = []
    start = first = 0
    for line in bare.split("\n"):
        end = start + len(line)
        while first < len(gaps) and gaps[first][1] <= start:
            first += 1
        last = first
        while last < len(gaps) and gaps[last][0] < end:
            last += 1
        inside = ((max(s, start), min(e, end)) for s, e in gaps[first:last])
        lines.append(
            MarkedLine(line, tuple((s - start, e - start) for s, e in inside if s < e))
        )
        start = end + 1
    return lines


def to_literal(text: str) -> str:
    """Return text of the same length in which no sign means anything."""
    return text.translate(_TO_STAND_IN)


def restore_signs(text: str) -> str:
    """Return text with its stand-ins replaced by the signs they stand for."""
    return text if text.isascii() else text.translate(_TO_SIGN)


def mark_gap(text: str) -> str:
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
