"""Ids of other programs, each known within its own source alone.

`1` in one table and `1` in another are two notes. A note whose id belongs to a note of
another source, in other words, gets an id made of its deck and its own one, so that the
next import of its file finds it again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain import formatting
from flashcards.domain.content import Problem, note_from_json
from flashcards.domain.faces import note_key_of
from flashcards.formats.common.naming import MOST_ID, deck_key, scope_of, scoped_id
from flashcards.importing.matching.match_notes import is_gone, renamed_by_deck
from flashcards.importing.matching.note_matching import is_same_note
from flashcards.store.comparison.import_changes import stored_form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

_MOST_NAMED = 5
"""Ids that a sentence names; of more it tells how many there are."""


class _Collision(NamedTuple):
    """A note whose id belongs to another one."""

    note: str
    owner: str
    """The deck or file of the other note."""


def with_own_ids(
    bundle: Bundle, stored: Sequence[StoredDeck], reader: Reader
) -> Bundle:
    """Return what a file holds, its notes under ids that no note of another source has.

    Args:
        bundle: What the file holds, each deck under its own key.
        stored: Every deck of the store, retired ones too.
        reader: Reads the store.
    """
    is_foreign = is_of_another_store(bundle, reader)
    if is_foreign:
        bundle = _with_foreign_ids(bundle, reader)
    wanted = [note for deck in bundle.decks for note in deck.foreign_ids]
    if not wanted or not stored:
        return bundle
    by_id = {deck.deck_id: deck for deck in stored}
    homes = {
        note: by_id[home] for note, home in reader.content.note_homes(wanted).items()
    }
    here = {deck.key for deck in bundle.decks}
    found = []
    for deck in bundle.decks:
        ids = _renamed_before(deck, _scopes(deck, here, stored), reader)
        sources = _from_same_source(deck, homes, is_foreign=is_foreign)
        # What is stored in the deck under its own id was never renamed.
        found.append({note: new for note, new in ids.items() if note not in sources})
    collisions: list[_Collision] = []
    decks: list[DeckContent] = []
    left: list[str] = []
    for deck, ids in zip(bundle.decks, found, strict=True):
        sources = _from_same_source(deck, homes, is_foreign=is_foreign)
        strange = {
            note: homes[note]
            for note in deck.foreign_ids
            if note not in ids and note in homes and note not in sources
        }
        contents = reader.content.contents_of_notes(strange)
        notes = []
        for note in deck.notes:
            home = strange.get(note.id)
            if home:
                before = note_from_json(contents[note.id])
                if not is_same_note(note, before):
                    ids[note.id] = scoped_id(_scope(deck), note.id)
                    collisions.append(_Collision(note.id, home.key))
                elif _is_left_to(home) and stored_form(note) != stored_form(before):
                    left.append(home.path)
                    continue
            notes.append(note)
        decks.append(replace(deck, notes=tuple(notes)))
    if left:
        bundle = _without_left(replace(bundle, decks=tuple(decks)), left)
    return _told(renamed_by_deck(bundle, found), collisions)


def is_of_another_store(bundle: Bundle, reader: Reader) -> bool:
    """Tell whether a file was exported from another store than this one."""
    store = bundle.collection.store_uid
    return bool(store) and store != reader.content.store_uid()


def _with_foreign_ids(bundle: Bundle, reader: Reader) -> Bundle:
    """Return what another store holds, with its ids known within it alone.

    A note that has a review of the stored note of its id is that note, whatever its words:
    the two stores had it from one another.
    """
    ids = {note.id for deck in bundle.decks for note in deck.notes}
    known = reader.content.note_homes(ids)
    uids = [
        review.uid
        for history in bundle.histories
        if note_key_of(history.card) in known
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


def with_ids_apart(bundles: Mapping[str, Bundle], reader: Reader) -> dict[str, Bundle]:
    """Return what files hold, so that no foreign id names two notes of different decks.

    The id goes to the deck it is stored in, so that its history stays with it, else to the
    deck of ours that has it, else to the first one. Another note gets an id of its own; the
    same note is taken once.

    Args:
        bundles: What the files hold, by path, as `with_own_ids` returns it.
        reader: Reads the store.
    """
    owners = _owners(bundles, reader)
    if not owners:
        return dict(bundles)
    found = {}
    for path, bundle in bundles.items():
        ids: list[dict[str, str]] = []
        collisions: list[_Collision] = []
        for deck in bundle.decks:
            own: dict[str, str] = {}
            for note in deck.notes:
                owner = owners.get(note.id)
                if owner is None or owner.deck.key == deck.key:
                    continue
                if note.id in deck.foreign_ids and not is_same_note(note, owner.note):
                    own[note.id] = scoped_id(_scope(deck), note.id)
                    collisions.append(_Collision(note.id, owner.deck.key))
            ids.append(own)
        found[path] = _told(renamed_by_deck(bundle, ids), collisions)
    return found


class _Owner(NamedTuple):
    """The note that an id belongs to in an import."""

    deck: DeckContent
    note: Note


def _owners(bundles: Mapping[str, Bundle], reader: Reader) -> dict[str, _Owner]:
    """Return to which note each id belongs that several decks have."""
    foreign = {
        note
        for bundle in bundles.values()
        for deck in bundle.decks
        for note in deck.foreign_ids
    }
    if not foreign:
        return {}
    rivals: dict[str, list[_Owner]] = {}
    for path in sorted(bundles):
        for deck in bundles[path].decks:
            for note in deck.notes:
                if note.id in foreign:
                    rivals.setdefault(note.id, []).append(_Owner(deck, note))
    several = {
        note: owners
        for note, owners in rivals.items()
        if len({owner.deck.key for owner in owners}) > 1
    }
    homes = reader.content.note_homes(several) if several else {}
    keys = {deck.deck_id: deck.key for deck in reader.content.decks()} if homes else {}
    return {
        note: min(
            owners,
            key=lambda owner: (
                keys.get(homes.get(note, 0)) != owner.deck.key,
                note in owner.deck.foreign_ids,
            ),
        )
        for note, owners in several.items()
    }


def _renamed_before(
    deck: DeckContent, keys: Collection[str], reader: Reader
) -> dict[str, str]:
    """Return the ids that notes of a deck got in an earlier import.

    Args:
        deck: The deck.
        keys: Its key, and those that it may have had before.
        reader: Reads the store.
    """
    found: dict[str, str] = {}
    for key in keys:
        scope = scope_of(key)
        stored = set(reader.content.note_keys_from(scope))
        most = MOST_ID - len(scope)
        long = {scoped_id(key, n): n for n in deck.foreign_ids if len(n) > most}
        if stored:
            made = ((note, scope + note) for note in deck.foreign_ids)
            found |= {note: scoped for note, scoped in made if scoped in stored}
        if long:
            found |= {
                long[scoped]: scoped for scoped in reader.content.note_homes(long)
            }
    return found


def _is_left_to(home: StoredDeck) -> bool:
    """Tell whether a stored deck belongs to a file that exists, which alone changes it."""
    return home.is_of_file and home.is_partial and not is_gone(home)


def _without_left(bundle: Bundle, left: Sequence[str]) -> Bundle:
    path = next((deck.path for deck in bundle.decks), "")
    problems = tuple(
        Problem(
            "warning",
            path,
            0,
            0,
            "in-several-files",
            f"{formatting.count(times, 'note')} {'is' if times == 1 else 'are'} also in {owner}, "
            "in another form, which is stored already and counts.",
        )
        for owner, times in Counter(left).items()
    )
    return replace(bundle, problems=(*bundle.problems, *problems))


def _scopes(
    deck: DeckContent, here: Collection[str], stored: Sequence[StoredDeck]
) -> set[str]:
    """Return what the ids of a deck may have been known within.

    Args:
        deck: A deck of a file.
        here: The keys of all decks of the file.
        stored: Every deck of the store.
    """
    keys = {
        known.key
        for known in stored
        if deck.path and known.path == deck.path and known.key not in here
    }
    if any(known.key == deck.key for known in stored):
        keys.add(_scope(deck))
    return keys


def _from_same_source(
    deck: DeckContent, homes: Mapping[str, StoredDeck], *, is_foreign: bool
) -> set[str]:
    """Return the foreign ids of a deck that are stored from the source of the deck."""
    if is_foreign:
        # Two people may give two decks one key.
        return set()
    return {
        note
        for note in deck.foreign_ids
        if note in homes and _is_source(homes[note], deck)
    }


def _is_source(home: StoredDeck, deck: DeckContent) -> bool:
    """Tell whether a stored deck and one of a file are of one source."""
    if deck.path and home.path == deck.path:
        return True
    return home.key == deck.key and not deck.read_options.given_key


def _scope(deck: DeckContent) -> str:
    """Return what the ids of a deck are known within.

    Files that a person puts into one deck have nothing to do with one another.
    """
    if not deck.read_options.given_key:
        return deck.key
    return f"{deck.key}/{deck_key(PurePath(deck.path).stem, '/')}"


def _told(bundle: Bundle, collisions: Sequence[_Collision]) -> Bundle:
    if not collisions:
        return bundle
    names = [f"`{collision.note}`" for collision in collisions[:_MOST_NAMED]]
    if len(collisions) > _MOST_NAMED:
        names.append(f"{len(collisions) - _MOST_NAMED:,} more")
    owners = ", ".join(dict.fromkeys(f"`{each.owner}`" for each in collisions))
    ids, rest = ", ".join(names), f"Nothing in {owners} changes."
    if len(collisions) == 1:
        message = f"The id {ids} is used by a different note of {owners}, so this is a new note. {rest}"
    else:
        message = f"The ids {ids} are used by different notes of {owners}, so these are new notes. {rest}"
    path = next((deck.path for deck in bundle.decks), "")
    problem = Problem("warning", path, 0, 0, "id-used-elsewhere", message)
    return replace(bundle, problems=(*bundle.problems, problem))
