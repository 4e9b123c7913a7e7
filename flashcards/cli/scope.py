"""Which cards a command line means: deck keys or prefixes, and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from flashcards.domain.cards import Scope
from flashcards.domain.settings.settings import prefixes
from flashcards.errors import NothingFoundError
from flashcards.text.deck_keys import key_as_typed
from flashcards.text.folding import fold_text, near_names

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashcards.store.reader import Reader


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

    Args:
        decks: Keys or leading parts of keys, as they are typed.
        known: The keys of all decks.
        tags: Tags that notes have, from `tags_of`.
        topics: Slugs of topics, from `topics_of`.

    Raises:
        NothingFoundError: a deck is not known; suggests what is near.
    """
    keys = tuple(_key(deck) for deck in decks)
    possible = {prefix: None for key in known for prefix in prefixes(key)}
    for key in keys:
        if key not in possible:
            raise NothingFoundError(_unknown(key, list(possible)))
    return Scope(
        decks=keys,
        tags=tuple(normalize("NFC", tag) for tag in tags),
        topics=tuple(topics),
    )


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
    return _missing(
        f"There is no deck {key}.", key, possible, "flashcards decks lists them."
    )


def tags_of(typed: Sequence[str], reader: Reader) -> tuple[str, ...]:
    """Return the tags meant, as the notes have them, whatever their case.

    Raises:
        NothingFoundError: no note has one of them; suggests what is near.
    """
    if not typed:
        return ()
    return _meant(
        typed, [(tag, tag) for tag in reader.search.tags()], "No card has the tag {}."
    )


def topics_of(typed: Sequence[str], reader: Reader) -> tuple[str, ...]:
    """Return the slugs of the topics meant, by their slug or title.

    Raises:
        NothingFoundError: no deck has one of them; suggests what is near.
    """
    if not typed:
        return ()
    names = [
        (name, slug)
        for topics in reader.cards.topics().values()
        for slug, title in topics
        for name in (slug, title)
    ]
    return _meant(typed, names, "No deck has the topic {}.")


def _meant(
    typed: Sequence[str], names: Sequence[tuple[str, str]], nothing: str
) -> tuple[str, ...]:
    """Return what names stand for; several may differ in their case alone."""
    found: dict[str, None] = {}
    for one in typed:
        meant = [value for name, value in names if fold_text(name) == fold_text(one)]
        if not meant:
            known = [name for name, _ in names]
            raise NothingFoundError(_missing(nothing.format(one), one, known))
        found.update(dict.fromkeys(meant))
    return tuple(found)


def _missing(
    sentence: str, typed: str, known: Sequence[str], otherwise: str = ""
) -> str:
    near = near_names(typed, known)
    hint = f"Did you mean {' or '.join(near)}?" if near else otherwise
    return f"{sentence} {hint}".rstrip()
