"""What an import does with the notes of each file, deck by deck."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashcards.domain.faces import note_key_of
from flashcards.store.comparison.compare import count_notes
from flashcards.store.comparison.import_changes import ImportCounts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.bundle import Bundle
    from flashcards.store.comparison.import_changes import (
        DeckChanges,
        ImportChanges,
        NoteChange,
    )
    from flashcards.store.rows import StoredDeck


@dataclass(frozen=True, slots=True)
class FileContribution:
    """What happens to one deck through one file."""

    counts: ImportCounts = field(default_factory=ImportCounts)
    reviews: int = 0
    """Reviews of the file that the store does not have."""


Contributions = dict[str, dict[str, FileContribution]]
"""Contributions by the path of the file and the key of the deck."""


def collect_contributions(
    changes: ImportChanges, bundles: Mapping[str, Bundle]
) -> Contributions:
    """Return what each file that was read changes in each deck.

    Args:
        changes: What the import changes.
        bundles: What the files hold, by path; a note or review that several files have
            counts for the last one.
    """
    files: dict[str, list[str]] = {}
    for path, bundle in bundles.items():
        for content in bundle.decks:
            files.setdefault(content.key, []).append(path)
    reviews = _count_new_reviews(changes, bundles)
    contributions: Contributions = {path: {} for path in bundles}
    for deck in changes.decks:
        paths = files.get(deck.key, [])
        counts = {deck.source: deck.counts}
        if len(paths) > 1:
            counts = _count_by_file(deck, {path: bundles[path] for path in paths})
        for path, of_file in counts.items():
            if path in contributions:
                number = reviews.pop((path, deck.key), 0)
                contributions[path][deck.key] = FileContribution(of_file, number)
    for (path, key), number in reviews.items():
        contributions[path][key] = FileContribution(ImportCounts(), number)
    return contributions


def _count_by_file(
    deck: DeckChanges, bundles: Mapping[str, Bundle]
) -> dict[str, ImportCounts]:
    """Return what happens to the notes of a deck, by the file that has them."""
    owner = {
        note.id: path
        for path, bundle in bundles.items()
        for each in bundle.decks
        if each.key == deck.key
        for note in each.notes
    }
    notes = Counter(owner.values())
    counts = {}
    for path in bundles:
        added = [each for each in deck.added if owner.get(each.note.id) == path]
        changes = [each for each in deck.changes if owner.get(each.stored.key) == path]
        changed = sum(_is_visible(each, deck.stored) for each in changes)
        unchanged = notes[path] - len(added) - changed
        counts[path] = count_notes(added, changes, unchanged, deck.stored)
    return counts


def _is_visible(change: NoteChange, home: StoredDeck | None) -> bool:
    """Return whether more than the position of a note in its deck changes."""
    known = change.stored
    is_here = home is not None and known.deck_id == home.deck_id
    return not change.same_content or known.retired or not is_here


def _count_new_reviews(
    changes: ImportChanges, bundles: Mapping[str, Bundle]
) -> Counter[tuple[str, str]]:
    """Return how many new reviews each file has for each deck, by path and key."""
    new = {card.card: len(card.reviews) for card in changes.histories if card.reviews}
    counts: Counter[tuple[str, str]] = Counter()
    if not new:
        return counts
    for path, bundle in reversed(list(bundles.items())):
        deck_of = {note.id: deck.key for deck in bundle.decks for note in deck.notes}
        for history in bundle.histories:
            number = new.pop(history.card, 0)
            if number:
                counts[path, deck_of.get(note_key_of(history.card), "")] += number
    return counts
