"""Tables as lines: with a rule below the head, or as `head: cell` where they do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from flashcards.tui.rendering.lines import blank, pad
from flashcards.tui.rendering.wrapping import longest_word, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.tui.theme.themes import Look

_GAP = 2
_NARROWEST = 4
_LONGEST_WORD = 18
"""Cells up to which a word is not broken to make its column narrower."""


def table_lines(
    cells: Sequence[Sequence[Content]],
    right: Sequence[bool],
    look: Look,
    width: int,
    style: Style,
) -> tuple[list[Content], int]:
    """Return a table as lines, and how many of them are its head; 0 if they are records.

    Args:
        cells: The rows of cells, the head first.
        right: Whether each column is aligned at its right.
        look: The colors and glyphs.
        width: Cells of the room.
        style: The style of the text.
    """
    widths = _fit(cells, width - _GAP * (len(right) - 1))
    if widths is None:
        return _as_records(cells, width, style), 0
    bold = style + Style(bold=True)
    head = [line.stylize_before(bold) for line in _row(cells[0], widths, right)]
    rules = (" " * _GAP).join(look.glyphs.rule * cells_wide for cells_wide in widths)
    head.append(Content(rules).stylize(look.style("line")))
    body = [
        line.stylize_before(style)
        for row in cells[1:]
        for line in _row(row, widths, right)
    ]
    return [*head, *body], len(head)


def table_width(cells: Sequence[Sequence[Content]]) -> int:
    """Return the cells that a table needs so that no cell is wrapped."""
    natural = _natural_widths(cells)
    return sum(natural) + _GAP * (len(natural) - 1)


def _natural_widths(cells: Sequence[Sequence[Content]]) -> list[int]:
    return [
        max(cell.cell_length for cell in column) for column in zip(*cells, strict=True)
    ]


def _row(
    cells: Sequence[Content], widths: Sequence[int], right: Sequence[bool]
) -> list[Content]:
    wrapped = [
        wrap(cell, width) or [blank()]
        for cell, width in zip(cells, widths, strict=True)
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


def _fit(cells: Sequence[Sequence[Content]], room: int) -> list[int] | None:
    """Return column widths that fit the room, the widest made narrower first.

    None if a column would be too narrow for its words.
    """
    widths = [max(width, 1) for width in _natural_widths(cells)]
    least = [
        max(_NARROWEST, *(min(longest_word(cell), _LONGEST_WORD) for cell in column))
        for column in zip(*cells, strict=True)
    ]
    while sum(widths) > room:
        shrinkable = [n for n, width in enumerate(widths) if width > least[n]]
        if not shrinkable:
            return None
        widths[max(shrinkable, key=widths.__getitem__)] -= 1
    return widths


def _as_records(
    cells: Sequence[Sequence[Content]], width: int, style: Style
) -> list[Content]:
    """Return a table that is too wide as one `head: cell` line for each cell."""
    head, *rows = cells
    lines: list[Content] = []
    for row in rows:
        for name, cell in zip(head, row, strict=True):
            entry = name + Content(": ") + cell if name else cell
            lines.extend(wrap(entry.stylize_before(style), width))
        lines.append(blank())
    return lines[:-1]
