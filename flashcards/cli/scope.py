"""Which cards a command line means: deck keys or prefixes, and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cards import Scope
from flashcards.deck_keys import key_as_typed
from flashcards.errors import NothingFoundError
from flashcards.settings import prefixes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def add_decks(parser: argparse.ArgumentParser) -> None:
    """Add the deck arguments to a parser."""
    parser.add_argument(
        "decks",
        nargs="*",
        metavar="DECK",
        help="a deck's key or its leading part, such as metrics (default: every deck)",
    )


def scope_of(
    decks: Sequence[str],
    known: Sequence[str],
    tags: Sequence[str] = (),
    topics: Sequence[str] = (),
) -> Scope:
    """Return the scope of deck arguments, each of which must mean a known deck.

    Raises:
        NothingFoundError: one does not; suggests what is near.
    """
    keys = tuple(_key(deck) for deck in decks)
    possible = {prefix: None for key in known for prefix in prefixes(key)}
    for key in keys:
        if key not in possible:
            raise NothingFoundError(_unknown(key, list(possible)))
    return Scope(decks=keys, tags=tuple(tags), topics=tuple(topics))


def keys_in(scope: Scope, known: Sequence[str]) -> list[str]:
    """Return the known deck keys that a scope means, in their order."""
    if not scope.decks:
        return list(known)
    wanted = set(scope.decks)
    return [key for key in known if wanted.intersection(prefixes(key))]


def _key(deck: str) -> str:
    return key_as_typed(deck.strip().strip("/").replace("::", "/"))


def _unknown(key: str, possible: list[str]) -> str:
    if not possible:
        return (
            f"There is no deck {key}: the store is empty. flashcards import fills it."
        )
    near = _near(key, possible)
    if near:
        return f"There is no deck {key}. Did you mean {' or '.join(near)}?"
    return f"There is no deck {key}. flashcards decks lists them."


def _near(key: str, possible: list[str]) -> list[str]:
    from difflib import get_close_matches

    within = [deck for deck in possible if key and key in deck]
    last_parts = {deck.rpartition("/")[2]: deck for deck in possible}
    close = get_close_matches(key, [*possible, *last_parts], n=2)
    found = within + [last_parts.get(deck, deck) for deck in close]
    return list(dict.fromkeys(found))[:2]
