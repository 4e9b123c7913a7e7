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
    """Past reviews that the file brings and the store does not have."""


Shares = dict[str, dict[str, FileContribution]]
"""Shares by file and deck."""


def contributions_of(plan: ImportChanges, bundles: Mapping[str, Bundle]) -> Shares:
    """Return what each file that was read does to each deck.

    Args:
        plan: What is done with what the files hold.
        bundles: What they hold, by path; of a note or review that several have, the last
            file counts.
    """
    files: dict[str, list[str]] = {}
    for path, bundle in bundles.items():
        for content in bundle.decks:
            files.setdefault(content.key, []).append(path)
    reviews = _reviews(plan, bundles)
    shares: Shares = {path: {} for path in bundles}
    for deck in plan.decks:
        paths = files.get(deck.key, [])
        counts = {deck.source: deck.counts}
        if len(paths) > 1:
            counts = _parted(deck, {path: bundles[path] for path in paths})
        for path, found in counts.items():
            if path in shares:
                share = FileContribution(found, reviews.pop((path, deck.key), 0))
                shares[path][deck.key] = share
    for (path, key), number in reviews.items():
        shares[path][key] = FileContribution(ImportCounts(), number)
    return shares


def _parted(
    deck: DeckChanges, bundles: Mapping[str, Bundle]
) -> dict[str, ImportCounts]:
    """Return what happens to a deck's notes by the file that has them."""
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
        changes = [each for each in deck.changes if owner.get(each.known.key) == path]
        touched = len(added) + sum(_is_seen(each, deck.known) for each in changes)
        left = notes[path] - touched
        counts[path] = count_notes(added, changes, left, deck.known)
    return counts


def _is_seen(change: NoteChange, home: StoredDeck | None) -> bool:
    """Tell whether more than the place of a note in its deck changes."""
    known = change.known
    is_here = home is not None and known.deck_id == home.deck_id
    return not change.same_content or known.retired or not is_here


def _reviews(
    plan: ImportChanges, bundles: Mapping[str, Bundle]
) -> Counter[tuple[str, str]]:
    """Return how many new reviews a file brings to a deck, by path and key."""
    new = {card.card: len(card.reviews) for card in plan.histories if card.reviews}
    found: Counter[tuple[str, str]] = Counter()
    if not new:
        return found
    for path, bundle in reversed(list(bundles.items())):
        deck_of = {note.id: deck.key for deck in bundle.decks for note in deck.notes}
        for history in bundle.histories:
            number = new.pop(history.card, 0)
            if number:
                found[path, deck_of.get(note_key_of(history.card), "")] += number
    return found
