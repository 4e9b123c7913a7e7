"""Assign to each deck of a file the key of the stored deck that it is, or a new key.

A deck that a file names is the same deck in every file. A deck named after its file, and
one that a file holds completely, belongs to that file as long as the file exists. Where two
different decks would get one key, the later one gets another key, and a warning says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import Problem
from flashcards.formats.common.naming import (
    SEPARATOR,
    is_same_name,
    short_name_hash,
    to_deck_key,
    to_first_release_key,
    to_scoped_id,
    with_suffix,
)
from flashcards.importing.matching.deck_overlap import compare_with_stored
from flashcards.importing.matching.match_notes import (
    is_file_missing,
    rename_notes_by_deck,
)
from flashcards.text.deck_keys import MOST_PARTS, is_deck_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.importing.context import ImportBatch, ImportContext
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

_FIRST_RELEASE = 0
_JSON = "json"
"""The format that restores decks of other programs under the names they have there."""
_DIRECTORIES = 2
"""How many directories above a file may name its deck."""


def with_assigned_keys(batch: ImportBatch, context: ImportContext) -> dict[str, Bundle]:
    """Return what files hold, each deck under the key of its stored deck, or a new key."""
    keys = _KeyAssignment(context.stored_decks, context.reader)
    bundles = {
        path: keys.with_distinct_names(bundle) for path, bundle in batch.bundles.items()
    }
    open_decks = [
        _FileDeck(path, number, deck)
        for path in sorted(bundles)
        for number, deck in enumerate(bundles[path].decks)
    ]
    # What the store has comes first: a new deck never takes the key of an old one.
    searches = (
        keys.find_stated,
        keys.find_stored,
        keys.find_restored,
        keys.find_of_first_release,
        keys.find_similar,
        keys.make_new,
    )
    for find_key in searches:
        unassigned = []
        for file_deck in open_decks:
            key = keys.by_name.get(_name(file_deck.deck)) or find_key(file_deck.deck)
            if key:
                keys.assign(file_deck, key)
            else:
                unassigned.append(file_deck)
        open_decks = unassigned
    return {path: keys.apply(path, bundle) for path, bundle in bundles.items()}


class _FileDeck(NamedTuple):
    """One deck of one file."""

    path: str
    number: int
    """Which deck of the file it is, from 0."""
    deck: DeckContent


@dataclass(slots=True)
class _KeyAssignment:
    """The keys that the decks of an import get."""

    stored: Sequence[StoredDeck]
    """Every deck of the store, retired ones too."""
    reader: Reader
    by_key: dict[str, StoredDeck] = field(init=False)
    owners: dict[str, DeckContent] = field(default_factory=dict)
    """The first deck of the import that has a key."""
    by_name: dict[str, str] = field(default_factory=dict)
    """Keys of the decks of the import whose name identifies them in every file, by name."""
    assigned: dict[tuple[str, int], str] = field(default_factory=dict)
    """The key of each deck, by its path and number."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key = {deck.key: deck for deck in self.stored}

    def assign(self, file_deck: _FileDeck, key: str) -> None:
        """Give a deck its key."""
        deck = file_deck.deck
        self.assigned[file_deck.path, file_deck.number] = key
        self.owners.setdefault(key, deck)
        name = _name(deck)
        if name:
            self.by_name[name] = key
        elif deck.has_stated_key and deck.name and not deck.is_of_file:
            self.by_name.setdefault(deck.name, key)

    def with_distinct_names(self, bundle: Bundle) -> Bundle:
        """Return a bundle that names each deck whose stated key is another file's deck."""
        decks = tuple(
            replace(deck, name=deck.key.replace("/", SEPARATOR))
            if self._needs_name(deck)
            else deck
            for deck in bundle.decks
        )
        return replace(bundle, decks=decks)

    def find_stated(self, deck: DeckContent) -> str:
        """Return the key that a file or a person states; it always counts."""
        return deck.key if _has_stated_key(deck) else ""

    def find_stored(self, deck: DeckContent) -> str:
        """Return the key of the stored deck that has the same name, or the same file."""
        for known in self.stored:
            if known.name and known.name == deck.name:
                is_tied = _is_tied_in_store(known)
                if _is_tied(deck):
                    if is_tied and known.path == deck.path:
                        return known.key
                elif not is_tied:
                    return known.key
        return ""

    def find_restored(self, deck: DeckContent) -> str:
        """Return the key of the deck of this file that a full JSON import brought back."""
        for known in self.stored:
            if (
                known.format == _JSON
                and known.name == deck.name
                and known.is_of_file
                and deck.is_of_file
                and known.key not in self.owners
                and compare_with_stored(deck, known, self.reader).is_likely_same
            ):
                return known.key
        return ""

    def find_of_first_release(self, deck: DeckContent) -> str:
        """Return the key of the deck that the first release stored for this one."""
        for key in (deck.key, to_first_release_key(deck.name)):
            known, owner = self.by_key.get(key), self.owners.get(key)
            if known is None or known.reader_version != _FIRST_RELEASE:
                continue
            if owner is not None and not self._is_same_deck(deck, owner):
                continue
            if _is_tied(deck):
                if known.path == deck.path:
                    return key
            elif known.is_partial and known.title == deck.title:
                return key
        return ""

    def find_similar(self, deck: DeckContent) -> str:
        """Return the key made from the name, if the deck that has it is this one."""
        owner, known = self.owners.get(deck.key), self.by_key.get(deck.key)
        if owner is not None:
            return deck.key if self._is_same_deck(deck, owner) else ""
        if known is None:
            return ""
        if not _is_tied(deck):
            if known.is_of_file:
                # An export of the deck, such as a package, names it by its key.
                is_same = compare_with_stored(deck, known, self.reader).is_copy
            else:
                is_same = is_same_name(known.name, deck.name)
            return deck.key if is_same else ""
        # With --into a person may have put another file into the deck.
        is_free = is_file_missing(known) or bool(known.given_key)
        may_be_same = is_free or known.path == deck.path
        is_same = (
            may_be_same and compare_with_stored(deck, known, self.reader).is_likely_same
        )
        return deck.key if is_same else ""

    def make_new(self, deck: DeckContent) -> str:
        """Return a key that no deck has yet; warn where it is not the key of the name."""
        owner, known = self.owners.get(deck.key), self.by_key.get(deck.key)
        if owner is not None and self._is_same_deck(deck, owner):
            return deck.key
        name_key = deck.key if _is_tied(deck) else to_deck_key(deck.name)
        if owner is None and known is None:
            self._warn_if_split(deck)
            if name_key != deck.key:
                self._warn_of_taken_key(deck, name_key, deck.path, deck.key)
            return deck.key
        first = known.path if known else owner.path if owner else ""
        key = next(
            key
            for key in _other_keys(deck, first)
            if key not in self.owners and key not in self.by_key
        )
        self._warn_of_taken_key(deck, name_key, first, key)
        return key

    def apply(self, path: str, bundle: Bundle) -> Bundle:
        """Return what a file holds, its decks under their assigned keys."""
        keys = [self.assigned[path, number] for number in range(len(bundle.decks))]
        ids = [
            # The same words in two decks are two notes.
            {note: to_scoped_id(key, note) for note in deck.derived_ids}
            if key != deck.key
            else {}
            for key, deck in zip(keys, bundle.decks, strict=True)
        ]
        renamed = rename_notes_by_deck(bundle, ids)
        decks = (
            replace(deck, key=key) if key != deck.key else deck
            for key, deck in zip(keys, renamed.decks, strict=True)
        )
        problems = (*bundle.problems, *self.problems.get(path, ()))
        return replace(renamed, decks=tuple(decks), problems=problems)

    def _is_same_deck(self, deck: DeckContent, owner: DeckContent) -> bool:
        """Return whether two decks of an import are parts of one deck."""
        if _is_tied(deck) or _is_tied(owner):
            return deck.path == owner.path
        return is_same_name(deck.name, owner.name)

    def _needs_name(self, deck: DeckContent) -> bool:
        """Return whether the key that another program's file states is another file's deck.

        An export of that deck needs no name: it goes back to the deck.
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
        return not compare_with_stored(deck, known, self.reader).is_copy

    def _warn_of_taken_key(
        self, deck: DeckContent, name_key: str, path: str, key: str
    ) -> None:
        self._warn(
            deck,
            "key-taken",
            f"The deck key `{name_key}` belongs to another deck of {path}, so "
            f"{deck.name} is the deck `{key}`. Give another key with `--into`.",
        )

    def _warn_if_split(self, deck: DeckContent) -> None:
        key = to_first_release_key(deck.name)
        known = self.by_key.get(key)
        if (
            known
            and key != deck.key
            and known.reader_version == _FIRST_RELEASE
            and known.title != deck.title
            and known.path == deck.path
        ):
            self._warn(
                deck,
                "parted-deck",
                f"An earlier version put {deck.name} into the deck `{key}` too. Its notes "
                f"move to the deck `{deck.key}` with their history.",
            )

    def _warn(self, deck: DeckContent, rule: str, message: str) -> None:
        problem = Problem("warning", deck.path, 0, 0, rule, message)
        self.problems.setdefault(deck.path, []).append(problem)


def _has_stated_key(deck: DeckContent) -> bool:
    is_named = bool(deck.name) or deck.is_of_file
    return bool(deck.read_options.given_key) or deck.has_stated_key or not is_named


def _name(deck: DeckContent) -> str:
    """Return the name that identifies a deck in every file; empty if it has none."""
    return "" if _has_stated_key(deck) or _is_tied(deck) else deck.name


def _is_tied(deck: DeckContent) -> bool:
    """Return whether a deck belongs to its file alone."""
    return not _has_stated_key(deck) and (deck.is_of_file or not deck.is_partial)


def _is_tied_in_store(known: StoredDeck) -> bool:
    return known.is_of_file or not known.is_partial


def _other_keys(deck: DeckContent, first: str) -> Iterator[str]:
    """Give other keys for a deck whose key is taken, the most readable ones first.

    Args:
        deck: The deck.
        first: The file of the deck that has the key.
    """
    path = PurePath(deck.path)
    if _is_tied(deck) and path.parent == PurePath(first).parent:
        yield with_suffix(deck.key, to_deck_key(path.suffix.strip("."), "/"))
    elif _is_tied(deck):
        key = deck.key
        for directory in path.parent.parts[: -_DIRECTORIES - 1 : -1]:
            key = f"{to_deck_key(directory, '/')}/{key}"
            if key.count("/") < MOST_PARTS and is_deck_key(key):
                yield key
    else:
        yield with_suffix(deck.key, short_name_hash(deck.name))
    for number in count(2):
        yield with_suffix(deck.key, str(number))
