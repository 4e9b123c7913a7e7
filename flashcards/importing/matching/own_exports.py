"""Notes that come back from a format that holds only a part of them.

What the file has no place for stays as it is in the store: a note is compared with what an
export of the stored note reads back as, and only what differs from that changes.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.domain.content import (
    NOTE_KINDS,
    Problem,
    note_from_json,
    own_fields,
)
from flashcards.formats.common.deck_builder import wording
from flashcards.formats.own_exports.reread import LOSSY, reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note
    from flashcards.formats.formats import ReadContext
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

_NOT_COMPARED = frozenset(("id", "line", "origin"))
_COMMON = frozenset(("style", "tier", "topic", "hint", "tags"))
"""Fields that mean the same in a note of any kind."""
_FIRST = {name: own_fields(kind)[0] for name, kind in NOTE_KINDS.items()}
"""The field in which a note of each kind asks."""
_COMPARED = {
    name: [each.name for each in fields(kind) if each.name not in _NOT_COMPARED]
    for name, kind in NOTE_KINDS.items()
}


class _Exported(NamedTuple):
    """A stored note, and one of the notes that its export reads back as."""

    stored: Note
    part: Note

    @property
    def takes_edits(self) -> bool:
        """Whether the part asks what the stored note asks, so that its edits are the note's."""
        return _question(self.stored) == _question(self.part)


class StoredFields:
    """Completes the notes of files with what their formats cannot hold, from the store."""

    def __init__(
        self, stored: Mapping[str, StoredDeck], reader: Reader, reading: ReadContext
    ) -> None:
        """Take what one import needs.

        Args:
            stored: The decks of the store by key.
            reader: Reads the store.
            reading: What formats need to know.
        """
        self._stored = stored
        self._reader = reader
        self._reading = reading
        # Each file is completed twice, but stored notes need not be read and exported twice.
        self._notes: dict[int, dict[str, Note]] = {}
        self._exported: dict[tuple[int, str], dict[str, tuple[Note, ...]]] = {}

    def complete(self, bundle: Bundle, *, are_known: bool = False) -> Bundle:
        """Return what a file holds, its notes with the fields that its format cannot hold.

        Args:
            bundle: What the file holds, each deck under its key of the store.
            are_known: Whether to look only at notes that have the id of a stored note.
        """
        decks, left = [], 0
        for deck in bundle.decks:
            known = self._stored.get(deck.key)
            if known is None or deck.read_options.format not in LOSSY:
                decks.append(deck)
                continue
            notes = self._notes_of(known.deck_id)
            changed = {note.id for note in deck.notes if notes.get(note.id) != note}
            if are_known:
                changed &= notes.keys()
                notes = {key: notes[key] for key in changed}
            if not changed or not notes:
                decks.append(deck)
                continue
            exported = self._export(known.deck_id, deck, notes)
            merging = _Merging(deck, notes, exported, are_known=are_known)
            decks.append(merging.deck())
            left += merging.left
        if all(new is old for new, old in zip(decks, bundle.decks, strict=True)):
            return bundle
        problems = (*bundle.problems, *_edited(decks, left))
        return replace(bundle, decks=tuple(decks), problems=problems)

    def _notes_of(self, deck_id: int) -> dict[str, Note]:
        found = self._notes.get(deck_id)
        if found is None:
            contents = self._reader.content.contents_of_deck(deck_id)
            found = {key: note_from_json(content) for key, content in contents}
            self._notes[deck_id] = found
        return found

    def _export(
        self, deck_id: int, deck: DeckContent, stored: Mapping[str, Note]
    ) -> dict[str, tuple[Note, ...]]:
        """Return what exports of the stored notes read back as that a file has not as they are."""
        name = deck.read_options.format
        found = self._exported.setdefault((deck_id, name), {})
        same = {note.id for note in deck.notes if stored.get(note.id) == note}
        differing = [note for key, note in stored.items() if key not in same]
        new = [note for note in differing if note.id not in found]
        found.update(reread(name, new, self._reading))
        return {note.id: found[note.id] for note in differing if note.id in found}


