"""Finding decks by a part of their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.settings.settings import prefixes
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import DeckRow

_SHOWN_OTHERS = 3


def find_decks(text: str, decks: Sequence[DeckRow]) -> list[str]:
    """Return the keys of decks and areas whose key or title contains a text, best first."""
    query = text.casefold()
    titles = {deck.key: deck.title for deck in decks}
    keys = sorted({part for deck in decks for part in prefixes(deck.key)})
    matches = [
        key
        for key in keys
        if query in key.casefold() or query in titles.get(key, "").casefold()
    ]
    return sorted(matches, key=lambda key: (not key.casefold().startswith(query), key))


def find_deck(text: str, decks: Sequence[DeckRow]) -> str:
    """Return the key of the best match; empty for an empty text, which means all decks.

    Raises:
        NothingFoundError: no name contains the text.
    """
    if not text:
        return ""
    matches = find_decks(text, decks)
    if not matches:
        raise NothingFoundError(f"No deck matches {text}.")
    return matches[0]


def describe_decks(text: str, decks: Sequence[DeckRow]) -> str:
    """Return which deck a text selects, with the next matches.

    Raises:
        NothingFoundError: no name contains the text.
    """
    first = find_deck(text, decks)
    if not first:
        return "All decks."
    others = find_decks(text, decks)[1 : _SHOWN_OTHERS + 1]
    return f"{first}; also matches {', '.join(others)}" if others else first
