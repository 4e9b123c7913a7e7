"""Files without deck names and ids under other names: they go on as the decks they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.importing.matching.likeness import likeness_of
from flashcards.importing.matching.match_notes import is_gone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


def with_matched_keys(
    bundle: Bundle,
    stored: Mapping[str, StoredDeck],
    taken: Collection[str],
    reader: Reader,
) -> Bundle:
    """Return a bundle whose decks have the keys of the stored ones that they go on as.

    A deck that the store does not have is the one that came from this file under another
    name, or from a file that is gone now, if half of the notes are the same.

    Args:
        bundle: What a file holds.
        stored: The decks of the store by key.
        taken: Keys of the decks that the files of the import hold.
        reader: Reads the store.
    """
    if all(deck.key in stored or not _own_ids(deck) for deck in bundle.decks):
        return bundle
    left = {key: known for key, known in stored.items() if key not in taken}
    decks = []
    for deck in bundle.decks:
        if deck.key not in stored and _own_ids(deck):
            key = _key_before(deck, left.values(), reader)
            left.pop(key, None)
            decks.append(replace(deck, key=key))
        else:
            decks.append(deck)
    return replace(bundle, decks=tuple(decks))


def _key_before(deck: DeckContent, stored: Iterable[StoredDeck], reader: Reader) -> str:
    own = _own_ids(deck)
    notes = tuple(note for note in deck.notes if note.id in own)
    own_notes = replace(deck, notes=notes)
    for known in stored:
        may_be = known.path == deck.path or is_gone(known)
        if may_be and likeness_of(own_notes, known, reader).may_go_on:
            return known.key
    return deck.key


def _own_ids(deck: DeckContent) -> frozenset[str]:
    """Return the ids that say nothing beyond their file, where it names no deck."""
    return deck.derived_ids | deck.foreign_ids if deck.is_of_file else deck.derived_ids
