"""The tags by which Anki marks a note or calls it a leech."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKED, LEECH = FLAGS = ("marked", "leech")


def is_flag(tag: str) -> bool:
    """Return whether Anki treats a tag as a flag; it ignores the case of tags."""
    return tag.casefold() in FLAGS


def without_flags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that Anki does not treat as flags."""
    return tuple(tag for tag in tags if not is_flag(tag))
