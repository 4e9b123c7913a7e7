"""Formulas with holes: places whose text is known already, such as the gaps of a cloze."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.text.latex.conversion import latex_to_unicode

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLE = "\ue000"
"""Stands for a hole while the formula around it is read."""

_BEFORE = re.compile(r"(?:^|[=≈≠≤≥<>→∈∼,;:(\[{|\n]) ?\Z")
_AFTER = re.compile(r" ?(?:$|[=≈≠≤≥<>→∈∼,;:)\]}|.\n])")


class Hole(NamedTuple):
    """What is to be in a hole."""

    text: str
    is_name: bool
    """True for one word or number, which needs no brackets next to a factor."""


def fill_holes(source: str, holes: Sequence[Hole]) -> str:
    """Return a formula as Unicode with its holes filled, empty where it cannot be read.

    Args:
        source: The formula, with `HOLE` in each place to be filled.
        holes: What to fill in, in order.
    """
    if not holes:
        return latex_to_unicode(source)
    parts = latex_to_unicode(source).split(HOLE)
    if len(parts) != len(holes) + 1:
        return ""
    shown = parts[0]
    for hole, rest in zip(holes, parts[1:], strict=True):
        stands_alone = _BEFORE.search(shown) and _AFTER.match(rest)
        text = hole.text if hole.is_name or stands_alone else f"({hole.text})"
        shown += text + rest
    return shown
