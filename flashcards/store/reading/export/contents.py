"""What the store hands back: decks as they would be written, and what was learned of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace

from flashcards.domain.bundle import CardHistory
from flashcards.domain.content import DeckContent, Note
from flashcards.domain.note_json import note_from_json
from flashcards.store.reader import Reader
from flashcards.store.rows import StoredDeck


def deck_contents(
    reader: Reader, keys: Collection[str] | None = None
) -> list[DeckContent]:
    """Return stored decks with their notes, ready to be written to files.

    Args:
        reader: The store.
        keys: Keys of decks; None means every deck.
    """
    with reader.snapshot():
        return [
            _deck_content(reader, deck)
            for deck in reader.content.decks()
            if not deck.retired and (keys is None or deck.key in keys)
        ]


def retired_contents(reader: Reader, keys: Collection[str]) -> list[DeckContent]:
    """Return the decks that have retired notes, with those alone.

    Args:
        reader: The store.
        keys: Keys of decks; ones that are retired themselves too.
    """
    decks = {deck.deck_id: deck for deck in reader.content.decks() if deck.key in keys}
    notes: dict[int, list[Note]] = {}
    for number, content in reader.learning.retired_contents(decks):
        notes.setdefault(number, []).append(note_from_json(content))
    return [
        replace(_head(deck), notes=tuple(notes[number]))
        for number, deck in decks.items()
        if number in notes
    ]


def histories(reader: Reader, decks: Collection[int]) -> Iterator[CardHistory]:
    """Yield the histories of cards, in the order of their keys.

    Args:
        reader: The store.
        decks: Numbers of decks.
    """
    for card in reader.learning.learned_cards(decks):
        yield CardHistory(
            card=card.key,
            reviews=card.reviews,
            memory=card.memory,
            is_exact=True,
            anchors=card.anchors,
            suspended=card.suspended,
            buried_until=card.buried_until,
            leech=card.leech,
        )


def _deck_content(reader: Reader, deck: StoredDeck) -> DeckContent:
    notes = [
        note_from_json(content, line)
        for content, line in reader.content.note_contents(deck.deck_id)
    ]
    return replace(_head(deck), notes=tuple(notes))


def _head(deck: StoredDeck) -> DeckContent:
    return DeckContent(
        key=deck.key,
        title=deck.title,
        notes=(),
        description=deck.description,
        version=deck.version,
        license=deck.license,
        topics=tuple((slug, title) for slug, title in json.loads(deck.topics)),
        path=deck.path,
        digest=deck.digest,
        name=deck.name,
        is_of_file=deck.is_of_file,
    )
