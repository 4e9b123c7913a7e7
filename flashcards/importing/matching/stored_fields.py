"""Complete notes from formats that hold only a part of them with their stored fields.

A note of a file is compared with what an export of the stored note reads back as. Only what
differs from that changes; what the format cannot hold stays as it is stored.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.domain.content import NOTE_KINDS, Problem
from flashcards.domain.note_json import note_from_json, own_fields
from flashcards.formats.common.deck_builder import to_wording
from flashcards.formats.own_exports.reread import LOSSY, reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note
    from flashcards.importing.context import ImportBatch, ImportContext

_NOT_COMPARED = frozenset(("id", "line", "origin"))
_COMMON = frozenset(("style", "tier", "topic", "hint", "tags"))
"""Fields that mean the same in a note of any kind."""
_FIRST = {name: own_fields(kind)[0] for name, kind in NOTE_KINDS.items()}
"""The field that holds the question of a note of each kind."""
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
        """Whether the part asks what the stored note asks, so that its edits apply to it."""
        return _question(self.stored) == _question(self.part)


class StoredFields:
    """Completes the notes of files with what their formats cannot hold, from the store."""

    def __init__(self, context: ImportContext) -> None:
        """Complete the notes of one import."""
        self._context = context
        # Each file is completed twice, but stored notes are read and exported once.
        self._notes: dict[int, dict[str, Note]] = {}
        self._exported: dict[tuple[int, str], dict[str, tuple[Note, ...]]] = {}

    def complete_edited(
        self, batch: ImportBatch, _context: ImportContext
    ) -> dict[str, Bundle]:
        """Return what files hold, with stored fields for notes that a stored note exports to.

        The decks are under their stored keys already.
        """
        return {
            path: self._complete(bundle, matched_only=False)
            for path, bundle in batch.bundles.items()
        }

    def complete_matched(
        self, batch: ImportBatch, _context: ImportContext
    ) -> dict[str, Bundle]:
        """Return what files hold, with stored fields for notes that have ids of stored notes."""
        return {
            path: self._complete(bundle, matched_only=True)
            for path, bundle in batch.bundles.items()
        }

    def _complete(self, bundle: Bundle, *, matched_only: bool) -> Bundle:
        decks, unmergeable = [], 0
        for deck in bundle.decks:
            known = self._context.active_decks.get(deck.key)
            if known is None or deck.read_options.format not in LOSSY:
                decks.append(deck)
                continue
            notes = self._notes_of(known.deck_id)
            changed = {note.id for note in deck.notes if notes.get(note.id) != note}
            if matched_only:
                changed &= notes.keys()
                notes = {key: notes[key] for key in changed}
            if not changed or not notes:
                decks.append(deck)
                continue
            exported = self._export(known.deck_id, deck, notes)
            merge = _DeckMerge(deck, notes, exported, matched_only=matched_only)
            decks.append(merge.merge())
            unmergeable += merge.unmergeable
        if all(new is old for new, old in zip(decks, bundle.decks, strict=True)):
            return bundle
        problems = (*bundle.problems, *_warn_of_unmergeable(decks, unmergeable))
        return replace(bundle, decks=tuple(decks), problems=problems)

    def _notes_of(self, deck_id: int) -> dict[str, Note]:
        notes = self._notes.get(deck_id)
        if notes is None:
            contents = self._context.reader.content.contents_of_deck(deck_id)
            notes = {key: note_from_json(content) for key, content in contents}
            self._notes[deck_id] = notes
        return notes

    def _export(
        self, deck_id: int, deck: DeckContent, stored: Mapping[str, Note]
    ) -> dict[str, tuple[Note, ...]]:
        """Return what the stored notes that a file has differently read back as from an export."""
        name = deck.read_options.format
        exported = self._exported.setdefault((deck_id, name), {})
        same = {note.id for note in deck.notes if stored.get(note.id) == note}
        differing = [note for key, note in stored.items() if key not in same]
        new = [note for note in differing if note.id not in exported]
        exported.update(reread(name, new, self._context.reading))
        return {note.id: exported[note.id] for note in differing if note.id in exported}


def _warn_of_unmergeable(decks: Iterable[DeckContent], count: int) -> Iterable[Problem]:
    if not count:
        return
    path = next((deck.path for deck in decks), "")
    notes = "1 edited note stays" if count == 1 else f"{count:,} edited notes stay"
    message = (
        f"{notes} as stored, because the format cannot hold all of such a note. "
        "Edit it in its deck file."
    )
    yield Problem("warning", path, 0, 0, "edited-export", message)


class _DeckMerge:
    """Merges the notes of one deck of a file into the stored notes."""

    def __init__(
        self,
        deck: DeckContent,
        stored: Mapping[str, Note],
        exported: Mapping[str, Iterable[Note]],
        *,
        matched_only: bool,
    ) -> None:
        self.unmergeable = 0
        """Notes whose edits the stored note cannot take."""
        self._deck = deck
        self._matched_only = matched_only
        self._stored = stored
        self._by_id: dict[str, _Exported] = {}
        self._by_wording: dict[tuple[str, str], _Exported] = {}
        for key, parts in exported.items():
            for part in parts:
                note = _Exported(stored[key], part)
                self._by_id.setdefault(key, note)
                self._by_id.setdefault(part.id, note)
                self._by_wording.setdefault(_wording_key(part), note)

    def merge(self) -> DeckContent:
        """Return the deck with each of its notes once."""
        notes: dict[str, Note] = {}
        renamed: set[str] = set()
        is_merged = False
        for note in self._deck.notes:
            merged = note
            exported = self._find_exported(note)
            if exported is not None:
                merged = self._merge_note(note, exported)
                is_merged = True
                if merged.id != note.id:
                    renamed.add(note.id)
            # If a note has several parts, the edited one counts.
            if notes.get(merged.id) in (None, self._stored.get(merged.id)):
                notes[merged.id] = merged
        if not is_merged:
            return self._deck
        return replace(
            self._deck,
            notes=tuple(notes.values()),
            derived_ids=self._deck.derived_ids - renamed,
            foreign_ids=self._deck.foreign_ids - renamed,
        )

    def _find_exported(self, note: Note) -> _Exported | None:
        """Return the stored note that a note of the file came from, if there is one."""
        by_id, by_wording = (
            self._by_id.get(note.id),
            self._by_wording.get(_wording_key(note)),
        )
        if by_id is None:
            return by_wording if note.id in self._deck.derived_ids else None
        if by_wording and by_wording.stored is by_id.stored:
            return by_wording
        # Another source may use the id of a stored note for a note of its own.
        is_certain = self._matched_only or note.id not in self._stored
        return by_id if is_certain and by_id.part.kind == note.kind else None

    def _merge_note(self, note: Note, exported: _Exported) -> Note:
        stored, part = exported
        changes = {
            name: value
            for name in _COMPARED[note.kind]
            if (value := getattr(note, name)) != getattr(part, name)
        }
        if not exported.takes_edits:
            self.unmergeable += not changes.keys() <= _COMMON
            changes = {name: changes[name] for name in changes.keys() & _COMMON}
        changes = {
            name: _restore_lost(value, getattr(stored, name), getattr(part, name))
            for name, value in changes.items()
        }
        return replace(stored, line=note.line, **changes)


def _restore_lost(value: Any, stored: Any, part: Any) -> Any:
    """Return an edited value with what the export lost, and without what the export added."""
    if isinstance(value, str) and stored and part.startswith(stored):
        return value.removesuffix(part[len(stored) :])
    if isinstance(value, tuple) and len(stored) == len(part):
        return tuple(
            next(
                (old for old, new in zip(stored, part, strict=True) if new == item),
                item,
            )
            for item in value
        )
    return value


def _question(note: Note) -> tuple[str, object]:
    """Return the kind of a note and its first field, in which it asks."""
    return note.kind, getattr(note, _FIRST[note.kind])


def _wording_key(note: Note) -> tuple[str, str]:
    return note.kind, to_wording(note)
