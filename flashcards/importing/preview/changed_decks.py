"""List what an import changes, note by note, as version control shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flashcards.domain.faces import (
    answer_text,
    card_key,
    faces_of,
    list_text,
    question_text,
)
from flashcards.domain.note_json import note_from_json, to_dict
from flashcards.importing.preview.diff import text_similarity
from flashcards.text.markdown.plain_text import join_lines
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flashcards.domain.content import Note
    from flashcards.store.comparison.import_changes import (
        DeckChanges,
        ImportChanges,
        NoteChange,
    )
    from flashcards.store.reader import Reader

LEAST_FRONT, LEAST_BACK = 0.6, 0.4
"""Least similarity (0 to 1) of question and answer for a note to keep its meaning."""

_FRONT_WIDTH = 200


class ChangeKind(StrEnum):
    """What an import does to a note."""

    ADDED = "added"
    CHANGED = "changed"
    REWORDED = "reworded"
    """Changed so much that its review history may no longer apply."""
    MOVED = "moved"
    RETURNED = "returned"
    RETIRED = "retired"

    @property
    def sign(self) -> str:
        """The sign shown before the note: `+`, `~`, `>` or `-`."""
        return _SIGNS[self]


_SIGNS = {
    ChangeKind.ADDED: "+",
    ChangeKind.CHANGED: "~",
    ChangeKind.REWORDED: "~",
    ChangeKind.MOVED: ">",
    ChangeKind.RETURNED: "+",
    ChangeKind.RETIRED: "-",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a note before and after; empty where the note does not have it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedNote:
    """What happens to one note."""

    note: str
    """The note's id."""
    deck: str
    """The deck it is in after the import."""
    change: ChangeKind
    """The most important change of the note."""
    front: str
    """Its question after the import, on one line."""
    fields: tuple[FieldChange, ...] = ()
    """The fields that differ, in the order of the deck format."""
    moved_from: str = ""
    """The deck it moves from; empty if it does not move."""
    line: int = 0
    """Its line in its file, 0 where unknown."""
    cards: tuple[str, ...] = ()
    """Keys of the cards that the stored note has in use."""


@dataclass(frozen=True, slots=True)
class ChangedDeck:
    """What happens to one deck."""

    deck: str
    title: str
    path: str
    """The file of the notes; for a deck whose file is gone, the file it had."""
    notes: tuple[ChangedNote, ...]
    unchanged: int
    is_new: bool = False
    is_file_missing: bool = False


def list_changed_decks(
    changes: ImportChanges, reader: Reader
) -> tuple[ChangedDeck, ...]:
    """Return the decks that an import changes, note by note.

    Args:
        changes: What the import would do.
        reader: The store that they were computed for.
    """
    note_ids = [
        change.stored.note_id
        for deck in changes.decks
        for change in deck.changes
        if _is_visible(change)
    ]
    contents = reader.content.contents_by_id(note_ids)
    keys = {deck.deck_id: deck.key for deck in reader.content.decks()}
    decks = (_to_changed_deck(deck, contents, keys) for deck in changes.decks)
    return tuple(
        deck for deck in decks if deck.notes or deck.is_new or deck.is_file_missing
    )


def _is_visible(change: NoteChange) -> bool:
    return change.placed is None or not change.same_content or change.stored.retired


def _to_changed_deck(
    deck: DeckChanges, contents: Mapping[int, str], keys: Mapping[int, str]
) -> ChangedDeck:
    known = deck.stored
    title = deck.content.title if deck.content else known.title if known else ""
    path = deck.source or (known.path if known else "")
    home = known.deck_id if known else None
    notes = [
        ChangedNote(
            added.note.id,
            deck.key,
            ChangeKind.ADDED,
            _front(added.note),
            line=added.note.line,
        )
        for added in deck.added
    ]
    notes += [
        note
        for change in deck.changes
        for note in _to_changed_notes(change, deck.key, home, contents, keys)
    ]
    return ChangedDeck(
        deck.key,
        title,
        path,
        tuple(notes),
        deck.counts.unchanged,
        is_new=known is None or (known.retired and deck.content is not None),
        is_file_missing=deck.content is None,
    )


def _to_changed_notes(
    change: NoteChange,
    deck: str,
    home: int | None,
    contents: Mapping[int, str],
    keys: Mapping[int, str],
) -> Iterator[ChangedNote]:
    """Give what happens to a stored note; nothing if only its position changes."""
    known, placed = change.stored, change.placed
    cards = tuple(
        card_key(known.key, card.face) for card in known.cards if not card.retired
    )
    if placed is None:
        # A damaged note has no text to show.
        content = contents.get(known.note_id)
        front = _front(note_from_json(content)) if content else ""
        yield ChangedNote(
            known.key, deck, ChangeKind.RETIRED, front, line=known.line, cards=cards
        )
        return
    moved_from = keys[known.deck_id] if known.deck_id != home else ""
    kind = ChangeKind.MOVED if moved_from else None
    fields: tuple[FieldChange, ...] = ()
    if known.retired:
        kind = ChangeKind.RETURNED
    if not change.same_content and known.note_id not in contents:
        kind = ChangeKind.CHANGED
    elif not change.same_content:
        old = note_from_json(contents[known.note_id])
        fields = tuple(changed_fields(old, placed.note))
        kind = (
            ChangeKind.CHANGED
            if _has_same_meaning(old, placed.note)
            else ChangeKind.REWORDED
        )
    if kind:
        yield ChangedNote(
            known.key,
            deck,
            kind,
            _front(placed.note),
            fields,
            moved_from,
            placed.note.line,
            cards,
        )


def changed_fields(before: Note, after: Note) -> Iterator[FieldChange]:
    """Give the fields in which two notes differ, as text."""
    old, new = to_dict(before), to_dict(after)
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name) and name != "id":
            yield FieldChange(name, _text(old.get(name)), _text(new.get(name)))


def _has_same_meaning(before: Note, after: Note) -> bool:
    if before.kind != after.kind:
        return False
    old, new = faces_of(before)[0], faces_of(after)[0]
    return (
        text_similarity(question_text(before, old), question_text(after, new))
        >= LEAST_FRONT
        and text_similarity(answer_text(before, old), answer_text(after, new))
        >= LEAST_BACK
    )


def _front(note: Note) -> str:
    return one_line(join_lines(list_text(note, faces_of(note)[0])), _FRONT_WIDTH)


def _text(value: Any) -> str:
    """Return the value of a field as readable text, lists line by line."""
    match value:
        case None:
            return ""
        case str():
            return value
        case list():
            return "\n".join(map(_text, value))
        case dict():
            return ", ".join(f"{name}: {_text(part)}" for name, part in value.items())
        case _:
            return json.dumps(value)
