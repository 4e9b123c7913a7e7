"""Count the notes that a deck of a file shares with a stored deck."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.note_json import note_from_json
from flashcards.formats.common.naming import to_scoped_id
from flashcards.importing.matching.note_matching import count_matches, is_same_note

if TYPE_CHECKING:
    from flashcards.domain.content import DeckContent, Note
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


class DeckOverlap(NamedTuple):
    """What a deck of a file and a stored deck have in common."""

    same: int
    """Notes that both have, worded the same or clearly similar. The same question with
    another answer is another note."""
    notes: int
    """Notes of the file's deck."""
    stored: int
    """Notes of the stored deck."""

    @property
    def is_likely_same(self) -> bool:
        """Whether at least half of the notes of the smaller deck are in both."""
        return self.same > 0 and 2 * self.same >= min(self.notes, self.stored)

    @property
    def is_copy(self) -> bool:
        """Whether more than half of the file's notes are notes of the stored deck."""
        return 2 * self.same > self.notes


def compare_with_stored(
    deck: DeckContent, known: StoredDeck, reader: Reader
) -> DeckOverlap:
    """Return how many notes a deck of a file shares with a stored deck.

    Args:
        deck: The deck of a file.
        known: The stored deck.
        reader: Reads the store.
    """
    contents = reader.content.contents_of_deck(known.deck_id)
    stored = {key: note_from_json(content) for key, content in contents}
    derived = [note for note in deck.notes if note.id in deck.derived_ids]
    same = count_matches(derived, stored.values()) if derived else 0
    same += sum(
        _is_stored(note, deck, known.key, stored)
        for note in deck.notes
        if note.id not in deck.derived_ids
    )
    return DeckOverlap(same, len(deck.notes), len(stored))


def _is_stored(
    note: Note, deck: DeckContent, key: str, stored: dict[str, Note]
) -> bool:
    stored_note = stored.get(note.id) or stored.get(to_scoped_id(key, note.id))
    if stored_note is None:
        return False
    return note.id not in deck.foreign_ids or is_same_note(note, stored_note)
