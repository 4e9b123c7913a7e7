"""The files of an import: which are as the store has them, and what the others hold."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.decks.files import (
    digest,
    find_sources,
    is_directory,
)
from flashcards.decks.problem_collector import locate_problem
from flashcards.decks.sources import read_sources
from flashcards.disk.paths import real_path
from flashcards.domain.content import ReadOptions
from flashcards.formats.formats import ReadContext, format_to_read
from flashcards.importing.matching.join import joined
from flashcards.importing.matching.own_decks import with_own_decks
from flashcards.importing.reading import provenance
from flashcards.importing.reading.compose import composed_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent, Problem, SourceEntry
    from flashcards.formats.formats import Format
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

    ReadProgress = Callable[[str, int, int], None]
    """Is told what is being done, and how much of it is, of how much; may raise to stop."""


@dataclass
class FilesRead:
    """The files of an import as they were read."""

    files: list[Path]
    damaged: Callable[[Sequence[int]], object] = lambda _: ()
    """Returns the damaged notes of decks of the store: a file of theirs is read again."""
    formats: dict[str, Format] = field(default_factory=dict)
    """The format of each file, by path, and so below."""
    unchanged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The decks of the files that are as the store has them."""
    bundles: dict[str, Bundle] = field(default_factory=dict)
    """What the files hold that were read; without decks that another file has."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    sources: dict[str, SourceEntry] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        """The keys of the decks that the files hold."""
        found = {deck.key for each in self.bundles.values() for deck in each.decks}
        return found.union(*self.unchanged.values())

    def decks(self) -> list[DeckContent]:
        """Return the decks that were read, those that lie in several files as one."""
        return joined([deck for each in self.bundles.values() for deck in each.decks])

    def replace(self, bundles: Mapping[str, Bundle]) -> None:
        """Take what files hold in another form, with the problems that this brought."""
        for name, bundle in bundles.items():
            told = len(self.bundles[name].problems)
            self.problems[name] += bundle.problems[told:]
        self.bundles = dict(sorted(bundles.items()))


def read_files(
    files: list[Path],
    known: Sequence[StoredDeck],
    reader: Reader,
    given: ReadOptions,
    reading: ReadContext,
    progress: ReadProgress | None,
) -> FilesRead:
    """Return the files of an import as they were read.

    Args:
        files: The files.
        known: The decks of the store, retired ones too.
        reader: Reads the store.
        given: The deck key that the one file gets in place of its own (before the keys of
            its decks where it has several), and the format to read every file as.
        reading: What formats need to know.
        progress: Is told how much is read.
    """
    read = FilesRead(files, reader.content.damaged_in)
    stored = [deck for deck in known if not deck.retired]
    stored_by_path: dict[str, list[StoredDeck]] = {}
    for deck in stored:
        stored_by_path.setdefault(deck.path, []).append(deck)
    bibliographies: set[Path] = set()
    for index, path in enumerate(files):
        if progress:
            progress("reading", index, len(files))
        decks = stored_by_path.get(str(path), ())
        found = _format_of(path, given.given_format, decks)
        read.formats[str(path)] = found
        sources = find_sources(path) if found.is_whole else None
        if sources and sources not in bibliographies:
            bibliographies.add(sources)
            entries, problems = read_sources(sources)
            read.sources.update({entry.key: entry for entry in entries})
            read.problems.setdefault(str(path), []).extend(problems)
        told = replace(reading, progress=_part(progress, index, len(files)))
        _read_file(read, path, decks, given, told)
    for path in _files_that_may_share(read, stored):
        del read.unchanged[str(path)]
        decks = stored_by_path[str(path)]
        _read_file(read, path, decks, given, reading, is_forced=True)
    read.replace(with_own_decks(read.bundles, known, reader))
    _leave_out_doubles(read, stored)
    return read


def _files_that_may_share(read: FilesRead, stored: Sequence[StoredDeck]) -> list[Path]:
    """Return the unchanged files that may have decks or notes in common with those read.

    Only together do they show which wording of a note counts, each time the same one.
    """
    decks = [deck for bundle in read.bundles.values() for deck in bundle.decks]
    if not any(deck.is_partial for deck in decks):
        return []
    paths = {deck.path for deck in stored if deck.is_partial}
    return [path for path in read.files if str(path) in read.unchanged.keys() & paths]


def _part(
    progress: ReadProgress | None, index: int, files: int
) -> Callable[[int, int], None] | None:
    """Return what a format tells how far it is in one of several files."""
    if progress is None:
        return None
    if files > 1:
        return lambda _done, _total: progress("reading", index, files)
    return lambda done, total: progress("reading", done, total)


def _read_file(
    read: FilesRead,
    path: Path,
    stored: Sequence[StoredDeck],
    given: ReadOptions,
    reading: ReadContext,
    *,
    is_forced: bool = False,
) -> None:
    """Read one file, where it is not as the store has it.

    Args:
        read: Takes what is read.
        path: The file.
        stored: The decks that came from this path.
        given: The deck key and the format that this import gives it.
        reading: What the format needs to know.
        is_forced: Whether to read it even then.
    """
    name = str(path)
    file_format = read.formats[name]
    is_asked = is_forced or given.given_key or not stored
    found = "" if is_asked else digest(path)
    if provenance.is_read_alike(
        stored, found, file_format, reading
    ) and not read.damaged([deck.deck_id for deck in stored]):
        read.unchanged[name] = tuple(deck.key for deck in stored)
        return
    read_options = ReadOptions(
        given.given_key or provenance.given_key(stored),
        given.given_format or provenance.given_format(stored),
        file_format.name,
        reading.options,
        file_format.reader_version,
    )
    reading = replace(reading, into=read_options.given_key)
    bundle = composed_bundle(file_format.module.read(path, reading))
    if gc.isenabled():
        # What was read stays; the collector need not look through it again and again.
        # Where it is off, as under the screens, this would only keep garbage for ever.
        gc.freeze()
    read.problems.setdefault(name, []).extend(bundle.problems)
    read.sources.update({entry.key: entry for entry in bundle.sources})
    read.bundles[name] = provenance.with_provenance(bundle, read_options, stored)


def _format_of(path: Path, given: str, stored: Sequence[StoredDeck]) -> Format:
    """Return the format to read a file as: the one given now or before, else a guess."""
    return format_to_read(path, given or provenance.given_format(stored))


def _leave_out_doubles(read: FilesRead, stored: Sequence[StoredDeck]) -> None:
    """Report every deck that another file is all there is of; the one stored so far stays."""
    homes = {deck.key: deck.path for deck in stored}
    whole = {deck.key for deck in stored if provenance.is_whole(deck)}
    owners = {
        key: name
        for name, keys in read.unchanged.items()
        for key in keys
        if key in whole
    }
    found = [
        (name, deck) for name, bundle in read.bundles.items() for deck in bundle.decks
    ]
    found.sort(key=lambda item: (item[1].is_partial, homes.get(item[1].key) != item[0]))
    for name, deck in found:
        if not deck.is_partial:
            owners.setdefault(deck.key, name)
        owner = owners.get(deck.key, name)
        if owner != name:
            place = (0, 0) if deck.is_partial else (1, 1)
            fault = locate_problem(
                "duplicate-deck", name, *place, key=deck.key, path=owner
            )
            read.problems[name].append(fault)
            bundle = read.bundles[name]
            kept = tuple(each for each in bundle.decks if each is not deck)
            read.bundles[name] = replace(bundle, decks=kept)


def missing_decks(
    places: Sequence[Path], read: FilesRead, stored: Sequence[StoredDeck]
) -> list[str]:
    """Return the stored decks whose deck files are gone, or hold others now.

    A file of another program that is gone takes nothing along.
    """
    directories = [real_path(path) for path in places if is_directory(path)]
    here = read.keys
    return [
        deck.key
        for deck in stored
        if deck.key not in here
        and provenance.is_whole(deck)
        and (_holds_others(deck, read) or _is_missing(Path(deck.path), directories))
    ]


def _holds_others(deck: StoredDeck, read: FilesRead) -> bool:
    # A file with faults retires nothing.
    bundle = read.bundles.get(deck.path)
    return (
        bundle is not None
        and bool(bundle.decks)
        and all(each.digest and not each.is_partial for each in bundle.decks)
    )


def _is_missing(path: Path, directories: Sequence[Path]) -> bool:
    try:
        place = real_path(path)
        return any(map(place.is_relative_to, directories)) and not place.exists()
    except OSError:
        # It may well be there, where nobody may look.
        return False
