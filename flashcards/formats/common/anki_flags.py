"""The tags by which Anki marks a note or calls it a leech."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.limits import MOST_TAGS
from flashcards.formats.common.naming import to_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKED, LEECH = FLAGS = ("marked", "leech")


class AnkiTags(NamedTuple):
    """The tags of a note in Anki."""

    words: tuple[str, ...]
    """Valid tags, without flags."""
    is_marked: bool
    is_leech: bool
    are_cut: bool
    """Whether there were too many."""


def read_tags(words: Iterable[str]) -> AnkiTags:
    """Return the tags of a note in Anki, with its flags apart."""
    words = list(words)
    folded = {word.casefold() for word in words}
    tags = dict.fromkeys(map(to_tag, without_flags(words)))
    tags.pop("", None)
    return AnkiTags(
        tuple(tags)[:MOST_TAGS],
        MARKED in folded,
        LEECH in folded,
        len(tags) > MOST_TAGS,
    )


def is_flag(tag: str) -> bool:
    """Return whether Anki treats a tag as a flag; it ignores the case of tags."""
    return tag.casefold() in FLAGS


def without_flags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that Anki does not treat as flags."""
    return tuple(tag for tag in tags if not is_flag(tag))
