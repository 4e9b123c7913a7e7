"""Cells that a spreadsheet would take for formulas, and the quote that keeps them texts."""

from __future__ import annotations

import re

_QUOTE = "'"
_FORMULA = re.compile(
    r"'*+(?!\s*[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?%?\s*\Z)[=+\-@\t\r\n＝＋－＠]"
)
"""A cell that begins as formulas do, behind any quotes, and is no plain number."""


def as_text(cell: str) -> str:
    """Return a cell with a quote before it where a spreadsheet would compute it.

    Cells that have such a quote already get one more, so that `from_text` gives back any
    cell. Plain numbers such as `-5` stay numbers.
    """
    return _QUOTE + cell if _FORMULA.match(cell) else cell


def from_text(cell: str) -> str:
    """Return the cell that `as_text` was given."""
    is_quoted = cell.startswith(_QUOTE) and _FORMULA.match(cell)
    return cell[len(_QUOTE) :] if is_quoted else cell
