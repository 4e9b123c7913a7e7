"""Give notes whose file has no ids the ids of the stored notes that they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.domain.note_json import note_from_json
from flashcards.importing.matching.note_matching import (
    Wording,
    find_matches,
    to_wording,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flashcards.domain.bundle import Bundle, CardHistory, CollectionParts
    from flashcards.domain.content import DeckContent, Note
    from flashcards.importing.context import ImportBatch, ImportContext
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


def with_matched_ids(batch: ImportBatch, context: ImportContext) -> dict[str, Bundle]:
    """Return what files hold, notes without ids of their own under the ids of stored notes."""
    return {
        path: _with_matched_ids(bundle, context.active_decks, context.reader)
        for path, bundle in batch.bundles.items()
    }


def _with_matched_ids(
    bundle: Bundle, stored: Mapping[str, StoredDeck], reader: Reader
) -> Bundle:
    ids: dict[str, str] = {}
    in_file = {note.id for deck in bundle.decks for note in deck.notes}
    for deck in bundle.decks:
        known = stored.get(deck.key)
        if known and deck.derived_ids:
            was_edited = known.path == deck.path or is_file_missing(known)
            derived = [note for note in deck.notes if note.id in deck.derived_ids]
            unknown = reader.content.unknown_keys([note.id for note in derived])
            new = [to_wording(note) for note in derived if note.id in unknown]
            unmatched = _unmatched_notes(known, in_file, reader) if new else []
            matches = find_matches(new, unmatched, was_edited=was_edited)
            ids.update(matches)
            in_file.update(matches.values())
    if not ids:
        return bundle
    return rename_notes_by_deck(bundle, [ids] * len(bundle.decks))


def rename_notes_by_deck(bundle: Bundle, ids: Sequence[Mapping[str, str]]) -> Bundle:
    """Return a bundle with some notes of each deck under other ids, wherever it names them.

    Links between decks, histories and marks follow the first deck that has the id.

    Args:
        bundle: What a file holds.
        ids: The new ids by the old ones, for each deck.
    """
    if not any(ids):
        return bundle
    changed = {note for own in ids for note in own}
    # A deck that keeps an id has a note of its own under it.
    by_deck = [
        {n.id: own.get(n.id, n.id) for n in deck.notes if n.id in changed}
        for deck, own in zip(bundle.decks, ids, strict=True)
    ]
    everywhere: dict[str, str] = {}
    for own in reversed(by_deck):
        everywhere |= own
    return replace(
        bundle,
        decks=tuple(
            _rename_in_deck(deck, everywhere | own)
            for deck, own in zip(bundle.decks, by_deck, strict=True)
        ),
        histories=tuple(
            _rename_in_history(history, everywhere) for history in bundle.histories
        ),
        marked=frozenset(everywhere.get(note, note) for note in bundle.marked),
        collection=_rename_in_reports(bundle.collection, everywhere),
    )


def _rename_in_reports(
    parts: CollectionParts, ids: Mapping[str, str]
) -> CollectionParts:
    """Return the parts of a full export with its learner reports under the new ids."""
    if not parts.reports:
        return parts
    reports = tuple(
        report._replace(
            note=ids.get(report.note, report.note),
            card=report.card and _rename_card(report.card, ids),
        )
        for report in parts.reports
    )
    return replace(parts, reports=reports)


def _unmatched_notes(
    known: StoredDeck, in_file: Collection[str], reader: Reader
) -> list[Wording]:
    """Return the stored notes of a deck whose ids a file does not have."""
    contents = reader.content.contents_without(known.deck_id, in_file)
    return [to_wording(note_from_json(content)) for content in contents]


def is_file_missing(known: StoredDeck) -> bool:
    """Return whether the file that a stored deck came from no longer exists."""
    try:
        return bool(known.path) and not Path(known.path).exists()
    except OSError:
        # A file in a directory without permission may well exist.
        return False


def _rename_in_deck(deck: DeckContent, ids: Mapping[str, str]) -> DeckContent:
    return replace(
        deck,
        notes=tuple(_rename_in_note(note, ids) for note in deck.notes),
        derived_ids=frozenset(ids.get(note, note) for note in deck.derived_ids),
        foreign_ids=frozenset(ids.get(note, note) for note in deck.foreign_ids),
        modified={ids.get(note, note): at for note, at in deck.modified.items()},
    )


def _rename_in_note(note: Note, ids: Mapping[str, str]) -> Note:
    named = (note.id, *note.links, *note.requires)
    if ids.keys().isdisjoint(named):
        return note
    return replace(
        note,
        id=ids.get(note.id, note.id),
        links=tuple(ids.get(other, other) for other in note.links),
        requires=tuple(ids.get(other, other) for other in note.requires),
    )


def _rename_in_history(history: CardHistory, ids: Mapping[str, str]) -> CardHistory:
    card = _rename_card(history.card, ids)
    return history if card == history.card else replace(history, card=card)


def _rename_card(card: str, ids: Mapping[str, str]) -> str:
    note, colon, face = card.partition(":")
    return f"{ids.get(note, note)}{colon}{face}"
