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
    """A paragraph or a heading."""

    text: str
    heading: int = 0
    """The level of a heading; 0 for a paragraph."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: its marker (empty for a bullet), its depth and its text."""

    marker: str
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code, whose lines keep their spaces; each is input of `parse_code_line`."""

    lines: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of the header and of the rows, all equally long; `right` is the alignment by column."""

    header: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple[Block, ...]


Block = Paragraph | ListItem | Code | Table | Quote

# More backticks on the same line make a code span, not a fence.
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})(.*)")
_ITEM = re.compile(r"( *)(?:[-*+•]|(\d{1,3})[.)]) +(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"(#{1,6}) +(\S.*)")
_RULE = re.compile(r"(?=.*\|)[\s|:-]+")
_RULE_CELL = re.compile(r" *:?-+:? *")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_MAX_ITEM_DEPTH = 4
_MAX_QUOTE_DEPTH = 3


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Parse card text into blocks. Every word is kept, and marks of gaps change no block.

    If a gap hides the language of a code block, the language becomes its first line, since it
    is not shown otherwise.
    """
    return _parse_lines(split_marked_lines(text), 0)


def _parse_lines(lines: Sequence[MarkedLine], depth: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    while start < len(lines):
        if not lines[start].text.strip():
            start += 1
            continue
        block, start = _parse_block(lines, start, depth)
        blocks.append(block)
    return tuple(blocks)


def _parse_block(
    lines: Sequence[MarkedLine], start: int, depth: int
) -> tuple[Block, int]:
    line = lines[start]
    if fence := _FENCE.match(line.text):
        return _parse_code(lines, start, fence)
    if depth < _MAX_QUOTE_DEPTH and _QUOTE.match(line.text):
        return _parse_quote(lines, start, depth)
    if _is_table(lines, start):
        return _parse_table(lines, start)
    if heading := _HEADING.fullmatch(line.text):
        words = line.cut(heading.start(2))
        words = words.cut(0, _find_heading_end(words.text))
        return Paragraph(words.to_marked_text(), len(heading[1])), start + 1
    if item := _ITEM.match(line.text):
        text, end = _join_flowing_lines(lines, start, line.cut(item.end()))
        level = min(len(item[1]) // 2, _MAX_ITEM_DEPTH)
        return ListItem(f"{item[2]}." if item[2] else "", level, text), end
    text, end = _join_flowing_lines(lines, start, line)
    return Paragraph(text), end


def _join_flowing_lines(
    lines: Sequence[MarkedLine], start: int, first: MarkedLine
) -> tuple[str, int]:
    """Return the text that continues from a line, and the index of the line after it."""
    flowing_lines = [first]
    end = start + 1
    while (
        end < len(lines) and lines[end].text.strip() and not _starts_block(lines, end)
    ):
        flowing_lines.append(lines[end])
        end += 1
    text = ""
    for line in flowing_lines:
        has_hard_break = line.text.endswith(("  ", "\\"))
        words = line.strip()
        if words.text.endswith("\\"):
            words = words.cut(0, len(words.text) - 1)
        text += words.to_marked_text() + ("\n" if has_hard_break else " ")
    return text.strip(), end


def _starts_block(lines: Sequence[MarkedLine], index: int) -> bool:
    """Return whether a block starts at a line, which ends the text before it."""
    return opens_block(lines[index].text) or _is_table(lines, index)


def opens_block(line: str) -> bool:
    """Return whether a line by itself starts code, a list item, a quote or a heading."""
    return bool(
        _FENCE.match(line)
        or _ITEM.match(line)
        or _QUOTE.match(line)
        or _HEADING.fullmatch(line)
    )


def _find_heading_end(text: str) -> int:
    """Return the end of a heading's words, before closing `#` characters."""
    trimmed = text.rstrip(" ")
    bare = trimmed.rstrip("#")
    is_closed = not bare or bare.endswith(" ")
    return len(bare.rstrip(" ") if is_closed else trimmed)


def _parse_code(
    lines: Sequence[MarkedLine], start: int, opening: re.Match[str]
) -> tuple[Block, int]:
    line, fence = lines[start], opening[1]
    language = line.cut(opening.start(2)).strip()
    end = start + 1
    while end < len(lines) and not _closes_fence(lines[end].text.strip(), fence):
        end += 1
    code = [line.to_marked_text() for line in lines[start + 1 : end]]
    if any(gap_start >= opening.start(2) for gap_start, _ in line.gaps):
        return Code((language.to_marked_text(), *code)), end + 1
    return Code(tuple(code), language.text), end + 1


def _closes_fence(line: str, fence: str) -> bool:
    return line.startswith(fence) and not line.strip(fence[0])


def _parse_quote(
    lines: Sequence[MarkedLine], start: int, depth: int
) -> tuple[Block, int]:
    end = start
    inner = []
    while end < len(lines) and (mark := _QUOTE.match(lines[end].text)):
        inner.append(lines[end].cut(mark.end()))
        end += 1
    return Quote(_parse_lines(inner, depth + 1)), end


def _is_table(lines: Sequence[MarkedLine], index: int) -> bool:
    if index + 1 >= len(lines):
        return False
    header, rule = lines[index], lines[index + 1]
    if "|" not in header.text or not _RULE.fullmatch(rule.text):
        return False
    cells = _split_cells(rule)
    return len(cells) == len(_split_cells(header)) and all(
        _RULE_CELL.fullmatch(cell.text) for cell in cells
    )


def _parse_table(lines: Sequence[MarkedLine], start: int) -> tuple[Block, int]:
    header = _split_marked_cells(lines[start])
    right = tuple(cell.text.endswith(":") for cell in _split_cells(lines[start + 1]))
    rows = []
    end = start + 2
    while end < len(lines) and "|" in lines[end].text:
        cells = _split_marked_cells(lines[end])
        # Surplus cells of a row are joined into its last column.
        row_cells = [*cells[: len(header) - 1], " ".join(cells[len(header) - 1 :])]
        rows.append((*row_cells, *[""] * (len(header) - len(row_cells))))
        end += 1
    return Table(tuple(header), right, tuple(rows)), end


def _split_marked_cells(line: MarkedLine) -> list[str]:
    return [cell.to_marked_text() for cell in _split_cells(line)]


def _split_cells(line: MarkedLine) -> list[MarkedLine]:
    inner = line.strip()
    if inner.text.startswith("|"):
        inner = inner.cut(1)
    if inner.text.endswith("|") and not inner.text.endswith("\\|"):
        inner = inner.cut(0, len(inner.text) - 1)
    pipes = [pipe.start() for pipe in _BARE_PIPE.finditer(inner.text)]
    return [
        inner.cut(start + 1, end).strip()
        for start, end in pairwise([-1, *pipes, len(inner.text)])
    ]
