"""Key points as a list in the feedback of an essay question, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.fields.kinds import normalize_text
from flashcards.decks.fields.limits import MOST_ITEMS, MOST_SHORT_TEXT
from flashcards.domain.content import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM, _INDENT = "- ", "  "


def points_of(text: str) -> tuple[tuple[Point, ...], str]:
    """Return the points that a text lists and what follows behind a blank line.

    There are none where the text is no list, or one that key points cannot be.
    """
    listed, _, rest = text.partition("\n\n")
    points: list[str] = []
    for line in listed.split("\n"):
        if line.startswith(_ITEM):
            points.append(line.removeprefix(_ITEM))
        elif points and line.startswith(_INDENT):
            points[-1] += "\n" + line.removeprefix(_INDENT)
        else:
            return (), ""
    is_good = (
        len(points) <= MOST_ITEMS
        and len({normalize_text(point) for point in points}) == len(points)
        and all(point.strip() and len(point) <= MOST_SHORT_TEXT for point in points)
    )
    return (tuple(map(Point, points)), rest) if is_good else ((), "")


def list_of(points: Sequence[Point], why: str) -> str:
    """Return points as a list, with the why behind it."""
    lines = [
        _ITEM + point.text.strip().replace("\n", f"\n{_INDENT}") for point in points
    ]
    return "\n".join(lines) + (f"\n\n{why}" if why else "")
