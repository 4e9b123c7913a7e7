"""Resolve the decks, tags and topics named on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from flashcards.domain.cards import Scope
from flashcards.errors import NothingFoundError
from flashcards.text.deck_keys import list_prefixes, normalize_key
from flashcards.text.folding import find_similar_names, fold_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashcards.store.reader import Reader


def add_deck_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments DECK, none or several, to a parser."""
    parser.add_argument(
        "decks",
        nargs="*",
        metavar="DECK",
        help="key of a deck, or its beginning, such as metrics (default: every deck)",
    )


def resolve_scope(
    decks: Sequence[str],
    known_keys: Sequence[str],
    tags: Sequence[str] = (),
    topics: Sequence[str] = (),
) -> Scope:
    """Return the scope of deck arguments, tags and topics.

    Args:
        decks: Deck keys or their leading parts, as typed.
        known_keys: The keys of all decks.
        tags: Existing tags, from `resolve_tags`.
        topics: Slugs of existing topics, from `resolve_topics`.

    Raises:
        NothingFoundError: a deck does not exist; the message suggests similar ones.
    """
    keys = tuple(_normalize_key(deck) for deck in decks)
    known = {prefix: None for key in known_keys for prefix in list_prefixes(key)}
    for key in keys:
        if key not in known:
            raise NothingFoundError(_unknown_deck(key, list(known)))
    return Scope(
        decks=keys,
        tags=tuple(normalize("NFC", tag) for tag in tags),
        topics=tuple(topics),
    )


def deck_keys_in(scope: Scope, known_keys: Sequence[str]) -> list[str]:
    """Return the deck keys that a scope includes, in their given order."""
    if not scope.decks:
        return list(known_keys)
    scope_keys = set(scope.decks)
    return [key for key in known_keys if scope_keys.intersection(list_prefixes(key))]


def resolve_tags(names: Sequence[str], reader: Reader) -> tuple[str, ...]:
    """Return the tags with the given names, ignoring case, spelled as the notes have them.

    Raises:
        NothingFoundError: no note has a tag; the message suggests similar ones.
    """
    if not names:
        return ()
    return _resolve(
        names, [(tag, tag) for tag in reader.search.tags()], "No card has the tag {}."
    )


def resolve_topics(names: Sequence[str], reader: Reader) -> tuple[str, ...]:
    """Return the slugs of the topics with the given slugs or titles, ignoring case.

    Raises:
        NothingFoundError: no deck has a topic; the message suggests similar ones.
    """
    if not names:
        return ()
    slugs_by_name = [
        (name, slug)
        for topics in reader.cards.topics().values()
        for slug, title in topics
        for name in (slug, title)
    ]
    return _resolve(names, slugs_by_name, "No deck has the topic {}.")


def _resolve(
    names: Sequence[str], candidates: Sequence[tuple[str, str]], message: str
) -> tuple[str, ...]:
    """Return the values of all candidates whose name matches, ignoring case.

    Args:
        names: Names as typed.
        candidates: Pairs of a name and its value; several names may differ only in case.
        message: Error message for a name that matches nothing, with `{}` for the name.

    Raises:
        NothingFoundError: a name matches nothing.
    """
    values: dict[str, None] = {}
    for name in names:
        matches = [
            value
            for candidate, value in candidates
            if fold_text(candidate) == fold_text(name)
        ]
        if not matches:
            known = [candidate for candidate, _ in candidates]
            hint = _suggest(name, known)
            raise NothingFoundError(f"{message.format(name)} {hint}".rstrip())
        values.update(dict.fromkeys(matches))
    return tuple(values)


def _normalize_key(deck: str) -> str:
    return normalize_key(deck.strip().strip("/").replace("::", "/"))


def _unknown_deck(key: str, known_keys: list[str]) -> str:
    if not known_keys:
        return f"No deck named {key}: the store is empty. Import decks with `flashcards import`."
    hint = _suggest(key, known_keys) or "List the decks with `flashcards decks`."
    return f"No deck named {key}. {hint}"


def _suggest(name: str, known_names: Sequence[str]) -> str:
    """Return a question that names similar names, empty if there are none."""
    similar = find_similar_names(name, known_names)
    return f"Did you mean {' or '.join(similar)}?" if similar else ""
