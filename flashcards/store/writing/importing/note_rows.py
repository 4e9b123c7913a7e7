"""Convert notes and cards to the values of their columns."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

from flashcards.domain.cards import Memory
from flashcards.domain.content import NOTE_KINDS, Note, Option, Pair, Point
from flashcards.domain.faces import faces_of, list_text
from flashcards.domain.note_json import own_fields
from flashcards.store.comparison.import_changes import (
    CardChanges,
    PlacedNote,
    stored_form,
)
from flashcards.store.tables import model
from flashcards.store.tables.model import table_of
from flashcards.store.writing.before_after import memory_values
from flashcards.text.digits import format_full_number
from flashcards.text.folding import fold_text
from flashcards.text.markdown.formulas import show_formulas
from flashcards.text.markdown.gaps import fill_gaps
from flashcards.text.markdown.marks import restore_signs

NOTE_COLUMNS = (
    "kind",
    "tier",
    "topic",
    "digest",
    "tags",
    "front",
    "content",
    "searchable",
)
"""The columns that follow from the content of the note."""

_COMMON = ("id", "hint", "why", "derived", "tags", "seeds")
_TEXTS = {
    name: attrgetter(*_COMMON, *own_fields(kind)) for name, kind in NOTE_KINDS.items()
}
_LOCATION = ("id", "deck_id", "key", "position", "line", "marked", "retired")
_IN_TABLE: Callable[[tuple[Any, ...]], tuple[Any, ...]] = itemgetter(
    *map((*_LOCATION, *NOTE_COLUMNS).index, table_of(model.Note).columns.keys())
)
"""Return the values of a note in the order of the table."""
DIGEST = table_of(model.Note).columns.keys().index("digest")
"""The index of the digest in the row of a note."""
_CARD_ORDER = tuple(table_of(model.Card).columns.keys())
_UNSEEN = dict.fromkeys(_CARD_ORDER) | dict.fromkeys(
    ("state", "interval_seconds", "reps", "lapses", "suspended", "retired", "leech"), 0
)
_IDENTITY = ("id", "note_id", "deck_id", "position", "face", "key")
"""The columns in which new cards differ; they come first in the table."""
UNSEEN = tuple(_UNSEEN[name] for name in _CARD_ORDER[len(_IDENTITY) :])
"""The columns of a card after the first six, for a card that was never shown."""


def note_values(placed: PlacedNote) -> tuple[str, ...]:
    """Return the values of `NOTE_COLUMNS`."""
    note = placed.note
    content, digest = stored_form(note)
    return (
        note.kind,
        note.tier,
        note.topic,
        digest,
        f" {' '.join(note.tags)} " if note.tags else "",
        list_text(note, faces_of(note)[0]),
        content,
        searchable_text(note),
    )


def new_note(
    placed: PlacedNote, note_id: int, deck_id: int, *, retired: bool = False
) -> tuple[Any, ...]:
    """Return the row of a note that is not stored yet."""
    note = placed.note
    location = (note_id, deck_id, note.id, placed.position, note.line, 0, retired)
    return _IN_TABLE((*location, *note_values(placed)))


def learned_card(card: CardChanges, *, retired: bool = False) -> tuple[Any, ...]:
    """Return the columns of a new card after the first six, with its imported history."""
    memory = memory_values(card.memory or Memory())
    return (*memory, card.suspended, retired, card.buried_until, card.leech)


def searchable_text(note: Note) -> str:
    """Return all texts of a note for search, folded: clozes without braces, formulas in both forms."""
    parts: list[str] = []
    for value in _TEXTS[note.KIND](note):
        # Most values are texts or empty; an import of many notes spends its time here.
        if value:
            if type(value) is str:
                parts.append(value)
            else:
                _add_texts(value, parts)
    text = fill_gaps("\n".join(parts))
    shown = show_formulas(text)
    return fold_text(text if shown == text else f"{text}\n{restore_signs(shown)}")


def _add_texts(value: object, parts: list[str]) -> None:
    if isinstance(value, str):
        parts.append(value)
    elif isinstance(value, bool) or not value:
        return
    elif isinstance(value, tuple):
        for item in value:
            _add_texts(item, parts)
    elif isinstance(value, int | float):
        spelled = format_full_number(value)
        parts += dict.fromkeys((spelled, spelled.replace(",", "")))
    elif isinstance(value, Option):
        parts += (value.text, value.why, value.misconception)
    elif isinstance(value, Pair):
        parts += (value.left, value.right)
    elif isinstance(value, Point):
        parts += (value.text, *value.keywords)
