"""Reads the stored decks and notes for an import."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flashcards.domain.cards import TIER_STEP
from flashcards.store.maintenance.soundness import find_damaged_notes
from flashcards.store.reading.base import Facet
from flashcards.store.reading.undo_state import IMPORTS_IN_FORCE
from flashcards.store.rows import StoredCard, StoredDeck, StoredNote
from flashcards.store.tables.ranges import RULES

# What is due is read without these, in a shell prompt: they load when decks are compared.
if TYPE_CHECKING:
    from flashcards.domain.content import DeckContent, SourceEntry
    from flashcards.store.comparison.import_changes import StoredState

_NOTE = """
    SELECT
        notes.id, notes.key, notes.deck_id, digest, notes.position, line, notes.retired,
        cards.id, face, cards.retired
    FROM main.notes AS notes LEFT JOIN main.cards AS cards ON cards.note_id = notes.id
"""
_OF_DECKS = f"{_NOTE} WHERE notes.deck_id IN (SELECT value FROM json_each(?))"
_OF_KEYS = f"{_NOTE} WHERE notes.key IN (SELECT value FROM json_each(?))"
_NUMBERS = """
    SELECT key, id FROM notes
    WHERE retired = 0 AND key IN (SELECT value FROM json_each(?))
"""
_OF_NOTES = """
    SELECT key, digest, content, key FROM notes
    WHERE retired = 0 AND key IN (SELECT value FROM json_each(?))
