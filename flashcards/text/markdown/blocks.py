"""Blocks of card text: paragraphs, lists, fenced code, tables and quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flashcards.text.markdown.marks import MarkedLine, split_marked_lines

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that flows."""

    text: str
    heading: int = 0
    """The number of `#` that the line began with."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: its marker (empty for a bullet), its depth and its text."""

    marker: str
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that keep their spaces and breaks, each for `parse_code_line`."""

    lines: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of a header and of rows, all as long as the header; `right` by column."""

    header: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks that someone else said."""

    blocks: tuple[Block, ...]


Block = Paragraph | ListItem | Code | Table | Quote

# Backticks behind backticks make a span of code on one line, which opens no block.
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})(.*)")
_ITEM = re.compile(r"( *)(?:[-*+•]|(\d{1,3})[.)]) +(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"(#{1,6}) +(\S.*)")
_RULE = re.compile(r"(?=.*\|)[\s|:-]+")
_RULE_CELL = re.compile(r" *:?-+:? *")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_DEPTHS = 4
_QUOTES = 3


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text; no words are left out, and marks of gaps change no block.

    The language of code is not shown, except where a gap hides it: there it is a line of the code.
    """
    return _blocks(split_marked_lines(text), 0)


def _blocks(lines: Sequence[MarkedLine], depth: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    while start < len(lines):
        if not lines[start].text.strip():
            start += 1
            continue
        block, start = _block(lines, start, depth)
        blocks.append(block)
    return tuple(blocks)


def _block(lines: Sequence[MarkedLine], start: int, depth: int) -> tuple[Block, int]:
    line = lines[start]
    if fence := _FENCE.match(line.text):
        return _code(lines, start, fence)
    if depth < _QUOTES and _QUOTE.match(line.text):
        return _quote(lines, start, depth)
    if _is_table(lines, start):
        return _table(lines, start)
    if heading := _HEADING.fullmatch(line.text):
        words = line.part(heading.start(2))
        words = words.part(0, _heading_end(words.text))
        return Paragraph(words.marked(), len(heading[1])), start + 1
    if item := _ITEM.match(line.text):
        text, end = _flowing(lines, start, line.part(item.end()))
        level = min(len(item[1]) // 2, _DEPTHS)
        return ListItem(f"{item[2]}." if item[2] else "", level, text), end
    text, end = _flowing(lines, start, line)
    return Paragraph(text), end


def _flowing(
    lines: Sequence[MarkedLine], start: int, first: MarkedLine
) -> tuple[str, int]:
    """Return the text that runs on from a line, and where it ends."""
    parts = [first]
    end = start + 1
    while end < len(lines) and lines[end].text.strip() and not _begins(lines, end):
        parts.append(lines[end])
        end += 1
    text = ""
    for part in parts:
        is_hard = part.text.endswith(("  ", "\\"))
        words = part.stripped()
        if words.text.endswith("\\"):
            words = words.part(0, len(words.text) - 1)
        text += words.marked() + ("\n" if is_hard else " ")
    return text.strip(), end


def _begins(lines: Sequence[MarkedLine], at: int) -> bool:
    """Tell whether a block begins at a line, and so ends the text before it."""
    return opens_block(lines[at].text) or _is_table(lines, at)


def opens_block(line: str) -> bool:
    """Tell whether a line alone begins code, an item, a quote or a heading."""
    return bool(
        _FENCE.match(line)
        or _ITEM.match(line)
        or _QUOTE.match(line)
        or _HEADING.fullmatch(line)
    )


def _heading_end(text: str) -> int:
    """Return where a heading ends without the `#` that may close it."""
    whole = text.rstrip(" ")
    bare = whole.rstrip("#")
    is_closed = not bare or bare.endswith(" ")
    return len(bare.rstrip(" ") if is_closed else whole)


def _code(
    lines: Sequence[MarkedLine], start: int, opening: re.Match[str]
) -> tuple[Block, int]:
    line, fence = lines[start], opening[1]
    language = line.part(opening.start(2)).stripped()
    end = start + 1
    while end < len(lines) and not _closes(lines[end].text.strip(), fence):
        end += 1
    code = [line.marked() for line in lines[start + 1 : end]]
    if any(gap_start >= opening.start(2) for gap_start, _ in line.gaps):
        return Code((language.marked(), *code)), end + 1
    return Code(tuple(code), language.text), end + 1


def _closes(line: str, fence: str) -> bool:
    return line.startswith(fence) and not line.strip(fence[0])


def _quote(lines: Sequence[MarkedLine], start: int, depth: int) -> tuple[Block, int]:
    end = start
    inner = []
    while end < len(lines) and (mark := _QUOTE.match(lines[end].text)):
        inner.append(lines[end].part(mark.end()))
        end += 1
    return Quote(_blocks(inner, depth + 1)), end


def _is_table(lines: Sequence[MarkedLine], at: int) -> bool:
    if at + 1 >= len(lines):
        return False
    header, rule = lines[at], lines[at + 1]
    if "|" not in header.text or not _RULE.fullmatch(rule.text):
        return False
    cells = _cells(rule)
    return len(cells) == len(_cells(header)) and all(
        _RULE_CELL.fullmatch(cell.text) for cell in cells
    )


def _table(lines: Sequence[MarkedLine], start: int) -> tuple[Block, int]:
    header = _marked_cells(lines[start])
    right = tuple(cell.text.endswith(":") for cell in _cells(lines[start + 1]))
    rows = []
    end = start + 2
    while end < len(lines) and "|" in lines[end].text:
        cells = _marked_cells(lines[end])
        # What a row has too many of stays with its last column.
        kept = [*cells[: len(header) - 1], " ".join(cells[len(header) - 1 :])]
        rows.append((*kept, *[""] * (len(header) - len(kept))))
        end += 1
    return Table(tuple(header), right, tuple(rows)), end


def _marked_cells(line: MarkedLine) -> list[str]:
    return [cell.marked() for cell in _cells(line)]


def _cells(line: MarkedLine) -> list[MarkedLine]:
    inner = line.stripped()
    if inner.text.startswith("|"):
        inner = inner.part(1)
    if inner.text.endswith("|") and not inner.text.endswith("\\|"):
        inner = inner.part(0, len(inner.text) - 1)
    pipes = [pipe.start() for pipe in _BARE_PIPE.finditer(inner.text)]
    return [
        inner.part(start + 1, end).stripped()
        for start, end in pairwise([-1, *pipes, len(inner.text)])
    ]
