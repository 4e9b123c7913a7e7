"""Files without deck names and ids under other names: they go on as the decks they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.importing.identity import matches, wording_of
from flashcards.importing.renaming import is_gone, left_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from flashcards.bundle import Bundle
    from flashcards.content import DeckContent
    from flashcards.store.reader import Reader
    from flashcards.store.rows import KnownDeck

_SHARE = 2
"""One of so many notes must be the same for a file to be the one that is gone."""


def under_stored_keys(
    bundle: Bundle,
    stored: Mapping[str, KnownDeck],
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
    if all(deck.key in stored or not deck.derived_ids for deck in bundle.decks):
        return bundle
    left = {key: known for key, known in stored.items() if key not in taken}
    decks = []
    for deck in bundle.decks:
        if deck.key not in stored and deck.derived_ids:
            key = _key_before(deck, left.values(), reader)
            left.pop(key, None)
            decks.append(replace(deck, key=key))
        else:
            decks.append(deck)
    return replace(bundle, decks=tuple(decks))


def _key_before(deck: DeckContent, stored: Iterable[KnownDeck], reader: Reader) -> str:
    new = [wording_of(note) for note in deck.notes if note.id in deck.derived_ids]
    for known in stored:
        if known.path == deck.path or is_gone(known):
            before = left_of(known, (), reader)
            same = matches(new, before, was_edited=False)
            if same and _SHARE * len(same) >= min(len(new), len(before)):
                return known.key
    return deck.key
