"""Internal marks in text that is about to be shown; no author can write them.

They are noncharacters, which every file reader rejects. A gap is marked at both ends; literal
text has stand-ins for characters that would mean something in Markdown or LaTeX.
"""

from __future__ import annotations

import re
from typing import NamedTuple

GAP_START, GAP_END = "\ufdea", "\ufdeb"
_SIGNS = "\\`*_|~#>+-$()[]{}:<&"
_STAND_INS = "".join(chr(0xFDD6 + index) for index in range(len(_SIGNS)))
_TO_STAND_IN = str.maketrans(_SIGNS, _STAND_INS)
_TO_SIGN = str.maketrans(_STAND_INS, _SIGNS)
_MARK = re.compile(f"[{GAP_START}{GAP_END}]")


class MarkedLine(NamedTuple):
    """A line, or a part of one, without marks, and the start and end of each gap in it.

    Markup is parsed from `text`, so that marks never change its meaning.
    """

    text: str
    gaps: tuple[tuple[int, int], ...] = ()

    def cut(self, start: int, end: int | None = None) -> MarkedLine:
        """Cut the line from one index to another, by default to its end."""
        text = self.text[start:end]
        if not self.gaps:
            return MarkedLine(text)
        clipped_gaps = (
            (max(s - start, 0), min(e - start, len(text))) for s, e in self.gaps
        )
        return MarkedLine(text, tuple((s, e) for s, e in clipped_gaps if s < e))

    def strip(self) -> MarkedLine:
        """Remove white space at both ends."""
        if not self.gaps:
            return MarkedLine(self.text.strip())
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def to_marked_text(self) -> str:
        """Return the line with marks around its gaps, but not around white space at its ends."""
        if not self.gaps:
            return self.text
        visible_start = len(self.text) - len(self.text.lstrip())
        visible_end = len(self.text.rstrip())
        pieces: list[str] = []
        last = 0
        for gap_start, gap_end in self.gaps:
            start, end = max(gap_start, visible_start), min(gap_end, visible_end)
            if start < end:
                pieces += (self.text[last:start], mark_gap(self.text[start:end]))
                last = end
        return "".join((*pieces, self.text[last:]))


def split_marked_lines(text: str) -> list[MarkedLine]:
    """Split a marked text into lines; a gap of several lines is in each of them."""
    if GAP_START not in text:
        return [MarkedLine(line) for line in text.split("\n")]
    bare, gaps = split_marks(text)
    lines: list[MarkedLine] = []
    start = first_gap = 0
    for line in bare.split("\n"):
        end = start + len(line)
        while first_gap < len(gaps) and gaps[first_gap][1] <= start:
            first_gap += 1
        last_gap = first_gap
        while last_gap < len(gaps) and gaps[last_gap][0] < end:
            last_gap += 1
        inside = ((max(s, start), min(e, end)) for s, e in gaps[first_gap:last_gap])
        lines.append(
            MarkedLine(line, tuple((s - start, e - start) for s, e in inside if s < e))
        )
        start = end + 1
    return lines


def to_literal(text: str) -> str:
    """Replace characters that could be markup with stand-ins; the length stays the same."""
    return text.translate(_TO_STAND_IN)


def restore_signs(text: str) -> str:
    """Replace stand-ins with the characters they stand for."""
    return text if text.isascii() else text.translate(_TO_SIGN)


def mark_gap(text: str) -> str:
    """Mark text as the content of a gap."""
    return f"{GAP_START}{text}{GAP_END}"


def split_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without marks of gaps, and the start and end of each gap.

    A gap that starts before the text or ends after it is cut off there.
    """
    pieces: list[str] = []
    gaps: list[tuple[int, int]] = []
    last = length = 0
    start: int | None = None
    for mark in _MARK.finditer(text):
        pieces.append(text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[0] == GAP_START:
            start = length
        elif start is not None or not gaps:
            gaps.append((start or 0, length))
            start = None
    pieces.append(text[last:])
    if start is not None:
        gaps.append((start, length + len(text) - last))
    return "".join(pieces), gaps
