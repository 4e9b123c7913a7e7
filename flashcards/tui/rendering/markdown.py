"""Card text as safe content for the screen: the only way stored text reaches a widget.

A subset of Markdown: bold, italic, code, lists, fenced code, pipe tables and quotes.
Nothing in a card can become live: no link, no action, no control character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from flashcards.text.markdown.inline import Span, parse_code_line, parse_inline
from flashcards.text.markdown.marks import to_literal
from flashcards.text.markdown.plain_text import to_inline_line
from flashcards.text.safe_text import clean
from flashcards.tui.rendering.lines import blank, cut, pad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.tui.theme.themes import Look

TAB = 4
_GAP = 2
_NARROWEST = 4
_NARROW = 8
"""Cells up to which nothing is indented, so that every line fits."""


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
    safe = show_formulas(clean(text)).expandtabs(TAB)
    return _laid_out(parse_blocks(safe), look, max(width, _NARROWEST), style)


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
    blocks: Sequence[Block], look: Look, width: int, style: Style
) -> list[Content]:
    lines: list[Content] = []
    before: Block | None = None
    for block in blocks:
        if before and not (
            isinstance(before, ListItem) and isinstance(block, ListItem)
        ):
            lines.append(blank())
        lines.extend(_block_lines(block, look, width, style))
        before = block
    return lines


def _block_lines(block: Block, look: Look, width: int, style: Style) -> list[Content]:
    match block:
        case Paragraph():
            bright = style + Style(bold=True) if block.heading else style
            return card_text(block.text, look, bright).wrap(width)
        case ListItem():
            return _item_lines(block, look, width, style)
        case Code():
            return _code_lines(block, look, width)
        case Quote():
            if width <= _NARROW:
                return _laid_out(block.blocks, look, width, style)
            bar = Content.assemble((look.glyphs.bar, look.style("line")), " ")
            inner = _laid_out(block.blocks, look, max(width - 2, _NARROWEST), style)
            return [bar + line for line in inner]
        case Table():
            return _table_lines(block, look, width, style)


def _item_lines(item: ListItem, look: Look, width: int, style: Style) -> list[Content]:
    marker = item.marker or look.glyphs.bullet
    if width <= _NARROW:
        return card_text(f"{to_literal(marker)} {item.text}", look, style).wrap(width)
    indent = min(item.depth * 2, width // 3)
    hang = indent + len(marker) + 1
    room = max(width - hang, _NARROWEST)
    body = card_text(item.text, look, style).wrap(room)
    first = Content.assemble(" " * indent, (marker, look.style("muted")), " ")
    return [
        (first if number == 0 else Content(" " * hang)) + line
        for number, line in enumerate(body)
    ]


def _code_lines(code: Code, look: Look, width: int) -> list[Content]:
    style = look.style("text", raised=not look.plain)
    indent = Content("" if width <= _NARROW else "  ")
    room = max(width - 2 * indent.cell_length, _NARROWEST)
    lines = []
    for line in code.lines:
        plain, marked = parse_code_line(line)
        content = Content(plain, _spans(marked, look))
        lines += [pad(indent + part, width) for part in content.fold(room)]
    return [line.stylize_before(style) for line in lines]


def _table_lines(table: Table, look: Look, width: int, style: Style) -> list[Content]:
    rows = [table.header, *table.rows]
    cells = [[card_text(cell, look) for cell in row] for row in rows]
    natural = [
        max(row[column].cell_length for row in cells)
        for column in range(len(table.header))
    ]
    widths = _fitted(natural, width - _GAP * (len(natural) - 1))
    if widths is None:
        return _as_records(table, look, width, style)
    lines: list[Content] = []
    for number, row in enumerate(cells):
        bright = style + Style(bold=True) if number == 0 else style
        lines.extend(
            line.stylize_before(bright) for line in _row(row, widths, table.right)
        )
        if number == 0:
            rule = look.glyphs.rule
            joined = (" " * _GAP).join(rule * cells_wide for cells_wide in widths)
            lines.append(Content(joined).stylize(look.style("line")))
    return lines


def _row(
    cells: Sequence[Content], widths: Sequence[int], right: Sequence[bool]
) -> list[Content]:
    wrapped = [
        cell.wrap(width) or [blank()] for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(len(lines) for lines in wrapped)
    result = []
    for number in range(height):
        parts = [
            pad(
                lines[number] if number < len(lines) else blank(), width, right=at_right
            )
            for lines, width, at_right in zip(wrapped, widths, right, strict=True)
        ]
        result.append(Content(" " * _GAP).join(parts))
    return result


def _fitted(natural: Sequence[int], room: int) -> list[int] | None:
    """Return column widths that fit the room, the widest made narrower first."""
    widths = [max(width, 1) for width in natural]
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return None
        widths[widest] -= 1
    return widths


def _as_records(table: Table, look: Look, width: int, style: Style) -> list[Content]:
    """Return a table that is too wide as one `head: cell` line for each cell."""
    lines: list[Content] = []
    for row in table.rows:
        for head, cell in zip(table.header, row, strict=True):
            text = f"{head}: {cell}" if head else cell
            lines.extend(card_text(text, look, style).wrap(width))
        lines.append(blank())
    return lines[:-1]


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
