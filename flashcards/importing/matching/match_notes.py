"""Notes under the ids that the store knows them by, with everything that names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.domain.content import note_from_json
from flashcards.importing.matching.note_matching import Wording, matches, wording_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flashcards.domain.bundle import Bundle, CardHistory, CollectionParts
    from flashcards.domain.content import DeckContent, Note
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


def with_matched_ids(
    bundle: Bundle, stored: Mapping[str, StoredDeck], reader: Reader
) -> Bundle:
    """Return a bundle whose notes without ids of their own have those of the same stored notes.

    Args:
        bundle: What a file holds.
        stored: The decks of the store by key.
        reader: Reads the store.
    """
    ids: dict[str, str] = {}
    in_file = {note.id for deck in bundle.decks for note in deck.notes}
    for deck in bundle.decks:
        known = stored.get(deck.key)
        if known and deck.derived_ids:
            was_edited = known.path == deck.path or is_gone(known)
            derived = [note for note in deck.notes if note.id in deck.derived_ids]
            strange = reader.content.unknown_keys([note.id for note in derived])
            new = [wording_of(note) for note in derived if note.id in strange]
            left = unmatched_notes(known, in_file, reader) if new else []
            found = matches(new, left, was_edited=was_edited)
            ids.update(found)
            in_file.update(found.values())
    return renamed(bundle, ids) if ids else bundle


def renamed(bundle: Bundle, ids: Mapping[str, str]) -> Bundle:
    """Return a bundle with some notes under other ids, wherever it names them."""
    return renamed_by_deck(bundle, [ids] * len(bundle.decks))


def renamed_by_deck(bundle: Bundle, ids: Sequence[Mapping[str, str]]) -> Bundle:
    """Return a bundle with some notes of each deck under other ids.

    Links between decks, histories and marks go with the first deck that has the id.

    Args:
        bundle: What a file holds.
        ids: The new ids by the old ones, for each deck.
    """
    if not any(ids):
        return bundle
    changed = {note for own in ids for note in own}
    # An id that another deck keeps is a note of its own there.
    by_deck = [
        {n.id: own.get(n.id, n.id) for n in deck.notes if n.id in changed}
        for deck, own in zip(bundle.decks, ids, strict=True)
    ]
    everywhere: dict[str, str] = {}
    for found in reversed(by_deck):
        everywhere |= found
    return replace(
        bundle,
        decks=tuple(
            _deck(deck, everywhere | found)
            for deck, found in zip(bundle.decks, by_deck, strict=True)
        ),
        histories=tuple(_history(history, everywhere) for history in bundle.histories),
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
            card=report.card and _card(report.card, ids),
        )
        for report in parts.reports
    )
    return replace(parts, reports=reports)


def unmatched_notes(
    known: StoredDeck, in_file: Collection[str], reader: Reader
) -> list[Wording]:
    """Return the wordings of a deck's stored notes whose ids a file does not have."""
    contents = reader.content.contents_without(known.deck_id, in_file)
    return [wording_of(note_from_json(content)) for content in contents]


def is_gone(known: StoredDeck) -> bool:
    """Tell whether the file that a stored deck came from is there no more."""
    try:
        return bool(known.path) and not Path(known.path).exists()
    except OSError:
        # It may well be there, where nobody may look.
        return False


def _deck(deck: DeckContent, ids: Mapping[str, str]) -> DeckContent:
    return replace(
        deck,
        notes=tuple(_note(note, ids) for note in deck.notes),
        derived_ids=frozenset(ids.get(note, note) for note in deck.derived_ids),
        foreign_ids=frozenset(ids.get(note, note) for note in deck.foreign_ids),
        modified={ids.get(note, note): at for note, at in deck.modified.items()},
    )


def _note(note: Note, ids: Mapping[str, str]) -> Note:
    named = (note.id, *note.links, *note.requires)
    if ids.keys().isdisjoint(named):
        return note
    return replace(
        note,
        id=ids.get(note.id, note.id),
        links=tuple(ids.get(other, other) for other in note.links),
        requires=tuple(ids.get(other, other) for other in note.requires),
    )


def _history(history: CardHistory, ids: Mapping[str, str]) -> CardHistory:
    card = _card(history.card, ids)
    return history if card == history.card else replace(history, card=card)


def _card(card: str, ids: Mapping[str, str]) -> str:
    note, colon, face = card.partition(":")
    return f"{ids.get(note, note)}{colon}{face}"
