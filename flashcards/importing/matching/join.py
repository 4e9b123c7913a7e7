"""One deck of what several files bring for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.domain.content import DeckContent


def joined(decks: Iterable[DeckContent]) -> list[DeckContent]:
    """Return each deck once, with the notes of all files that bring some for it.

    A note that several files have is the same in each.
    """
    found: dict[str, DeckContent] = {}
    for deck in decks:
        before = found.get(deck.key)
        if before is None:
            found[deck.key] = deck
            continue
        notes = {note.id: note for note in (*before.notes, *deck.notes)}
        found[deck.key] = replace(
            deck,
            notes=tuple(notes.values()),
            digest=deck.digest if before.digest else "",
            derived_ids=before.derived_ids | deck.derived_ids,
            foreign_ids=before.foreign_ids | deck.foreign_ids,
            is_of_several_files=True,
        )
    return list(found.values())
