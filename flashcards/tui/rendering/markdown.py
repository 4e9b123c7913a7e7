"""Card text as safe content for the screen: the only way stored text reaches a widget.

A subset of Markdown: bold, italic, code, lists, fenced code, pipe tables and quotes.
Nothing in a card can become live: no link, no action, no control character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.content import Span as ContentSpan
from textual.style import Style

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
from flashcards.text.markdown.inline import Span, parse_inline
from flashcards.text.markdown.marks import to_literal
from flashcards.text.markdown.plain_text import to_inline_line
from flashcards.text.safe_text import clean
from flashcards.tui.rendering.code import NARROW, code_lines, code_width, language_of
from flashcards.tui.rendering.lines import blank, cut
from flashcards.tui.rendering.tables import table_lines, table_width
from flashcards.tui.rendering.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.tui.theme.themes import Look

TAB = 4
_NARROWEST = 4


class TableLines(NamedTuple):
    """Where a table is in the lines of a text."""

    start: int
    end: int
    head: int
    """How many of its lines are the head."""


class LaidOut(NamedTuple):
    """Text as lines."""

    lines: list[Content]
    tables: tuple[TableLines, ...] = ()


class _Room(NamedTuple):
    """The most cells of a line of prose, and of a line of code or of a table."""

    width: int
    wide: int


def card_text(text: str, look: Look, style: Style | None = None) -> Content:
    """Return stored text on one flowing line, its inline markup shown.

    Line breaks become spaces, except explicit ones, which `parse_blocks` preserves.
    """
    plain, marked = parse_inline(
        show_formulas(clean(text)).expandtabs(TAB), ticks_stay=look.plain
    )
    spans = [ContentSpan(0, len(plain), style)] if style else []
    return Content(plain, [*spans, *_spans(marked, look)])


def card_line(text: str, look: Look, style: Style | None = None) -> Content:
    """Return stored text on one line, for lists and headings."""
    return card_text(to_inline_line(clean(text)), look, style)


def card_lines(text: str, look: Look, width: int, style: Style) -> list[Content]:
    """Return stored text as lines of at most `width` cells."""
    return lay_out(text, look, width, style).lines


def lay_out(
    text: str, look: Look, width: int, style: Style, *, wide: int = 0
) -> LaidOut:
    """Return stored text as lines, with the tables in them.

    Args:
        text: The text.
        look: The colors and glyphs.
        width: The most cells of a line.
        style: The style of the text.
        wide: The most cells of a line of code or of a table, if it is more than `width`.
    """
    width = max(width, _NARROWEST)
    room = _Room(width, max(wide, width))
    return _laid_out(_parse(text), look, room, style)


def widest_block(text: str, look: Look) -> int:
    """Return the cells that the code and the tables of stored text need; 0 without any."""
    widths = [0]
    for block in _parse(text) if _may_have_blocks(text) else ():
        if isinstance(block, Code):
            widths.append(code_width(block))
        elif isinstance(block, Table):
            widths.append(table_width(_cells(block, look)))
    return max(widths)


def code_languages(text: str) -> set[str]:
    """Return the languages that the code blocks of stored text name."""
    blocks = _parse(text) if _may_have_blocks(text) else ()
    return {language_of(block) for block in blocks if isinstance(block, Code)} - {""}


def _may_have_blocks(text: str) -> bool:
    return "```" in text or "~~~" in text or "|" in text


def _parse(text: str) -> tuple[Block, ...]:
    return parse_blocks(show_formulas(clean(text)).expandtabs(TAB))


def _spans(marked: Sequence[Span], look: Look) -> list[ContentSpan]:
    return [
        ContentSpan(start, end, _inline_style(name, look))
        for start, end, name in marked
    ]


def _inline_style(name: str, look: Look) -> Style:
    if name in ("bold", "gap"):
        return Style(bold=True)
    if name == "italic":
        return Style(italic=True)
    if name == "strike":
        return Style(strike=True)
    return Style() if look.plain else look.style("text", raised=True)


def _laid_out(
    blocks: Sequence[Block], look: Look, room: _Room, style: Style
) -> LaidOut:
    lines: list[Content] = []
    tables: list[TableLines] = []
    before: Block | None = None
    for block in blocks:
        if before and not (
            isinstance(before, ListItem) and isinstance(block, ListItem)
        ):
            lines.append(blank())
        start = len(lines)
        if isinstance(block, Table):
            cells = _cells(block, look)
            rows, head = table_lines(cells, block.right, look, room.wide, style)
            lines += rows
            if head:
                tables.append(TableLines(start, len(lines), head))
        else:
            lines.extend(_block_lines(block, look, room, style))
        before = block
    return LaidOut(lines, tuple(tables))


def _cells(table: Table, look: Look) -> list[list[Content]]:
    return [
        [card_text(cell, look) for cell in row] for row in (table.header, *table.rows)
    ]


def _block_lines(
    block: Paragraph | ListItem | Code | Quote, look: Look, room: _Room, style: Style
) -> list[Content]:
    width = room.width
    match block:
        case Paragraph():
            bright = style + Style(bold=True) if block.heading else style
            return wrap(card_text(block.text, look, bright), width)
        case ListItem():
            return _item_lines(block, look, width, style)
        case Code():
            return code_lines(block, look, room.wide)
        case Quote():
            if width <= NARROW:
                return _laid_out(block.blocks, look, room, style).lines
            bar = Content.assemble((look.glyphs.bar, look.style("line")), " ")
            inner = _Room(*(max(cells - 2, _NARROWEST) for cells in room))
            return [
                bar + line for line in _laid_out(block.blocks, look, inner, style).lines
            ]


def _item_lines(item: ListItem, look: Look, width: int, style: Style) -> list[Content]:
    marker = item.marker or look.glyphs.bullet
    if width <= NARROW:
        text = f"{to_literal(marker)} {item.text}"
        return wrap(card_text(text, look, style), width)
    indent = min(item.depth * 2, width // 3)
    hang = indent + len(marker) + 1
    room = max(width - hang, _NARROWEST)
    body = wrap(card_text(item.text, look, style), room)
    first = Content.assemble(" " * indent, (marker, look.style("muted")), " ")
    return [
        (first if number == 0 else Content(" " * hang)) + line
        for number, line in enumerate(body)
    ]


def stored_piece(text: str, style: Style, more: str) -> Content:
    """Return a piece of stored text for one line, with the blanks at its ends.

    Args:
        text: The piece; `…` in it marks a cut.
        style: Its style.
        more: The glyph to show for a cut.
    """
    plain = clean(text).replace("\n", " ").replace("\t", " ").replace("…", more)
    return Content(plain).stylize(style) if plain else Content("")


def stored(text: str, style: Style | None = None, *, width: int = 0) -> Content:
    """Return stored text on one line, without interpreting any markup."""
    line = Content(" ".join(clean(text).split()))
    if width:
        line = cut(line, width)
    return line.stylize(style) if style else line
