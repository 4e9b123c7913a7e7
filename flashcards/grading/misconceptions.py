"""Misconceptions in words: what a deck calls them, or the question of the note they name."""

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
    """Return what a wrong option stands for, as people say it.

    Args:
        slug: What the deck file says: words with or without hyphens, or the id of a note.
        contents: Notes as JSON by their ids, those among them that misconceptions name.
    """
    if slug not in contents:
        return slug if " " in slug else slug.replace("-", " ")
    note = note_from_json(contents[slug])
    return one_line(to_plain_line(list_text(note, faces_of(note)[0])), _LONGEST)
