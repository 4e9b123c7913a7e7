"""Decks by a part of their name, as dialogs ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.settings.settings import prefixes
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import DeckRow

_TOLD = 3


def candidates(text: str, decks: Sequence[DeckRow]) -> list[str]:
    """Return the decks and areas whose key or title holds a text, the best first."""
    wanted = text.casefold()
    titles = {deck.key: deck.title for deck in decks}
    keys = sorted({part for deck in decks for part in prefixes(deck.key)})
    found = [
        key
        for key in keys
        if wanted in key.casefold() or wanted in titles.get(key, "").casefold()
    ]
    return sorted(found, key=lambda key: (not key.casefold().startswith(wanted), key))


def matching(text: str, decks: Sequence[DeckRow]) -> str:
    """Return the deck or area meant; empty for all.

    Raises:
        NothingFoundError: no name holds the text.
    """
    if not text:
        return ""
    found = candidates(text, decks)
    if not found:
        raise NothingFoundError(f"No deck is called {text}.")
    return found[0]


def described(text: str, decks: Sequence[DeckRow]) -> str:
    """Return in words which decks a text means.

    Raises:
        NothingFoundError: no name holds the text.
    """
    first = matching(text, decks)
    if not first:
        return "All decks."
    others = candidates(text, decks)[1 : _TOLD + 1]
    return f"{first}, before {', '.join(others)}" if others else first
