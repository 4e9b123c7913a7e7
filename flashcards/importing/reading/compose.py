"""What a file brings in composed characters (NFC), whatever form its writer uses.

The same word in another form would be found by no search, tag or name of a picture. Ids of
notes stay as they are: those of earlier imports were made of the form in the file.
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

_AS_THEY_ARE = frozenset(("id", "line", "links", "requires", "seeds"))


def composed_bundle(bundle: Bundle) -> Bundle:
    """Return a bundle whose texts, tags and names of media are in NFC; the same one if they are."""
    decks = tuple(map(_composed_deck, bundle.decks))
    media = tuple(
        file if _is_composed(file.name) else replace(file, name=_composed(file.name))
        for file in bundle.media
    )
    sources = _composed(bundle.sources)
    if decks == bundle.decks and media == bundle.media and sources is bundle.sources:
        return bundle
    return replace(bundle, decks=decks, media=media, sources=sources)


def _composed_deck(deck: DeckContent) -> DeckContent:
    notes = _composed_notes(deck.notes)
    title, description = _composed(deck.title), _composed(deck.description)
    topics = _composed(deck.topics)
    before = (deck.notes, deck.title, deck.description, deck.topics)
    after = (notes, title, description, topics)
    if all(one is other for one, other in zip(before, after, strict=True)):
        return deck
    return replace(
        deck, notes=notes, title=title, description=description, topics=topics
    )


def _composed_notes(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    # Nearly all are composed: to see that takes a fraction of the time of composing.
    if all(map(_has_composed_texts, notes)):
        return notes
    return tuple(map(_composed, notes))


def _has_composed_texts(note: Note) -> bool:
    for each in _VALUES[note.KIND](note):
        # Most values are empty or ASCII.
        if not each:
            continue
        if type(each) is str:
            if not (each.isascii() or _is_composed(each)):
                return False
        elif each is not True and not _is_composed_value(each):
            return False
    return True


@lru_cache(maxsize=1000)
def _is_composed_value(value: Any) -> bool:
    """Return whether every text in a value is in NFC; many notes share tags and sources."""
    return _composed(value) is value


def _composed(value: Any) -> Any:
    """Return a value with every text in it in NFC; the same object where they are."""
    kind = type(value)
    if kind is str:
        return value if _is_composed(value) else normalize("NFC", value)
    if kind is tuple:
        found = tuple(map(_composed, value))
        is_same = all(one is other for one, other in zip(found, value, strict=True))
        return value if is_same else found
    if not value or not is_dataclass(kind):
        return value
    changed = {
        name: text
        for name in _names_of(kind)
        if (old := getattr(value, name)) and (text := _composed(old)) is not old
    }
    if "tags" in changed:
        changed["tags"] = tuple(dict.fromkeys(changed["tags"]))
    return replace(value, **changed) if changed else value


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name not in _AS_THEY_ARE)


def _is_composed(text: str) -> bool:
    return text.isascii() or is_normalized("NFC", text)


_VALUES = {
    name: attrgetter(
        *(each.name for each in fields(kind) if each.name not in _AS_THEY_ARE)
    )
    for name, kind in NOTE_KINDS.items()
}
"""Returns the values of a note of a kind that may need composing."""
