"""Quote cells that a spreadsheet would take for formulas."""

from __future__ import annotations

import re

_QUOTE = "'"
_FORMULA = re.compile(
    r"'*+(?!\s*[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?%?\s*\Z)[=+\-@\t\r\n＝＋－＠]"
)
"""A cell that starts like a formula, after any quotes, and is not a plain number."""


def quote_formula(cell: str) -> str:
    """Add a quote before a cell that a spreadsheet would compute.

    A cell that has such a quote already gets one more, so that `unquote_formula` restores any
    cell. Plain numbers such as `-5` stay numbers.
    """
    return _QUOTE + cell if _FORMULA.match(cell) else cell


def unquote_formula(cell: str) -> str:
    """Undo `quote_formula`."""
    is_quoted = cell.startswith(_QUOTE) and _FORMULA.match(cell)
    return cell[len(_QUOTE) :] if is_quoted else cell
