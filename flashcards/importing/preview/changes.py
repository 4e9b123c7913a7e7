"""What an import changes, note by note, as a version control shows it.

Computed from a plan and the store as it is; nothing is written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flashcards.domain.content import note_from_json, to_dict
from flashcards.domain.faces import (
    answer_text,
    card_key,
    faces_of,
    list_text,
    question_text,
)
from flashcards.importing.preview.diff import alike
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
"""How much alike question and answer must be for a note to have kept its meaning."""

_FRONT_WIDTH = 200


class Change(StrEnum):
    """What happens to a note."""

    ADDED = "added"
    CHANGED = "changed"
    REWORDED = "reworded"
    """Changed so much that what was learned may not hold any more."""
    MOVED = "moved"
    RETURNED = "returned"
    RETIRED = "retired"

    @property
    def sign(self) -> str:
        """The sign that stands before the note: `+`, `~`, `>` or `-`."""
        return _SIGNS[self]


_SIGNS = {
    Change.ADDED: "+",
    Change.CHANGED: "~",
    Change.REWORDED: "~",
    Change.MOVED: ">",
    Change.RETURNED: "+",
    Change.RETIRED: "-",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a note before and after; empty where it is not there."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedNote:
    """What happens to one note."""

    note: str
    """The note's id."""
    deck: str
    """The deck it is in afterwards."""
    change: Change
    """The weightiest thing that happens to it."""
    front: str
    """What it asks afterwards, on one line."""
    fields: tuple[FieldChange, ...] = ()
    """The fields that differ, in the order of the deck format."""
    moved_from: str = ""
    """The deck it comes from, where that is another one."""
    line: int = 0
    """Its line in its file, 0 where unknown."""
    cards: tuple[str, ...] = ()
    """Keys of the cards that are asked so far."""


@dataclass(frozen=True, slots=True)
class ChangedDeck:
    """What happens to one deck."""

    deck: str
    title: str
    path: str
    """The file that the notes come from; of a deck whose file is gone, the one it had."""
    notes: tuple[ChangedNote, ...]
    unchanged: int
    is_new: bool = False
    is_gone: bool = False


def changes_of(plan: ImportChanges, reader: Reader) -> tuple[ChangedDeck, ...]:
    """Return what a plan changes, deck by deck; decks that stay as they are left out.

    Args:
        plan: What an import would do.
        reader: The store that the plan was made for.
    """
    changes = [change for deck in plan.decks for change in deck.changes]
    seen = [change.known.note_id for change in changes if _is_seen(change)]
    contents = reader.content.contents_by_id(seen)
    keys = {deck.deck_id: deck.key for deck in reader.content.decks()}
    found = (_changed_deck(deck, contents, keys) for deck in plan.decks)
    return tuple(deck for deck in found if deck.notes or deck.is_new or deck.is_gone)


def _is_seen(change: NoteChange) -> bool:
    return change.planned is None or not change.same_content or change.known.retired


def _changed_deck(
    deck: DeckChanges, contents: Mapping[int, str], keys: Mapping[int, str]
) -> ChangedDeck:
    known = deck.known
    title = deck.content.title if deck.content else known.title if known else ""
    path = deck.source or (known.path if known else "")
    home = known.deck_id if known else None
    notes = [
        ChangedNote(
            planned.note.id,
            deck.key,
            Change.ADDED,
            _front(planned.note),
            line=planned.note.line,
        )
        for planned in deck.added
    ]
    notes += [
        note
        for change in deck.changes
        for note in _changed_note(change, deck.key, home, contents, keys)
    ]
    return ChangedDeck(
        deck.key,
        title,
        path,
        tuple(notes),
        deck.counts.unchanged,
        is_new=known is None or (known.retired and deck.content is not None),
        is_gone=deck.content is None,
    )


def _changed_note(
    change: NoteChange,
    deck: str,
    home: int | None,
    contents: Mapping[int, str],
    keys: Mapping[int, str],
) -> Iterator[ChangedNote]:
    """Give what happens to a stored note; nothing where it only has another place."""
    known, planned = change.known, change.planned
    cards = tuple(
        card_key(known.key, card.face) for card in known.cards if not card.retired
    )
    if planned is None:
        # A damaged note has no words to show.
        words = contents.get(known.note_id)
        front = _front(note_from_json(words)) if words else ""
        yield ChangedNote(
            known.key, deck, Change.RETIRED, front, line=known.line, cards=cards
        )
        return
    moved_from = keys[known.deck_id] if known.deck_id != home else ""
    kind = Change.MOVED if moved_from else None
    fields: tuple[FieldChange, ...] = ()
    if known.retired:
        kind = Change.RETURNED
    if not change.same_content and known.note_id not in contents:
        kind = Change.CHANGED
    elif not change.same_content:
        old = note_from_json(contents[known.note_id])
        fields = tuple(changed_fields(old, planned.note))
        kind = Change.CHANGED if _means_the_same(old, planned.note) else Change.REWORDED
    if kind:
        yield ChangedNote(
            known.key,
            deck,
            kind,
            _front(planned.note),
            fields,
            moved_from,
            planned.note.line,
            cards,
        )


def changed_fields(before: Note, after: Note) -> Iterator[FieldChange]:
    """Give the fields in which two notes differ, as text."""
    old, new = to_dict(before), to_dict(after)
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name) and name != "id":
            yield FieldChange(name, _text(old.get(name)), _text(new.get(name)))


def _means_the_same(before: Note, after: Note) -> bool:
    if before.kind != after.kind:
        return False
    old, new = faces_of(before)[0], faces_of(after)[0]
    return (
        alike(question_text(before, old), question_text(after, new)) >= LEAST_FRONT
        and alike(answer_text(before, old), answer_text(after, new)) >= LEAST_BACK
    )


def _front(note: Note) -> str:
    return one_line(join_lines(list_text(note, faces_of(note)[0])), _FRONT_WIDTH)


def _text(value: Any) -> str:
    """Return the value of a field as people read it: lists line by line."""
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
