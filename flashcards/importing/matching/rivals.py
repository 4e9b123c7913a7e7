"""One wording of each note that several files or decks of an import have.

In Anki a note says when it was last changed, and the newest wording counts. Elsewhere the
one that the store has stays, else that of the first file counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain import formatting
from flashcards.domain.content import Problem
from flashcards.store.comparison.import_changes import stored_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Note
    from flashcards.store.reader import Reader


class _Version(NamedTuple):
    """One note as one deck of one file has it."""

    path: str
    place: int
    """Which deck of the file it is in."""
    deck: DeckContent
    note: Note


class _Outdone(NamedTuple):
    """Why a version does not count."""

    path: str
    """The file whose version counts."""
    why: str
    """Completes the sentence on the notes that are left out; empty for the same words."""


def without_rivals(bundles: Mapping[str, Bundle], reader: Reader) -> dict[str, Bundle]:
    """Return what files hold, with one version of each note.

    Notes of decks that state their keys and are whole stay: two such files are both ours,
    and the import refuses the second one.

    Args:
        bundles: What the files hold, by path.
        reader: Reads the store.
    """
    several = _several(bundles)
    if not several:
        return dict(bundles)
    digests = {key: note.digest for key, note in reader.content.notes(several).items()}
    homes = reader.content.note_homes(several)
    keys = {deck.deck_id: deck.key for deck in reader.content.decks()}
    out: dict[tuple[str, int], dict[str, _Outdone]] = {}
    for note, versions in several.items():
        home = keys.get(homes.get(note, 0), "")
        for version, outdone in _outdone(versions, digests.get(note, ""), home):
            out.setdefault((version.path, version.place), {})[note] = outdone
    return {path: _without(path, bundle, out) for path, bundle in bundles.items()}


def _several(bundles: Mapping[str, Bundle]) -> dict[str, list[_Version]]:
    """Return the versions of the notes that have several."""
    places = [
        (path, place, deck)
        for path in sorted(bundles)
        for place, deck in enumerate(bundles[path].decks)
    ]
    if len(places) < 2:  # noqa: PLR2004
        return {}
    counted = Counter(note.id for _, _, deck in places for note in deck.notes)
    found: dict[str, list[_Version]] = {}
    for path, place, deck in places:
        for note in deck.notes:
            if counted[note.id] > 1:
                version = _Version(path, place, deck, note)
                found.setdefault(note.id, []).append(version)
    return {
        note: versions
        for note, versions in found.items()
        if not any(_is_ours(version.deck) for version in versions)
        and (_differ(versions) or len({each.deck.key for each in versions}) > 1)
    }


def _is_ours(deck: DeckContent) -> bool:
    return not (deck.is_partial or deck.name or deck.is_of_file)


def _differ(versions: list[_Version]) -> bool:
    return any(version.note != versions[0].note for version in versions)


def _modified(version: _Version) -> int:
    return version.deck.modified.get(version.note.id, 0)


def _outdone(
    versions: list[_Version], digest: str, home: str
) -> Iterator[tuple[_Version, _Outdone]]:
    """Give the versions that do not count, and why."""

    def rank(version: _Version) -> tuple[bool, ...]:
        is_stored = bool(digest) and stored_form(version.note)[1] == digest
        return (not is_stored, version.deck.key != home)

    newest = max(map(_modified, versions))
    candidates = [each for each in versions if _modified(each) == newest]
    best = min(candidates, key=rank)
    if len(candidates) < len(versions):
        why = "which are newer and count"
    elif digest and stored_form(best.note)[1] == digest:
        why = "which are stored already and count"
    else:
        why = "which come first and count"
    for version in versions:
        is_same = version.note == best.note
        if version is not best and not (is_same and version.deck.key == best.deck.key):
            why = "" if is_same else f", in other words, {why}"
            yield version, _Outdone(best.path, why)


def _without(
    path: str, bundle: Bundle, out: Mapping[tuple[str, int], Mapping[str, _Outdone]]
) -> Bundle:
    outdone = [out.get((path, place), {}) for place in range(len(bundle.decks))]
    if not any(outdone):
        return bundle
    decks = tuple(
        replace(deck, notes=tuple(note for note in deck.notes if note.id not in own))
        for deck, own in zip(bundle.decks, outdone, strict=True)
    )
    counted = Counter(reason for own in outdone for reason in own.values())
    problems = tuple(_told(path, reason, times) for reason, times in counted.items())
    return replace(bundle, decks=decks, problems=(*bundle.problems, *problems))


def _told(path: str, reason: _Outdone, times: int) -> Problem:
    place = "another deck of this file" if reason.path == path else reason.path
    verb = "is" if times == 1 else "are"
    message = f"{formatting.count(times, 'note')} {verb} also in {place}{reason.why}."
    return Problem("warning", path, 0, 0, "in-several-files", message)
