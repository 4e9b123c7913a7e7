"""Normalize the texts of a file to composed characters (NFC).

Otherwise searches, tags and names of pictures would not match the same word in another
form. Ids of notes stay as they are: earlier imports made them from the form in the file.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized, normalize

from flashcards.domain.content import NOTE_KINDS

if TYPE_CHECKING:
    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note

_NOT_NORMALIZED = frozenset(("id", "line", "links", "requires", "seeds"))


def normalize_bundle(bundle: Bundle) -> Bundle:
    """Return a bundle with its texts, tags and media names in NFC; the same bundle if they are."""
    decks = tuple(map(_normalize_deck, bundle.decks))
    media = tuple(
        file
        if _is_normalized_text(file.name)
        else replace(file, name=_normalize(file.name))
        for file in bundle.media
    )
    sources = _normalize(bundle.sources)
    if decks == bundle.decks and media == bundle.media and sources is bundle.sources:
        return bundle
    return replace(bundle, decks=decks, media=media, sources=sources)


def _normalize_deck(deck: DeckContent) -> DeckContent:
    notes = _normalize_notes(deck.notes)
    title, description = _normalize(deck.title), _normalize(deck.description)
    topics = _normalize(deck.topics)
    before = (deck.notes, deck.title, deck.description, deck.topics)
    after = (notes, title, description, topics)
    if all(one is other for one, other in zip(before, after, strict=True)):
        return deck
    return replace(
        deck, notes=notes, title=title, description=description, topics=topics
    )


def _normalize_notes(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    # Nearly all notes are in NFC already: checking takes a fraction of the time.
    if all(map(_is_normalized_note, notes)):
        return notes
    return tuple(map(_normalize, notes))


def _is_normalized_note(note: Note) -> bool:
    for value in _VALUES[note.KIND](note):
        # Most values are empty or ASCII.
        if not value:
            continue
        if type(value) is str:
            if not (value.isascii() or _is_normalized_text(value)):
                return False
        elif value is not True and not _is_normalized_value(value):
            return False
    return True


@lru_cache(maxsize=1000)
def _is_normalized_value(value: Any) -> bool:
    """Return whether all texts in a value are in NFC; cached, as notes share tags and sources."""
    return _normalize(value) is value


def _normalize(value: Any) -> Any:
    """Return a value with all texts in NFC; the same object if they are already."""
    kind = type(value)
    if kind is str:
        return value if _is_normalized_text(value) else normalize("NFC", value)
    if kind is tuple:
        normalized = tuple(map(_normalize, value))
        is_same = all(
            one is other for one, other in zip(normalized, value, strict=True)
        )
        return value if is_same else normalized
    if not value or not is_dataclass(kind):
        return value
    changed = {
        name: text
        for name in _text_fields(kind)
        if (old := getattr(value, name)) and (text := _normalize(old)) is not old
    }
    if "tags" in changed:
        changed["tags"] = tuple(dict.fromkeys(changed["tags"]))
    return replace(value, **changed) if changed else value


@cache
def _text_fields(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name not in _NOT_NORMALIZED)


def _is_normalized_text(text: str) -> bool:
    return text.isascii() or is_normalized("NFC", text)


_VALUES = {
    name: attrgetter(
        *(each.name for each in fields(kind) if each.name not in _NOT_NORMALIZED)
    )
    for name, kind in NOTE_KINDS.items()
}
"""Return the values of a note that may need normalizing, by its kind."""
