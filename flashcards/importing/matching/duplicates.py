"""Leave out decks and notes that several files have, and join decks that are in several files.

A deck belongs to one file that holds all of it. Of a note one version is imported: in Anki
a note says when it was last changed, and the newest version counts; elsewhere the version
that the store has, else that of the first file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.problem_collector import locate_problem
from flashcards.domain import formatting
from flashcards.domain.content import Problem
from flashcards.importing.reading.provenance import is_complete
from flashcards.store.comparison.import_changes import stored_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note
    from flashcards.importing.context import ImportBatch, ImportContext


def without_duplicate_decks(
    batch: ImportBatch, context: ImportContext
) -> dict[str, Bundle]:
    """Return what files hold without decks that another file holds completely.

    Of two such files the one that the deck was stored from keeps it, else the first one.
    Each deck that is left out is a problem of its file.
    """
    stored = context.active_decks
    owners = {
        key: path
        for path, keys in batch.unchanged.items()
        for key in keys
        if key in stored and is_complete(stored[key])
    }

    def rank(item: tuple[str, DeckContent]) -> tuple[bool, bool]:
        path, deck = item
        known = stored.get(deck.key)
        return (deck.is_partial, known is None or known.path != path)

    decks = [
        (path, deck) for path, bundle in batch.bundles.items() for deck in bundle.decks
    ]
    bundles = dict(batch.bundles)
    for path, deck in sorted(decks, key=rank):
        if not deck.is_partial:
            owners.setdefault(deck.key, path)
        owner = owners.get(deck.key, path)
        if owner != path:
            line, column = (0, 0) if deck.is_partial else (1, 1)
            problem = locate_problem(
                "duplicate-deck", path, line, column, key=deck.key, path=owner
            )
            bundle = bundles[path]
            bundles[path] = replace(
                bundle,
                decks=tuple(each for each in bundle.decks if each is not deck),
                problems=(*bundle.problems, problem),
            )
    return bundles


def join_decks(decks: Iterable[DeckContent]) -> list[DeckContent]:
    """Return each deck once, with the notes of all files that have some of it.

    A note that several files have is the same in each of them.
    """
    by_key: dict[str, DeckContent] = {}
    for deck in decks:
        before = by_key.get(deck.key)
        if before is None:
            by_key[deck.key] = deck
            continue
        notes = {note.id: note for note in (*before.notes, *deck.notes)}
        by_key[deck.key] = replace(
            deck,
            notes=tuple(notes.values()),
            digest=deck.digest if before.digest else "",
            derived_ids=before.derived_ids | deck.derived_ids,
            foreign_ids=before.foreign_ids | deck.foreign_ids,
            is_of_several_files=True,
        )
    return list(by_key.values())


class _Version(NamedTuple):
    """One note as one deck of one file has it."""

    path: str
    deck_number: int
    """Which deck of the file it is in, from 0."""
    deck: DeckContent
    note: Note


class _Exclusion(NamedTuple):
    """Why a version is left out."""

    path: str
    """The file whose version is imported."""
    reason: str
    """A sentence on the version that counts; empty where both are the same."""


_ExclusionsByDeck = dict[tuple[str, int], dict[str, _Exclusion]]
"""Exclusions by note id, for each deck by its path and number."""


def without_duplicate_notes(
    batch: ImportBatch, context: ImportContext
) -> dict[str, Bundle]:
    """Return what files hold, with one version of each note.

    Notes of complete decks that state their keys stay: the comparison refuses the second
    of two such files.
    """
    duplicates = _find_duplicates(batch.bundles)
    if not duplicates:
        return batch.bundles
    content = context.reader.content
    digests = {key: note.digest for key, note in content.notes(duplicates).items()}
    deck_ids = content.deck_ids_of_notes(duplicates)
    keys = {deck.deck_id: deck.key for deck in context.stored_decks}
    excluded: _ExclusionsByDeck = {}
    for note, versions in duplicates.items():
        home = keys.get(deck_ids.get(note, 0), "")
        for version, exclusion in _exclude(versions, digests.get(note, ""), home):
            of_deck = excluded.setdefault((version.path, version.deck_number), {})
            of_deck[note] = exclusion
    return {
        path: _without_excluded(path, bundle, excluded)
        for path, bundle in batch.bundles.items()
    }


def _find_duplicates(bundles: Mapping[str, Bundle]) -> dict[str, list[_Version]]:
    """Return the versions of each note that has several, by its id."""
    decks = [
        (path, number, deck)
        for path in sorted(bundles)
        for number, deck in enumerate(bundles[path].decks)
    ]
    if len(decks) < 2:  # noqa: PLR2004
        return {}
    counts = Counter(note.id for _, _, deck in decks for note in deck.notes)
    versions_by_id: dict[str, list[_Version]] = {}
    for path, number, deck in decks:
        for note in deck.notes:
            if counts[note.id] > 1:
                version = _Version(path, number, deck, note)
                versions_by_id.setdefault(note.id, []).append(version)
    return {
        note: versions
        for note, versions in versions_by_id.items()
        if not any(_is_own_deck_file(version.deck) for version in versions)
        and (_differ(versions) or len({each.deck.key for each in versions}) > 1)
    }


def _is_own_deck_file(deck: DeckContent) -> bool:
    """Return whether a deck is complete and states its key, as our deck files do."""
    return not (deck.is_partial or deck.name or deck.is_of_file)


def _differ(versions: list[_Version]) -> bool:
    return any(version.note != versions[0].note for version in versions)


def _modified_at(version: _Version) -> int:
    return version.deck.modified.get(version.note.id, 0)


def _exclude(
    versions: list[_Version], stored_digest: str, home: str
) -> Iterator[tuple[_Version, _Exclusion]]:
    """Give the versions of a note that are left out, and why.

    Args:
        versions: The versions, by path.
        stored_digest: The digest of the stored note; empty if it is new.
        home: The key of the deck that it is stored in.
    """

    def rank(version: _Version) -> tuple[bool, ...]:
        is_stored = (
            bool(stored_digest) and stored_form(version.note)[1] == stored_digest
        )
        return (not is_stored, version.deck.key != home)

    newest = max(map(_modified_at, versions))
    candidates = [each for each in versions if _modified_at(each) == newest]
    best = min(candidates, key=rank)
    if len(candidates) < len(versions):
        reason = "The newer version counts."
    elif stored_digest and stored_form(best.note)[1] == stored_digest:
        reason = "The stored version counts."
    else:
        reason = "The version there counts."
    for version in versions:
        is_same = version.note == best.note
        if version is not best and not (is_same and version.deck.key == best.deck.key):
            yield version, _Exclusion(best.path, "" if is_same else reason)


def _without_excluded(path: str, bundle: Bundle, excluded: _ExclusionsByDeck) -> Bundle:
    by_deck = [excluded.get((path, number), {}) for number in range(len(bundle.decks))]
    if not any(by_deck):
        return bundle
    decks = tuple(
        replace(deck, notes=tuple(note for note in deck.notes if note.id not in own))
        for deck, own in zip(bundle.decks, by_deck, strict=True)
    )
    counts = Counter(exclusion for own in by_deck for exclusion in own.values())
    problems = tuple(
        _warning(path, exclusion, times) for exclusion, times in counts.items()
    )
    return replace(bundle, decks=decks, problems=(*bundle.problems, *problems))


def _warning(path: str, exclusion: _Exclusion, times: int) -> Problem:
    where = "another deck of this file" if exclusion.path == path else exclusion.path
    verb = "is" if times == 1 else "are"
    message = (
        f"{formatting.count(times, 'note')} {verb} also in {where}. {exclusion.reason}"
    )
    return Problem("warning", path, 0, 0, "in-several-files", message.rstrip())
