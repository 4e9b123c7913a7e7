"""Names of misconceptions: the words of the deck, or the question of a note with that id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.faces import faces_of, list_text
from flashcards.domain.note_json import note_from_json
from flashcards.text.markdown.plain_text import to_plain_line
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 120


def misconception_name(slug: str, contents: Mapping[str, str]) -> str:
    """Return the name of a misconception for people.

    Args:
        slug: The value in the deck file: words with or without hyphens, or the id of a note.
        contents: Notes as JSON by id, at least those that misconceptions name.
    """
    if slug not in contents:
        return slug if " " in slug else slug.replace("-", " ")
    note = note_from_json(contents[slug])
    return one_line(to_plain_line(list_text(note, faces_of(note)[0])), _LONGEST)
