"""Blocks of card text: paragraphs, lists, fenced code, tables and quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.markdown.marks import GAP_START, settle_marks

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that flows."""

    text: str
    heading: int = 0
    """The number of `#` that the line began with."""


@dataclass(frozen=True, slots=True)
class Item:
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


Block = Paragraph | Item | Code | Table | Quote

# Backticks behind backticks make a span of code on one line, which opens no block.
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})(.*)")
_ITEM = re.compile(r"( *)(?:[-*+•]|(\d{1,3})[.)]) +(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"(#{1,6}) +(.*)")
_RULE_CELL = re.compile(r" *:?-+:? *")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_DEPTHS = 4
_QUOTES = 3


def parse_blocks(text: str, *, depth: int = 0) -> tuple[Block, ...]:
    """Return the blocks of a text; nothing is ever left out."""
    if GAP_START in text and not depth:
        text = settle_marks(text)
    lines = text.split("\n")
    blocks: list[Block] = []
    start = 0
    while start < len(lines):
        if not lines[start].strip():
            start += 1
            continue
        block, start = _block(lines, start, depth)
        blocks.append(block)
    return tuple(blocks)


def _block(lines: Sequence[str], start: int, depth: int) -> tuple[Block, int]:
    line = lines[start]
    if fence := _FENCE.match(line):
        code, end = _code(lines, start, fence[1])
        return Code(code, fence[2].strip()), end
    if depth < _QUOTES and _QUOTE.match(line):
        return _quote(lines, start, depth)
    if _is_table(lines, start):
        return _table(lines, start)
    if heading := _HEADING.fullmatch(line):
        return Paragraph(_heading(heading[2]), len(heading[1])), start + 1
    if item := _ITEM.match(line):
        text, end = _flowing(lines, start, line[item.end() :])
        level = min(len(item[1]) // 2, _DEPTHS)
        return Item(f"{item[2]}." if item[2] else "", level, text), end
    text, end = _flowing(lines, start, line)
    return Paragraph(text), end


def _flowing(lines: Sequence[str], start: int, first: str) -> tuple[str, int]:
    """Return the text that runs on from a line, and where it ends."""
    parts = [first]
    end = start + 1
    while end < len(lines) and lines[end].strip() and not _begins(lines, end):
        parts.append(lines[end])
        end += 1
    text = ""
    for part in parts:
        hard = part.endswith(("  ", "\\"))
        text += part.strip().removesuffix("\\") + ("\n" if hard else " ")
    return text.strip(), end


def _begins(lines: Sequence[str], at: int) -> bool:
    """Tell whether a block begins at a line, and so ends the text before it."""
    return opens_block(lines[at]) or _is_table(lines, at)


def opens_block(line: str) -> bool:
    """Tell whether a line alone begins code, an item, a quote or a heading."""
    return bool(
        _FENCE.match(line)
        or _ITEM.match(line)
        or _QUOTE.match(line)
        or _HEADING.fullmatch(line)
    )


def _heading(text: str) -> str:
    """Return a heading without the `#` that may close it."""
    bare = text.rstrip(" ").rstrip("#")
    return bare.rstrip(" ") if not bare or bare.endswith(" ") else text.rstrip(" ")


def _code(lines: Sequence[str], start: int, fence: str) -> tuple[tuple[str, ...], int]:
    end = start + 1
    while end < len(lines) and not lines[end].strip().startswith(fence):
        end += 1
    return tuple(lines[start + 1 : end]), end + 1


def _quote(lines: Sequence[str], start: int, depth: int) -> tuple[Block, int]:
    end = start
    inner = []
    while end < len(lines) and (mark := _QUOTE.match(lines[end])):
        inner.append(lines[end][mark.end() :])
        end += 1
    return Quote(parse_blocks("\n".join(inner), depth=depth + 1)), end


def _is_table(lines: Sequence[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return False
    rule = _cells(lines[at + 1])
    return len(rule) == len(_cells(lines[at])) and all(
        _RULE_CELL.fullmatch(cell) for cell in rule
    )


def _table(lines: Sequence[str], start: int) -> tuple[Block, int]:
    header = _cells(lines[start])
    right = tuple(cell.endswith(":") for cell in _cells(lines[start + 1]))
    rows = []
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        cells = _cells(lines[end])
        # What a row has too many of stays with its last column.
        kept = [*cells[: len(header) - 1], " ".join(cells[len(header) - 1 :])]
        rows.append((*kept, *[""] * (len(header) - len(kept))))
        end += 1
    return Table(tuple(header), right, tuple(rows)), end


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _BARE_PIPE.split(inner)]
