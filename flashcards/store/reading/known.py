"""What an import needs to know of the store."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flashcards.cards import TIER_STEP
from flashcards.store.journal import IMPORTS_IN_FORCE
from flashcards.store.reading.base import ReaderBase
from flashcards.store.rows import KnownCard, KnownDeck, KnownNote

# What is due is read without these, in a shell prompt: they load when decks are compared.
if TYPE_CHECKING:
    from flashcards.content import DeckContent, SourceEntry
    from flashcards.store.plan import Known

_NOTE = """
    SELECT
        notes.id, notes.key, notes.deck_id, digest, notes.position, line, notes.retired,
        cards.id, face, cards.retired
    FROM notes LEFT JOIN cards ON cards.note_id = notes.id
"""
_OF_DECKS = f"{_NOTE} WHERE notes.deck_id IN (SELECT value FROM json_each(?))"
_OF_KEYS = f"{_NOTE} WHERE notes.key IN (SELECT value FROM json_each(?))"


class KnownReader(ReaderBase):
    """Decks and notes as an import compares them with files."""

    def known(
        self, decks: Sequence[DeckContent], *, gone: Collection[str] = ()
    ) -> Known:
        """Return what `plan_sync` needs to compare some decks with the store.

        Args:
            decks: The decks as their files have them.
            gone: Keys of stored decks whose files are gone.
        """
        from flashcards.store.partial import is_as_stored
        from flashcards.store.plan import Known

        with self.snapshot():
            stored = {deck.key: deck for deck in self.known_decks()}
            changed = [d for d in decks if not is_as_stored(stored.get(d.key), d)]
            asked = {d.key for d in changed}.union(gone)
            notes = self._known_notes(
                _OF_DECKS, [stored[key].deck_id for key in asked if key in stored]
            )
            if stored:
                others = (n.id for d in changed for n in d.notes if n.id not in notes)
                notes |= self.known_notes(list(others))
            return Known(
                base=self._value(IMPORTS_IN_FORCE),
                decks=stored,
                notes=notes,
                sources={source.key: source for source in self.sources()},
            )

    def known_notes(self, keys: Collection[str]) -> dict[str, KnownNote]:
        """Return the notes that have one of some keys, by key; retired ones too."""
        return self._known_notes(_OF_KEYS, keys)

    def unknown_keys(self, keys: Collection[str]) -> set[str]:
        """Return those of some note keys that the store does not have."""
        query = (
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT key FROM notes)"
        )
        return {key for (key,) in self._rows(query, (json.dumps(list(keys)),))}

    def note_homes(self, keys: Collection[str]) -> dict[str, int]:
        """Return the numbers of the decks that have notes of some keys, retired ones too."""
        query = """
            SELECT key, deck_id FROM notes WHERE key IN (SELECT value FROM json_each(?))
        """
        return dict(self._rows(query, (json.dumps(list(keys)),)))

    def contents_of_notes(self, keys: Collection[str]) -> dict[str, str]:
        """Return some notes as JSON, by their keys; retired ones too."""
        query = """
            SELECT key, content FROM notes WHERE key IN (SELECT value FROM json_each(?))
        """
        return dict(self._rows(query, (json.dumps(list(keys)),)))

    def unmarked(self, keys: Collection[str]) -> list[str]:
        """Return those of some note keys that are not marked, or not there yet."""
        query = """
            SELECT value FROM json_each(?) WHERE value NOT IN (
                SELECT key FROM notes WHERE marked = 1
            )
        """
        return [key for (key,) in self._rows(query, (json.dumps(list(keys)),))]

    def contents_of_deck(self, deck_id: int) -> list[tuple[str, str]]:
        """Return the notes of a deck, with their keys, as JSON; retired ones last."""
        query = "SELECT key, content FROM notes WHERE deck_id = ? ORDER BY retired, id"
        return self._rows(query, (deck_id,))

    def contents_by_id(self, note_ids: Collection[int]) -> dict[int, str]:
        """Return some notes as JSON, by their numbers."""
        query = (
            "SELECT id, content FROM notes WHERE id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._rows(query, (json.dumps(list(note_ids)),)))

    def notes_with_media(self) -> list[tuple[str, str]]:
        """Return key and content of the notes in use that name a picture or sound."""
        query = (
            "SELECT key, content FROM notes WHERE retired = 0 "
            "AND (instr(content, '[image: ') OR instr(content, '[sound: ')) ORDER BY id"
        )
        return self._rows(query)

    def sources(self) -> list[SourceEntry]:
        """Return the bibliography, in the order of keys."""
        from flashcards.content import SourceEntry

        query = "SELECT key, authors, title, year, venue, url, kind FROM sources ORDER BY key"
        return [SourceEntry(*row) for row in self._rows(query)]

    def note_contents(self, deck_id: int) -> list[tuple[str, int]]:
        """Return the notes of a deck as JSON, with their lines, in the order of its file."""
        query = f"""
            SELECT content, line FROM notes WHERE deck_id = ? AND retired = 0
            ORDER BY position % {TIER_STEP}, id
        """
        return self._rows(query, (deck_id,))

    def known_decks(self) -> list[KnownDeck]:
        """Return every deck, in the order of keys; retired ones too."""
        columns = ", ".join(("id", *KnownDeck._fields[1:]))
        rows = self._rows(f"SELECT {columns} FROM decks ORDER BY key")
        return [_known_deck(row) for row in rows]

    def _known_notes(self, query: str, values: Iterable[Any]) -> dict[str, KnownNote]:
        wanted = list(values)
        if not wanted:
            return {}
        notes: dict[str, KnownNote] = {}
        for *note, retired, card_id, face, card_retired in self._rows(
            f"{query} ORDER BY notes.id, cards.id", (json.dumps(wanted),)
        ):
            cards = notes[note[1]].cards if note[1] in notes else ()
            if card_id is not None:
                cards = (*cards, KnownCard(card_id, face, bool(card_retired)))
            notes[note[1]] = KnownNote._make([*note, bool(retired), cards])
        return notes


def _known_deck(row: Sequence[Any]) -> KnownDeck:
    known = KnownDeck._make(row)
    return known._replace(
        is_partial=bool(known.is_partial),
        is_of_file=bool(known.is_of_file),
        retired=bool(known.retired),
    )
