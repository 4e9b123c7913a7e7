"""Compute what notes become when they are exported to a lossy format and read again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flashcards.decks.plain import has_only_sides
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, DeckContent
from flashcards.formats.common.anki_flags import is_flag
from flashcards.formats.formats import FORMATS, WriteContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashcards.domain.content import Note
    from flashcards.formats.formats import ReadContext

LOSSY = frozenset(("anki-text", "hashcards", "gift"))
"""Formats that are written and read but hold only part of a note."""

_PLAIN_TEXT = re.compile(r"[^\W\d_](?:[^\W_]|[.,;:?!()/%'-]| (?! ))*+(?<! )")
_PLAIN_ID = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)


def reread(
    name: str, notes: Iterable[Note], context: ReadContext
) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes that an export gives when it is read again, by the exported note's id.

    Args:
        name: The name of the format, one of `LOSSY`.
        notes: The notes, each with an id of its own.
        context: Passed to the format, which reads the export.
    """
    notes = list(notes)
    unchanged = {note.id: (note,) for note in notes if _is_lossless(name, note)}
    others = [note for note in notes if note.id not in unchanged]
    return unchanged | write_and_read(name, others, context) if others else unchanged


def _is_lossless(name: str, note: Note) -> bool:
    """Return whether a note surely reads back unchanged, as most notes of tables do."""
    return (
        name == "anki-text"
        and type(note) is BasicNote
        and has_only_sides(note)
        and not note.reverse
        and note.origin is None
        and all(map(_PLAIN_TEXT.fullmatch, (note.front, note.back)))
        and all(map(_PLAIN_ID.fullmatch, (note.id, *note.tags)))
        and not any(map(is_flag, note.tags))
    )


def write_and_read(
    name: str, notes: Iterable[Note], context: ReadContext
) -> dict[str, tuple[Note, ...]]:
    """Return the result of `reread` by writing and reading files."""
    module = next(
        file_format for file_format in FORMATS if file_format.name == name
    ).module
    context = replace(context, into="", progress=None)
    write_context = WriteContext(context.moment, 0, 0)
    # Each note has its own deck, which identifies it whatever it reads back as.
    decks = {
        f"n{number}": DeckContent(key=f"n{number}", title=f"n{number}", notes=(note,))
        for number, note in enumerate(notes)
    }
    has_one_deck = name == "hashcards"
    deck_groups = (
        [(deck,) for deck in decks.values()] if has_one_deck else [(*decks.values(),)]
    )
    result: dict[str, tuple[Note, ...]] = {}
    with TemporaryDirectory(prefix="flashcards-") as directory:
        path = Path(directory, "exported")
        for decks_of_file in deck_groups:
            with path.open("wb") as file:
                module.write(Bundle(decks=decks_of_file), file, write_context)
            for deck in module.read(path, context).decks:
                (note,) = decks[deck.key].notes
                result[note.id] = deck.notes
    return result