"""


class StoredContentReader(Facet):
    """Stored decks and notes, for comparing them with files."""

    def stored_state(
        self, decks: Sequence[DeckContent], *, gone: Collection[str] = ()
    ) -> StoredState:
        """Return what `plan_sync` needs to compare some decks with the store.

        Args:
            decks: The decks as their files have them.
            gone: Keys of stored decks whose files are gone.
        """
        from flashcards.store.comparison.import_changes import StoredState
        from flashcards.store.comparison.partial_decks import is_as_stored

        with self._connection.snapshot():
            everything = self.decks()
            named = {deck.key for deck in decks}
            damaged = self.damaged_in(
                [deck.deck_id for deck in everything if deck.key in named]
            )
            everything = _read_again(everything, set(damaged.values()))
            stored = {deck.key: deck for deck in everything}
            changed = [d for d in decks if not is_as_stored(stored.get(d.key), d)]
            asked = {d.key for d in changed}.union(gone)
            notes = self._known_notes(
                _OF_DECKS, [stored[key].deck_id for key in asked if key in stored]
            )
            if stored:
                others = (n.id for d in changed for n in d.notes if n.id not in notes)
                notes |= self.notes(list(others))
            for key in damaged.keys() & notes.keys():
                notes[key] = notes[key]._replace(digest="")
            return StoredState(
                base=self._connection.value(IMPORTS_IN_FORCE),
                decks=stored,
                notes=notes,
                sources={source.key: source for source in self.sources()},
            )

    def notes(self, keys: Collection[str]) -> dict[str, StoredNote]:
        """Return the notes that have one of some keys, by key; retired ones too."""
        return self._known_notes(_OF_KEYS, keys)

    def unknown_keys(self, keys: Collection[str]) -> set[str]:
        """Return those of some note keys that the store does not have."""
        query = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT key FROM main.notes)"
        return {
            key for (key,) in self._connection.rows(query, (json.dumps(list(keys)),))
        }

    def store_uid(self) -> str:
        """Return the unique id of this store; empty where it has none."""
        return str(self._connection.value("SELECT uid FROM main.store_identity") or "")

    def notes_of_reviews(self, uids: Collection[str]) -> set[str]:
        """Return the keys of the notes that have one of some reviews, by their identifiers."""
        query = """
            SELECT DISTINCT notes.key
            FROM json_each(?) AS wanted
            CROSS JOIN main.reviews AS reviews ON reviews.uid = wanted.value
            JOIN main.cards AS cards ON cards.id = reviews.card_id
            JOIN main.notes AS notes ON notes.id = cards.note_id
        """
        return {
            key for (key,) in self._connection.rows(query, (json.dumps(list(uids)),))
        }

    def deck_ids_of_notes(self, keys: Collection[str]) -> dict[str, int]:
        """Return the numbers of the decks that have notes of some keys, retired ones too."""
        query = """
            SELECT key, deck_id FROM main.notes WHERE key IN (SELECT value FROM json_each(?))
        """
        return dict(self._connection.rows(query, (json.dumps(list(keys)),)))

    def note_keys_from(self, start: str) -> list[str]:
        """Return the note keys that begin with some ASCII text, retired ones too."""
        query = "SELECT key FROM main.notes WHERE key >= ? AND key < ?"
        return [key for (key,) in self._connection.rows(query, (start, f"{start}\x7f"))]

    def contents_of_notes(self, keys: Collection[str]) -> dict[str, str]:
        """Return some notes as JSON, by their keys; retired ones too."""
        query = """
            SELECT key, content FROM main.notes WHERE key IN (SELECT value FROM json_each(?))
        """
        return dict(self._connection.rows(query, (json.dumps(list(keys)),)))

    def note_numbers(self, keys: Collection[str]) -> dict[str, int]:
        """Return the numbers of the notes that there are under some keys."""
        return dict(self._connection.rows(_NUMBERS, (json.dumps(list(keys)),)))

    def contents_of(self, keys: Collection[str]) -> dict[str, str]:
        """Return the sound notes of some keys that are not retired, as JSON, by key."""
        rows = self._connection.rows(_OF_NOTES, (json.dumps(list(keys)),))
        return {key: content for content, key in self._connection.sound(rows)}

    def unmarked(self, keys: Collection[str]) -> list[str]:
        """Return those of some note keys that are not marked, or not there yet."""
        query = """
            SELECT value FROM json_each(?) WHERE value NOT IN (
                SELECT key FROM main.notes WHERE marked = 1
            )
        """
        return [
            key for (key,) in self._connection.rows(query, (json.dumps(list(keys)),))
        ]

    def contents_of_deck(self, deck_id: int) -> list[tuple[str, str]]:
        """Return the sound notes of a deck, with their keys, as JSON; retired ones last."""
        query = """
            SELECT key, digest, content, key FROM notes WHERE deck_id = ?
            ORDER BY retired, id
        """
        return [
            (key, content)
            for content, key in self._connection.sound(
                self._connection.rows(query, (deck_id,))
            )
        ]

    def contents_without(self, deck_id: int, keys: Collection[str]) -> list[str]:
        """Return the sound notes of a deck as JSON, those of some keys left out.

        Args:
            deck_id: The deck.
            keys: Keys of notes that are not wanted, which may be most of them.
        """
        query = "SELECT id, key FROM notes WHERE deck_id = ? ORDER BY retired, id"
        left = [
            n for n, key in self._connection.rows(query, (deck_id,)) if key not in keys
        ]
        contents = self.contents_by_id(left) if left else {}
        return [contents[number] for number in left if number in contents]

    def contents_by_id(self, note_ids: Collection[int]) -> dict[int, str]:
        """Return those of some notes that are sound as JSON, by their numbers."""
        query = """
            SELECT key, digest, content, id FROM notes
            WHERE id IN (SELECT value FROM json_each(?))
        """
        rows = self._connection.rows(query, (json.dumps(list(note_ids)),))
        return {number: content for content, number in self._connection.sound(rows)}

    def damaged_in(self, deck_ids: Collection[int]) -> dict[str, int]:
        """Return the keys of the damaged notes of some decks, each with its deck."""
        # An import looks at every note, so they are read in the order of the file, one by one.
        query = """
            SELECT
                id,
                CASE typeof(content) WHEN 'text' THEN CAST(content AS BLOB) END,
                CAST(digest AS BLOB)
            FROM main.notes WHERE deck_id = ?
        """
        damaged = {
            number: deck_id
            for deck_id in deck_ids
            for number in find_damaged_notes(self._connection.each(query, (deck_id,)))
        }
        if self._connection.damaged_notes:
            damaged |= self._with_damaged_values(deck_ids)
        if not damaged:
            return {}
        query = """
            SELECT id, key FROM main.notes WHERE id IN (SELECT value FROM json_each(?))
        """
        rows = self._connection.rows(query, (json.dumps(list(damaged)),))
        return {key: damaged[number] for number, key in rows}

    def _with_damaged_values(self, deck_ids: Collection[int]) -> dict[int, int]:
        """Return the notes of decks of which a value other than the content is damaged."""
        query = f"SELECT id, deck_id FROM main.notes WHERE {RULES['notes'].damaged}"
        return {
            number: deck
            for number, deck in self._connection.rows(query)
            if deck in deck_ids
        }

    def notes_with_media(self) -> list[tuple[str, str]]:
        """Return key and content of the notes in use that name a picture or sound."""
        query = (
            "SELECT key, content FROM notes WHERE retired = 0 "
            "AND (instr(content, '[image: ') OR instr(content, '[sound: ')) ORDER BY id"
        )
        return self._connection.rows(query)

    def sources(self) -> list[SourceEntry]:
        """Return the bibliography, in the order of keys."""
        from flashcards.domain.content import SourceEntry

        query = "SELECT key, authors, title, year, venue, url, kind FROM sources ORDER BY key"
        return [SourceEntry(*row) for row in self._connection.rows(query)]

    def note_contents(self, deck_id: int) -> list[tuple[str, int]]:
        """Return the sound notes of a deck as JSON, with their lines, as its file has them."""
        query = f"""
            SELECT key, digest, content, line FROM notes
            WHERE deck_id = ? AND retired = 0
            ORDER BY position % {TIER_STEP}, id
        """
        return list(self._connection.sound(self._connection.rows(query, (deck_id,))))

    def decks(self) -> list[StoredDeck]:
        """Return every deck, in the order of keys; retired ones too."""
        columns = ", ".join(("id", *StoredDeck._fields[1:]))
        rows = self._connection.rows(f"SELECT {columns} FROM decks ORDER BY key")
        return [_stored_deck(row) for row in rows]

    def _known_notes(self, query: str, values: Iterable[Any]) -> dict[str, StoredNote]:
        wanted = list(values)
        if not wanted:
            return {}
        notes: dict[str, StoredNote] = {}
        for *note, retired, card_id, face, card_retired in self._connection.rows(
            f"{query} ORDER BY notes.id, cards.id", (json.dumps(wanted),)
        ):
            cards = notes[note[1]].cards if note[1] in notes else ()
            if card_id is not None:
                cards = (*cards, StoredCard(card_id, face, bool(card_retired)))
            notes[note[1]] = StoredNote._make([*note, bool(retired), cards])
        return notes


def _read_again(
    decks: Iterable[StoredDeck], damaged: Collection[int]
) -> list[StoredDeck]:
    """Return decks of which the damaged ones have no digest."""
    return [
        deck._replace(digest="") if deck.deck_id in damaged else deck for deck in decks
    ]


def _stored_deck(row: Sequence[Any]) -> StoredDeck:
    known = StoredDeck._make(row)
    return known._replace(
        is_partial=bool(known.is_partial),
        is_of_file=bool(known.is_of_file),
        retired=bool(known.retired),
    )
