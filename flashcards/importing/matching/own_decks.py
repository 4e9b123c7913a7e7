"""Which deck of the store each deck of a file is, so that no two are merged in silence.

A deck that a file names is the same in every file; a deck called after its file, and one
of which a file is all there is, belongs to that file as long as the file exists. Where two
decks would have one key, the later one gets another, and the import says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import Problem
from flashcards.formats.common.naming import (
    SEPARATOR,
    deck_key,
    first_release_key,
    is_same_name,
    name_mark,
    scoped_id,
    with_suffix,
)
from flashcards.importing.matching.likeness import likeness_of
from flashcards.importing.matching.match_notes import is_gone, renamed_by_deck
from flashcards.text.deck_keys import MOST_PARTS, is_deck_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

_FIRST_RELEASE = 0
_JSON = "json"
"""The format that brings decks of other programs back, under the names they have there."""
_DIRECTORIES = 2
"""How many directories above a file may name its deck."""


def with_own_decks(
    bundles: Mapping[str, Bundle], stored: Sequence[StoredDeck], reader: Reader
) -> dict[str, Bundle]:
    """Return what files hold, each deck under the key of its own deck of the store.

    Args:
        bundles: What the files hold, by path.
        stored: Every deck of the store, retired ones too.
        reader: Reads the store.
    """
    keys = _Keys(stored, reader)
    bundles = {path: keys.named_apart(bundle) for path, bundle in bundles.items()}
    waiting = [
        _Read(path, place, deck)
        for path in sorted(bundles)
        for place, deck in enumerate(bundles[path].decks)
    ]
    # What the store knows comes first: a new deck never takes the key of an old one.
    steps = (
        keys.stated,
        keys.known,
        keys.restored,
        keys.known_to_first_release,
        keys.alike,
        keys.new,
    )
    for find in steps:
        left = []
        for read in waiting:
            key = keys.named.get(_name(read.deck)) or find(read.deck)
            if key:
                keys.take(read, key)
            else:
                left.append(read)
        waiting = left
    return {path: keys.applied(path, bundle) for path, bundle in bundles.items()}


class _Read(NamedTuple):
    """One deck of one file."""

    path: str
    place: int
    """Which deck of the file it is."""
    deck: DeckContent


@dataclass(slots=True)
class _Keys:
    """The keys that the decks of an import get."""

    stored: Sequence[StoredDeck]
    reader: Reader
    by_key: dict[str, StoredDeck] = field(init=False)
    owners: dict[str, DeckContent] = field(default_factory=dict)
    """The first deck of the import that has a key."""
    named: dict[str, str] = field(default_factory=dict)
    """The key of each deck of the import that its name tells in every file, by name."""
    taken: dict[tuple[str, int], str] = field(default_factory=dict)
    """The key of each deck, by path and place in the file."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key = {deck.key: deck for deck in self.stored}

    def take(self, read: _Read, key: str) -> None:
        """Give a deck its key."""
        self.taken[read.path, read.place] = key
        self.owners.setdefault(key, read.deck)
        deck = read.deck
        name = _name(deck)
        if name:
            self.named[name] = key
        elif deck.has_stated_key and deck.name and not deck.is_of_file:
            self.named.setdefault(deck.name, key)

    def named_apart(self, bundle: Bundle) -> Bundle:
        """Return what a file holds, with a name for each deck whose key a file's deck has."""
        decks = tuple(
            replace(deck, name=deck.key.replace("/", SEPARATOR))
            if self._is_named_apart(deck)
            else deck
            for deck in bundle.decks
        )
        return replace(bundle, decks=decks)

    def stated(self, deck: DeckContent) -> str:
        """Return the key that a file or a person states; that one counts everywhere."""
        return deck.key if _has_stated_key(deck) else ""

    def known(self, deck: DeckContent) -> str:
        """Return the key of the stored deck that has this very name, or file."""
        for known in self.stored:
            if known.name and known.name == deck.name:
                is_tied = _is_tied_in_store(known)
                if _is_tied(deck):
                    if is_tied and known.path == deck.path:
                        return known.key
                elif not is_tied:
                    return known.key
        return ""

    def restored(self, deck: DeckContent) -> str:
        """Return the key of the deck of this file that came back with JSON of everything."""
        for known in self.stored:
            if (
                known.format == _JSON
                and known.name == deck.name
                and known.is_of_file
                and deck.is_of_file
                and known.key not in self.owners
                and likeness_of(deck, known, self.reader).may_go_on
            ):
                return known.key
        return ""

    def known_to_first_release(self, deck: DeckContent) -> str:
        """Return the key of the deck that the first release stored for this one."""
        for key in (deck.key, first_release_key(deck.name)):
            known, owner = self.by_key.get(key), self.owners.get(key)
            if known is None or known.reader_version != _FIRST_RELEASE:
                continue
            if owner is not None and not self._is_one(deck, owner):
                continue
            if _is_tied(deck):
                if known.path == deck.path:
                    return key
            elif known.is_partial and known.title == deck.title:
                return key
        return ""

    def alike(self, deck: DeckContent) -> str:
        """Return the key that the name makes, where the deck of that key is this one."""
        owner, known = self.owners.get(deck.key), self.by_key.get(deck.key)
        if owner is not None:
            return deck.key if self._is_one(deck, owner) else ""
        if known is None:
            return ""
        if not _is_tied(deck):
            is_named = not known.is_of_file and is_same_name(known.name, deck.name)
            return deck.key if is_named else ""
        # A person may have put another file into this one's deck.
        is_free = is_gone(known) or bool(known.given_key)
        may_go_on = is_free or known.path == deck.path
        is_same = may_go_on and likeness_of(deck, known, self.reader).may_go_on
        return deck.key if is_same else ""

    def new(self, deck: DeckContent) -> str:
        """Return a key that no deck has yet; say so where it is not that of the name."""
        owner, known = self.owners.get(deck.key), self.by_key.get(deck.key)
        if owner is not None and self._is_one(deck, owner):
            return deck.key
        wanted = deck.key if _is_tied(deck) else deck_key(deck.name)
        if owner is None and known is None:
            self._tell_if_merged(deck)
            if wanted != deck.key:
                self._tell_taken(deck, wanted, deck.path, deck.key)
            return deck.key
        first = known.path if known else owner.path if owner else ""
        key = next(
            key
            for key in _other_keys(deck, first)
            if key not in self.owners and key not in self.by_key
        )
        self._tell_taken(deck, wanted, first, key)
        return key

    def applied(self, path: str, bundle: Bundle) -> Bundle:
        """Return what a file holds under the keys that its decks got."""
        keys = [self.taken[path, place] for place in range(len(bundle.decks))]
        ids = [
            # The same words in two decks are two notes.
            {note: scoped_id(key, note) for note in deck.derived_ids}
            if key != deck.key
            else {}
            for key, deck in zip(keys, bundle.decks, strict=True)
        ]
        found = renamed_by_deck(bundle, ids)
        decks = (
            replace(deck, key=key) if key != deck.key else deck
            for key, deck in zip(keys, found.decks, strict=True)
        )
        problems = (*bundle.problems, *self.problems.get(path, ()))
        return replace(found, decks=tuple(decks), problems=problems)

    def _is_one(self, deck: DeckContent, owner: DeckContent) -> bool:
        """Tell whether two decks of an import are parts of one."""
        if _is_tied(deck) or _is_tied(owner):
            return deck.path == owner.path
        return is_same_name(deck.name, owner.name)

    def _is_named_apart(self, deck: DeckContent) -> bool:
        """Tell whether a key that another program's file states belongs to a file's deck.

        An export of that deck goes back to it.
        """
        known = self.by_key.get(deck.key)
        if (
            known is None
            or not known.is_of_file
            or known.given_key
            or deck.read_options.format == _JSON
            or not (deck.is_partial and _has_stated_key(deck))
            or deck.read_options.given_key
        ):
            return False
        name = deck.key.replace("/", SEPARATOR)
        if any(
            each.name == name and not _is_tied_in_store(each) for each in self.stored
        ):
            return True
        return not likeness_of(deck, known, self.reader).is_copy

    def _tell_taken(self, deck: DeckContent, wanted: str, path: str, key: str) -> None:
        self._tell(
            deck,
            "key-taken",
            f"The deck key `{wanted}` belongs to another deck of {path}, so "
            f"{deck.name} is the deck `{key}`. Give another key with --into.",
        )

    def _tell_if_merged(self, deck: DeckContent) -> None:
        key = first_release_key(deck.name)
        known = self.by_key.get(key)
        if (
            known
            and key != deck.key
            and known.reader_version == _FIRST_RELEASE
            and known.title != deck.title
            and known.path == deck.path
        ):
            self._tell(
                deck,
                "parted-deck",
                f"An earlier version had {deck.name} in the deck `{key}` too. Its notes "
                f"go to the deck `{deck.key}`, with their history.",
            )

    def _tell(self, deck: DeckContent, rule: str, message: str) -> None:
        problem = Problem("warning", deck.path, 0, 0, rule, message)
        self.problems.setdefault(deck.path, []).append(problem)


