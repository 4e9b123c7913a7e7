"""Join the parts of a deck that come from several files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.domain.content import DeckContent


def join_decks(decks: Iterable[DeckContent]) -> list[DeckContent]:
    """Return each deck once, with the notes of all files that have some of it.

    A note that several files have is the same in each of them.
    """
    by_key: dict[str, DeckContent] = {}
    for deck in decks:
        before = by_key.get(deck.key)
        if before is None:
            by_key[deck.key] = deck
            continue
        notes = {note.id: note for note in (*before.notes, *deck.notes)}
        by_key[deck.key] = replace(
            deck,
            notes=tuple(notes.values()),
            digest=deck.digest if before.digest else "",
            derived_ids=before.derived_ids | deck.derived_ids,
            foreign_ids=before.foreign_ids | deck.foreign_ids,
            is_of_several_files=True,
        )
    return list(by_key.values())
