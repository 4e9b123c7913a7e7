"""Read and write key points as a list in the feedback of an essay question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.fields.kinds import normalize_text
from flashcards.decks.fields.limits import MOST_ITEMS, MOST_SHORT_TEXT
from flashcards.domain.content import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM, _INDENT = "- ", "  "


def parse_key_points(text: str) -> tuple[tuple[Point, ...], str]:
    """Parse the key points that a text lists, and the text after a blank line.

    There are none if the text is not a list, or not a valid list of key points.
    """
    list_text, _, why = text.partition("\n\n")
    points: list[str] = []
    for line in list_text.split("\n"):
        if line.startswith(_ITEM):
            points.append(line.removeprefix(_ITEM))
        elif points and line.startswith(_INDENT):
            points[-1] += "\n" + line.removeprefix(_INDENT)
        else:
            return (), ""
    is_valid = (
        len(points) <= MOST_ITEMS
        and len({normalize_text(point) for point in points}) == len(points)
        and all(point.strip() and len(point) <= MOST_SHORT_TEXT for point in points)
    )
    return (tuple(map(Point, points)), why) if is_valid else ((), "")


def format_key_points(points: Sequence[Point], why: str) -> str:
    """Format points as a list, followed by the why."""
    lines = [
        _ITEM + point.text.strip().replace("\n", f"\n{_INDENT}") for point in points
    ]
    return "\n".join(lines) + (f"\n\n{why}" if why else "")
