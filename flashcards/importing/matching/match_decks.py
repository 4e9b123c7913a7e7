"""Recognize a renamed file by its notes, so that its deck keeps its key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.importing.matching.deck_overlap import compare_with_stored
from flashcards.importing.matching.match_notes import is_file_missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.importing.context import ImportBatch, ImportContext
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


def with_matched_keys(batch: ImportBatch, context: ImportContext) -> dict[str, Bundle]:
    """Return what files hold, decks of renamed files under the keys that they had before.

    A deck that the store does not have is the stored deck that came from this file under
    another name, or from a file that is gone now, if half of the notes are the same. It
    applies to files that state neither deck names nor ids, and not with `--into`.
    """
    if context.read_options.given_key:
        return batch.bundles
    keys_in_files = batch.keys
    return {
        path: _with_matched_keys(bundle, keys_in_files, context)
        for path, bundle in batch.bundles.items()
    }


def _with_matched_keys(
    bundle: Bundle, keys_in_files: Collection[str], context: ImportContext
) -> Bundle:
    stored = context.active_decks
    if all(deck.key in stored or not _own_ids(deck) for deck in bundle.decks):
        return bundle
    candidates = {
        key: known for key, known in stored.items() if key not in keys_in_files
    }
    decks = []
    for deck in bundle.decks:
        if deck.key not in stored and _own_ids(deck):
            key = _previous_key(deck, candidates.values(), context.reader)
            candidates.pop(key, None)
            decks.append(replace(deck, key=key))
        else:
            decks.append(deck)
    return replace(bundle, decks=tuple(decks))


def _previous_key(
    deck: DeckContent, stored: Iterable[StoredDeck], reader: Reader
) -> str:
    own = _own_ids(deck)
    notes = tuple(note for note in deck.notes if note.id in own)
    own_notes = replace(deck, notes=notes)
    for known in stored:
        may_be = known.path == deck.path or is_file_missing(known)
        if may_be and compare_with_stored(own_notes, known, reader).is_likely_same:
            return known.key
    return deck.key


def _own_ids(deck: DeckContent) -> frozenset[str]:
    """Return the ids that mean nothing outside of the file."""
    return deck.derived_ids | deck.foreign_ids if deck.is_of_file else deck.derived_ids