def _has_stated_key(deck: DeckContent) -> bool:
    is_named = bool(deck.name) or deck.is_of_file
    return bool(deck.read_options.given_key) or deck.has_stated_key or not is_named


def _name(deck: DeckContent) -> str:
    """Return the name that tells a deck in every file; empty where none does."""
    return "" if _has_stated_key(deck) or _is_tied(deck) else deck.name


def _is_tied(deck: DeckContent) -> bool:
    """Tell whether a deck is the one of its file alone."""
    return not _has_stated_key(deck) and (deck.is_of_file or not deck.is_partial)


def _is_tied_in_store(known: StoredDeck) -> bool:
    return known.is_of_file or not known.is_partial


def _other_keys(deck: DeckContent, first: str) -> Iterator[str]:
    """Give keys for a deck whose own one is taken, the most readable ones first.

    Args:
        deck: The deck.
        first: The file of the deck that has the key.
    """
    path = PurePath(deck.path)
    if _is_tied(deck) and path.parent == PurePath(first).parent:
        yield with_suffix(deck.key, deck_key(path.suffix.strip("."), "/"))
    elif _is_tied(deck):
        key = deck.key
        for directory in path.parent.parts[: -_DIRECTORIES - 1 : -1]:
            key = f"{deck_key(directory, '/')}/{key}"
            if key.count("/") < MOST_PARTS and is_deck_key(key):
                yield key
    else:
        yield with_suffix(deck.key, name_mark(deck.name))
    for number in count(2):
        yield with_suffix(deck.key, str(number))
