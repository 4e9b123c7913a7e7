"""Tags that are flags in Anki: it marks a note, or calls it a leech, by a tag of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKED, LEECH = FLAGS = ("marked", "leech")


def is_flag(tag: str) -> bool:
    """Tell whether Anki takes a tag for a flag; it compares tags without case."""
    return tag.casefold() in FLAGS


def without_flags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that are only tags in Anki, too."""
    return tuple(tag for tag in tags if not is_flag(tag))
