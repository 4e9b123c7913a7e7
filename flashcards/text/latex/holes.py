"""Convert formulas with holes, such as the gaps of a cloze, and fill the holes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.text.latex.conversion import latex_to_unicode

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLE = "\ue000"
"""Marks a hole while the formula around it is converted."""

_BEFORE = re.compile(r"(?:^|[=≈≠≤≥<>→∈∼,;:(\[{|\n]) ?\Z")
_AFTER = re.compile(r" ?(?:$|[=≈≠≤≥<>→∈∼,;:)\]}|.\n])")


class Hole(NamedTuple):
    """The text to fill a hole with."""

    text: str
    is_name: bool
    """Whether it is one word or number, which needs no brackets next to a factor."""


def fill_holes(source: str, holes: Sequence[Hole]) -> str:
    """Convert a formula to Unicode and fill its holes; empty if it cannot be converted.

    Args:
        source: The formula, with `HOLE` for each hole.
        holes: The texts of the holes, in order.
    """
    if not holes:
        return latex_to_unicode(source)
    parts = latex_to_unicode(source).split(HOLE)
    if len(parts) != len(holes) + 1:
        return ""
    filled = parts[0]
    for hole, following in zip(holes, parts[1:], strict=True):
        needs_no_brackets = _BEFORE.search(filled) and _AFTER.match(following)
        text = hole.text if hole.is_name or needs_no_brackets else f"({hole.text})"
        filled += text + following
    return filled
