"""Keep the ids of other programs apart: each one identifies a note within its source only.

`1` in one table and `1` in another are two notes. If an id already belongs to a different
note of another source, the note gets an id made of its deck and its own id, so that the
next import of its file finds it again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain import formatting
from flashcards.domain.content import Problem
from flashcards.domain.faces import note_key_of
from flashcards.domain.note_json import note_from_json
from flashcards.formats.common.naming import (
    MOST_ID,
    to_deck_key,
    to_id_scope,
    to_scoped_id,
)
from flashcards.importing.matching.match_notes import (
    is_file_missing,
    rename_notes_by_deck,
)
from flashcards.importing.matching.note_matching import is_same_note
from flashcards.store.comparison.import_changes import stored_form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note
    from flashcards.importing.context import ImportBatch, ImportContext
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

_MOST_NAMED = 5
"""Ids that a sentence lists; the others are counted."""


class _Collision(NamedTuple):
    """A note whose id belongs to a different note."""

    note: str
    owner: str
    """The deck or file of the other note."""


def with_scoped_ids(batch: ImportBatch, context: ImportContext) -> dict[str, Bundle]:
    """Return what files hold, their notes under ids that no stored note of another source has.

    The decks are under their own keys already.
    """
    return {
        path: _with_scoped_ids(bundle, context.stored_decks, context.reader)
        for path, bundle in batch.bundles.items()
    }


def _with_scoped_ids(
    bundle: Bundle, stored: Sequence[StoredDeck], reader: Reader
) -> Bundle:
    is_foreign = is_of_another_store(bundle, reader)
    if is_foreign:
        bundle = _with_foreign_ids(bundle, reader)
    foreign_ids = [note for deck in bundle.decks for note in deck.foreign_ids]
    if not foreign_ids or not stored:
        return bundle
    by_id = {deck.deck_id: deck for deck in stored}
    homes = {
        note: by_id[deck_id]
        for note, deck_id in reader.content.deck_ids_of_notes(foreign_ids).items()
    }
    keys = {deck.key for deck in bundle.decks}
    new_ids = []
    for deck in bundle.decks:
        ids = _ids_of_earlier_imports(deck, _scopes(deck, keys, stored), reader)
        same_source = _from_same_source(deck, homes, is_foreign=is_foreign)
        # What is stored in the deck under its own id was never renamed.
        new_ids.append({id_: new for id_, new in ids.items() if id_ not in same_source})
    collisions: list[_Collision] = []
    decks: list[DeckContent] = []
    owning_files: list[str] = []
    for deck, ids in zip(bundle.decks, new_ids, strict=True):
        same_source = _from_same_source(deck, homes, is_foreign=is_foreign)
        of_other_sources = {
            note: homes[note]
            for note in deck.foreign_ids
            if note not in ids and note in homes and note not in same_source
        }
        contents = reader.content.contents_of_notes(of_other_sources)
        notes = []
        for note in deck.notes:
            home = of_other_sources.get(note.id)
            if home:
                stored_note = note_from_json(contents[note.id])
                if not is_same_note(note, stored_note):
                    ids[note.id] = to_scoped_id(_scope(deck), note.id)
                    collisions.append(_Collision(note.id, home.key))
                elif _is_owned_by_file(home) and stored_form(note) != stored_form(
                    stored_note
                ):
                    owning_files.append(home.path)
                    continue
            notes.append(note)
        decks.append(replace(deck, notes=tuple(notes)))
    if owning_files:
        bundle = replace(bundle, decks=tuple(decks))
        bundle = _with_ownership_warnings(bundle, owning_files)
    return _with_collision_warning(rename_notes_by_deck(bundle, new_ids), collisions)


def is_of_another_store(bundle: Bundle, reader: Reader) -> bool:
    """Return whether a file was exported from another store than this one."""
    store = bundle.collection.store_uid
    return bool(store) and store != reader.content.store_uid()


def _with_foreign_ids(bundle: Bundle, reader: Reader) -> Bundle:
    """Return what another store holds, with its ids marked as foreign.

    A note that shares a review with the stored note of its id is that note, however it is
    worded: one store got it from the other.
    """
    ids = {note.id for deck in bundle.decks for note in deck.notes}
    stored = reader.content.deck_ids_of_notes(ids)
    uids = [
        review.uid
        for history in bundle.histories
        if note_key_of(history.card) in stored
        for review in history.reviews
        if review.uid
    ]
    shared = reader.content.notes_of_reviews(uids) if uids else set()
    decks = tuple(
        replace(
            deck,
            foreign_ids=frozenset(note.id for note in deck.notes) - shared,
        )
        for deck in bundle.decks
    )
    return replace(bundle, decks=decks)


def with_distinct_ids(batch: ImportBatch, context: ImportContext) -> dict[str, Bundle]:
    """Return what files hold, so that no foreign id names two notes of different decks.

    An id goes to the deck that it is stored in, so that its history stays, else to a deck
    file that has it, else to the first deck. A different note gets an id of its own; the
    same note stays, and `without_duplicate_notes` leaves all but one out.
    """
    owners = _find_owners(batch.bundles, context.reader)
    if not owners:
        return batch.bundles
    bundles = {}
    for path, bundle in batch.bundles.items():
        ids: list[dict[str, str]] = []
        collisions: list[_Collision] = []
        for deck in bundle.decks:
            own: dict[str, str] = {}
            for note in deck.notes:
                owner = owners.get(note.id)
                if owner is None or owner.deck.key == deck.key:
                    continue
                if note.id in deck.foreign_ids and not is_same_note(note, owner.note):
                    own[note.id] = to_scoped_id(_scope(deck), note.id)
                    collisions.append(_Collision(note.id, owner.deck.key))
            ids.append(own)
        bundles[path] = _with_collision_warning(
            rename_notes_by_deck(bundle, ids), collisions
        )
    return bundles


class _Owner(NamedTuple):
    """The note that an id belongs to in an import."""

    deck: DeckContent
    note: Note


def _find_owners(bundles: Mapping[str, Bundle], reader: Reader) -> dict[str, _Owner]:
    """Return which note each id belongs to, of the foreign ids that several decks have."""
    foreign = {
        note
        for bundle in bundles.values()
        for deck in bundle.decks
        for note in deck.foreign_ids
    }
    if not foreign:
        return {}
    candidates: dict[str, list[_Owner]] = {}
    for path in sorted(bundles):
        for deck in bundles[path].decks:
            for note in deck.notes:
                if note.id in foreign:
                    candidates.setdefault(note.id, []).append(_Owner(deck, note))
    contested = {
        note: owners
        for note, owners in candidates.items()
        if len({owner.deck.key for owner in owners}) > 1
    }
    deck_ids = reader.content.deck_ids_of_notes(contested) if contested else {}
    keys = (
        {deck.deck_id: deck.key for deck in reader.content.decks()} if deck_ids else {}
    )
    return {
        note: min(
            owners,
            key=lambda owner: (
                keys.get(deck_ids.get(note, 0)) != owner.deck.key,
                note in owner.deck.foreign_ids,
            ),
        )
        for note, owners in contested.items()
    }


def _ids_of_earlier_imports(
    deck: DeckContent, keys: Collection[str], reader: Reader
) -> dict[str, str]:
    """Return the ids that notes of a deck got in earlier imports, by their own ids.

    Args:
        deck: The deck.
        keys: Its key, and the keys that it may have had before.
        reader: Reads the store.
    """
    ids: dict[str, str] = {}
    for key in keys:
        scope = to_id_scope(key)
        stored = set(reader.content.note_keys_from(scope))
        most = MOST_ID - len(scope)
        long = {to_scoped_id(key, n): n for n in deck.foreign_ids if len(n) > most}
        if stored:
            made = ((note, scope + note) for note in deck.foreign_ids)
            ids |= {note: scoped for note, scoped in made if scoped in stored}
        if long:
            ids |= {
                long[scoped]: scoped
                for scoped in reader.content.deck_ids_of_notes(long)
            }
    return ids


def _is_owned_by_file(home: StoredDeck) -> bool:
    """Return whether only the file of a stored deck may change it, because it exists."""
    return home.is_of_file and home.is_partial and not is_file_missing(home)


def _with_ownership_warnings(bundle: Bundle, owning_files: Sequence[str]) -> Bundle:
    """Return a bundle with a warning for each file that owns notes which were left out."""
    path = next((deck.path for deck in bundle.decks), "")
    problems = tuple(
        Problem(
            "warning",
            path,
            0,
            0,
            "in-several-files",
            f"{formatting.count(times, 'note')} {'is' if times == 1 else 'are'} also in {owner}. "
            "The stored version counts.",
        )
        for owner, times in Counter(owning_files).items()
    )
    return replace(bundle, problems=(*bundle.problems, *problems))


def _scopes(
    deck: DeckContent, keys_in_file: Collection[str], stored: Sequence[StoredDeck]
) -> set[str]:
    """Return the scopes that the ids of a deck may have had in earlier imports.

    Args:
        deck: A deck of a file.
        keys_in_file: The keys of all decks of the file.
        stored: Every deck of the store.
    """
    keys = {
        known.key
        for known in stored
        if deck.path and known.path == deck.path and known.key not in keys_in_file
    }
    if any(known.key == deck.key for known in stored):
        keys.add(_scope(deck))
    return keys


def _from_same_source(
    deck: DeckContent, homes: Mapping[str, StoredDeck], *, is_foreign: bool
) -> set[str]:
    """Return the foreign ids of a deck whose stored notes came from the same source."""
    if is_foreign:
        # Two people may choose the same key for different decks.
        return set()
    return {
        note
        for note in deck.foreign_ids
        if note in homes and _is_source(homes[note], deck)
    }


def _is_source(home: StoredDeck, deck: DeckContent) -> bool:
    """Return whether a stored deck and a deck of a file have the same source."""
    if deck.path and home.path == deck.path:
        return True
    return home.key == deck.key and not deck.read_options.given_key


def _scope(deck: DeckContent) -> str:
    """Return the scope of the ids of a deck.

    Files that a person puts into one deck with `--into` are unrelated sources.
    """
    if not deck.read_options.given_key:
        return deck.key
    return f"{deck.key}/{to_deck_key(PurePath(deck.path).stem, '/')}"


def _with_collision_warning(bundle: Bundle, collisions: Sequence[_Collision]) -> Bundle:
    """Return a bundle with one warning on all notes that got new ids."""
    if not collisions:
        return bundle
    names = [f"`{collision.note}`" for collision in collisions[:_MOST_NAMED]]
    if len(collisions) > _MOST_NAMED:
        names.append(f"{len(collisions) - _MOST_NAMED:,} more")
    owners = ", ".join(dict.fromkeys(f"`{each.owner}`" for each in collisions))
    ids, assurance = ", ".join(names), f"Nothing in {owners} changes."
    if len(collisions) == 1:
        message = f"The id {ids} is used by a different note of {owners}, so this is a new note. {assurance}"
    else:
        message = f"The ids {ids} are used by different notes of {owners}, so these are new notes. {assurance}"
    path = next((deck.path for deck in bundle.decks), "")
    problem = Problem("warning", path, 0, 0, "id-used-elsewhere", message)
    return replace(bundle, problems=(*bundle.problems, problem))
