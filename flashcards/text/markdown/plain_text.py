"""Convert card text to plain lines, for pipes, screen readers and lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.text.markdown.blocks import (
    Block,
    Code,
    ListItem,
    Paragraph,
    Quote,
    Table,
    parse_blocks,
)
from flashcards.text.markdown.formulas import show_formulas
from flashcards.text.markdown.inline import parse_code_line, parse_inline
from flashcards.text.markdown.marks import to_literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE_END = re.compile(r"(\\\\)|\\?[^\S\n]*\n\s*")
"""An escaped backslash, or the end of a line with the backslash that makes it a break."""
_STRUCK = ("(struck out: ", ")")
"""Put around struck text; without it, the text would seem to be still valid."""


def to_plain_text(text: str) -> str:
    """Convert Markdown to lines without markup; code is indented by four spaces."""
    return "\n".join(_blocks_to_lines(parse_blocks(show_formulas(text))))


def to_plain_line(text: str) -> str:
    """Convert Markdown to one line without markup."""
    return " ".join(_inline_to_plain(to_inline_line(text)).split())


def to_inline_line(text: str) -> str:
    """Convert Markdown to one line of inline markup; formulas and block markers are literal."""
    return " ".join(
        " ".join(_flatten_blocks(parse_blocks(show_formulas(text)))).split()
    )


def join_lines(text: str, separator: str = " ") -> str:
    """Join the lines of Markdown into one; other markup stays.

    Args:
        text: Markdown, whose lines end softly or with a break.
        separator: Replaces the end of each line.
    """
    return _LINE_END.sub(lambda match: match[1] or separator, text)


def _flatten_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case ListItem():
                yield f"{to_literal(block.marker or '-')} {block.text}"
            case Code():
                for line in block.lines:
                    yield to_literal(line)
            case Quote():
                yield from _flatten_blocks(block.blocks)
            case Table():
                for row in (block.header, *block.rows):
                    yield to_literal(" | ").join(row)


def _blocks_to_lines(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous and not (
            isinstance(previous, ListItem) and isinstance(block, ListItem)
        ):
            lines.append("")
        lines += _block_to_lines(block)
        previous = block
    return lines


def _block_to_lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return _inline_to_plain(block.text).split("\n")
        case ListItem():
            indent = " " * 2 * block.depth
            marker = block.marker or "-"
            first, *following_lines = _inline_to_plain(block.text).split("\n")
            hanging_indent = " " * (len(marker) + 1)
            return [
                f"{indent}{marker} {first}",
                *(indent + hanging_indent + line for line in following_lines),
            ]
        case Code():
            return [f"    {parse_code_line(line)[0]}" for line in block.lines]
        case Quote():
            return [f"> {line}".rstrip() for line in _blocks_to_lines(block.blocks)]
        case Table():
            rows = [block.header, *block.rows]
            return [" | ".join(map(_inline_to_plain, row)).rstrip() for row in rows]


def _inline_to_plain(text: str) -> str:
    plain, spans = parse_inline(text)
    labels = [(start, 1, _STRUCK[0]) for start, _, name in spans if name == "strike"]
    labels += [(end, 0, _STRUCK[1]) for _, end, name in spans if name == "strike"]
    for position, _, label in sorted(labels, reverse=True):
        plain = plain[:position] + label + plain[position:]
    return plain