def _edited(decks: Iterable[DeckContent], count: int) -> Iterable[Problem]:
    if not count:
        return
    path = next((deck.path for deck in decks), "")
    message = (
        f"Edited in a form that cannot hold the stored note, which stays as it is: {count:,}. "
        "Edit such notes in their deck file."
    )
    yield Problem("warning", path, 0, 0, "edited-export", message)


class _Merging:
    """Merges the notes of one deck of a file into the stored ones."""

    def __init__(
        self,
        deck: DeckContent,
        stored: Mapping[str, Note],
        exported: Mapping[str, Iterable[Note]],
        *,
        are_known: bool,
    ) -> None:
        self.left = 0
        """Notes whose edits the stored note cannot take."""
        self._deck = deck
        self._are_known = are_known
        self._stored = stored
        self._by_id: dict[str, _Exported] = {}
        self._by_wording: dict[tuple[str, str], _Exported] = {}
        for key, parts in exported.items():
            for part in parts:
                each = _Exported(stored[key], part)
                self._by_id.setdefault(key, each)
                self._by_id.setdefault(part.id, each)
                self._by_wording.setdefault(_key(part), each)

    def deck(self) -> DeckContent:
        """Return the deck with each of its notes once."""
        found: dict[str, Note] = {}
        renamed: set[str] = set()
        is_merged = False
        for note in self._deck.notes:
            merged = note
            exported = self._exported(note)
            if exported is not None:
                merged = self._merged(note, exported)
                is_merged = True
                if merged.id != note.id:
                    renamed.add(note.id)
            # Of the parts of a note the one that was edited counts.
            if found.get(merged.id) in (None, self._stored.get(merged.id)):
                found[merged.id] = merged
        if not is_merged:
            return self._deck
        return replace(
            self._deck,
            notes=tuple(found.values()),
            derived_ids=self._deck.derived_ids - renamed,
            foreign_ids=self._deck.foreign_ids - renamed,
        )

    def _exported(self, note: Note) -> _Exported | None:
        """Return the stored note that a note of the file is, if there is one."""
        by_id, by_wording = self._by_id.get(note.id), self._by_wording.get(_key(note))
        if by_id is None:
            return by_wording if note.id in self._deck.derived_ids else None
        if by_wording and by_wording.stored is by_id.stored:
            return by_wording
        # Another source may use the id of a stored note for a note of its own.
        is_certain = self._are_known or note.id not in self._stored
        return by_id if is_certain and by_id.part.kind == note.kind else None

    def _merged(self, note: Note, exported: _Exported) -> Note:
        stored, part = exported
        changes = {
            name: value
            for name in _COMPARED[note.kind]
            if (value := getattr(note, name)) != getattr(part, name)
        }
        if not exported.takes_edits:
            self.left += not changes.keys() <= _COMMON
            changes = {name: changes[name] for name in changes.keys() & _COMMON}
        changes = {
            name: _with_lost(value, getattr(stored, name), getattr(part, name))
            for name, value in changes.items()
        }
        return replace(stored, line=note.line, **changes)


def _with_lost(value: Any, stored: Any, part: Any) -> Any:
    """Return an edited value with what the export of the stored one lost, and without its additions."""
    if isinstance(value, str) and stored and part.startswith(stored):
        return value.removesuffix(part[len(stored) :])
    if isinstance(value, tuple) and len(stored) == len(part):
        return tuple(
            next(
                (old for old, new in zip(stored, part, strict=True) if new == each),
                each,
            )
            for each in value
        )
    return value


def _question(note: Note) -> tuple[str, object]:
    """Return the kind of a note and its first field, in which it asks."""
    return note.kind, getattr(note, _FIRST[note.kind])


def _key(note: Note) -> tuple[str, str]:
    return note.kind, wording(note)
