"""What notes were in other programs, as it is exported."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from flashcards.store.reading.base import Facet

# What is due is read without this, in a shell prompt.
if TYPE_CHECKING:
    from flashcards.domain.origin import Origin

_NOTE_TYPES = "SELECT id, program, number, definition FROM note_types"
_ORIGINS = """
    SELECT notes.key, notes.digest = origins.digest, note_type_id, guid, number, part, modified,
        origins.tags, fields, cards
    FROM origins JOIN notes ON notes.id = note_id
    WHERE deck_id IN (SELECT value FROM json_each(?))
"""


class OriginReader(Facet):
    """Origins of notes."""

    def of_decks(self, decks: Collection[int]) -> dict[str, Origin]:
        """Return what notes of decks were elsewhere, by their keys; retired ones too."""
        from flashcards.domain.origin import NoteType
        from flashcards.store.writing.importing.origin_values import origin_from

        types = {
            number: NoteType(*values)
            for number, *values in self._connection.rows(_NOTE_TYPES)
        }
        rows = (
            self._connection.each(_ORIGINS, (json.dumps(list(decks)),)) if types else ()
        )
        return {
            key: origin_from(types[note_type], tuple(values), is_unchanged=bool(same))
            for key, same, note_type, *values in rows
        }
