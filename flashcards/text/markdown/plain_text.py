"""Card text as plain lines, for pipes, screen readers and lists."""

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
"""Around text with a line through it, which would otherwise read as if it still held."""


def to_plain_text(text: str) -> str:
    """Return Markdown as lines without its markup; code is indented by four spaces."""
    return "\n".join(_lines(parse_blocks(show_formulas(text))))


def to_plain_line(text: str) -> str:
    """Return Markdown as one line without its markup."""
    return " ".join(_inline(to_inline_line(text)).split())


def to_inline_line(text: str) -> str:
    """Return Markdown as one line of inline markup: formulas and signs of blocks are literal."""
    return " ".join(" ".join(_flat(parse_blocks(show_formulas(text)))).split())


def join_lines(text: str, sign: str = " ") -> str:
    """Return Markdown on one line, its other markup as it is.

    Args:
        text: Markdown, in which lines end softly or with a break.
        sign: What takes the place of the end of each line.
    """
    return _LINE_END.sub(lambda found: found[1] or sign, text)


def _flat(blocks: Sequence[Block]) -> Iterator[str]:
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
                yield from _flat(block.blocks)
            case Table():
                for row in (block.header, *block.rows):
                    yield to_literal(" | ").join(row)


def _lines(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before and not (
            isinstance(before, ListItem) and isinstance(block, ListItem)
        ):
            lines.append("")
        lines += _block_lines(block)
        before = block
    return lines


def _block_lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return _inline(block.text).split("\n")
        case ListItem():
            indent = " " * 2 * block.depth
            marker = block.marker or "-"
            first, *others = _inline(block.text).split("\n")
            hang = " " * (len(marker) + 1)
            return [f"{indent}{marker} {first}", *(indent + hang + o for o in others)]
        case Code():
            return [f"    {parse_code_line(line)[0]}" for line in block.lines]
        case Quote():
            return [f"> {line}".rstrip() for line in _lines(block.blocks)]
        case Table():
            rows = [block.header, *block.rows]
            return [" | ".join(map(_inline, row)).rstrip() for row in rows]


def _inline(text: str) -> str:
    plain, spans = parse_inline(text)
    signs = [(start, 1, _STRUCK[0]) for start, _, name in spans if name == "strike"]
    signs += [(end, 0, _STRUCK[1]) for _, end, name in spans if name == "strike"]
    for at, _, sign in sorted(signs, reverse=True):
        plain = plain[:at] + sign + plain[at:]
    return plain
