"""The files of an import: which are as the store has them, and what the others hold."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.decks.faults import located
from flashcards.decks.files import digest, find_sources, real_path
from flashcards.decks.sources import read_sources
from flashcards.exchange.formats import Reading, format_to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.content import DeckContent, Problem, SourceEntry
    from flashcards.store.rows import KnownDeck

    Told = Callable[[str, int, int], None]
    """Is told what is being done, and how much of it is, of how much."""

INTO = "into:"
"""Begins the digest of a deck whose key was given in the import, not by its file."""


@dataclass
class FilesRead:
    """The files of an import as they were read."""

    files: list[Path]
    formats: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, str] = field(default_factory=dict)
    """Deck by path of the files that are as the store has them."""
    decks: dict[str, DeckContent] = field(default_factory=dict)
    """Deck content by path of the files that were read."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    sources: dict[str, SourceEntry] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        """The keys of the decks that the files hold."""
        return {deck.key for deck in self.decks.values()}.union(self.unchanged.values())


def read_files(
    files: list[Path],
    stored: Sequence[KnownDeck],
    into: str,
    file_format: str,
    reading: Reading,
    progress: Told | None,
) -> FilesRead:
    """Return the files of an import as they were read.

    Args:
        files: The deck files.
        stored: The decks of the store that are in use.
        into: The deck key that the one file gets in place of its own.
        file_format: The format to read every file as; by suffix where it is empty.
        reading: What formats need to know.
        progress: Is told how many files are read.
    """
    read = FilesRead(files)
    stored_by_path: dict[str, list[KnownDeck]] = {}
    for deck in stored:
        stored_by_path.setdefault(deck.path, []).append(deck)
    bibliographies: set[Path] = set()
    for index, path in enumerate(files):
        if progress:
            progress("reading", index, len(files))
        sources = find_sources(path)
        if sources and sources not in bibliographies:
            bibliographies.add(sources)
            entries, problems = read_sources(sources)
            read.sources.update({entry.key: entry for entry in entries})
            read.problems.setdefault(str(path), []).extend(problems)
        known = stored_by_path.get(str(path), ())
        _read_deck(read, path, known, into, file_format, reading)
    _leave_out_doubles(read, stored)
    return read


def _read_deck(
    read: FilesRead,
    path: Path,
    stored: Sequence[KnownDeck],
    into: str,
    file_format: str,
    reading: Reading,
) -> None:
    """Read one file, where it is not as the store has it.

    Args:
        read: Takes what is read.
        path: The file.
        stored: The decks that came from this path.
        into: The deck key to give it.
        file_format: The format to read it as.
        reading: What the format needs to know.
    """
    name = str(path)
    found = format_to_read(path, file_format)
    read.formats[name] = found.name
    known = _unchanged(path, stored) if stored and not into else ""
    if known:
        read.unchanged[name] = known
        return
    bundle = found.module.read(path, reading)
    # What was read stays; the collector need not look through it again and again.
    gc.freeze()
    read.problems.setdefault(name, []).extend(bundle.problems)
    for deck in bundle.decks:
        read.decks[name] = _renamed(deck, into or _remembered_key(deck, stored))


def _unchanged(path: Path, stored: Sequence[KnownDeck]) -> str:
    """Return the key of the deck that is stored just as the file has it, else nothing."""
    found = digest(path)
    for deck in stored:
        if found and deck.digest.removeprefix(INTO) == found:
            return deck.key
    return ""


def _remembered_key(deck: DeckContent, stored: Sequence[KnownDeck]) -> str:
    """Return the key under which a file was imported before: its own, or one given then."""
    if all(known.key != deck.key for known in stored):
        for known in stored:
            # A file with faults leaves no digest to tell, and keeps its deck.
            if known.digest.startswith(INTO) or not known.digest:
                return known.key
    return deck.key


def _renamed(deck: DeckContent, key: str) -> DeckContent:
    if deck.key == key:
        return deck
    return replace(deck, key=key, digest=deck.digest and f"{INTO}{deck.digest}")


def _leave_out_doubles(read: FilesRead, stored: Sequence[KnownDeck]) -> None:
    """Report every file whose deck is in another file too; the one stored so far stays."""
    homes = {deck.key: deck.path for deck in stored}
    owners = {key: name for name, key in read.unchanged.items()}
    by_home = sorted(
        read.decks.items(), key=lambda item: homes.get(item[1].key) != item[0]
    )
    for name, deck in by_home:
        owner = owners.setdefault(deck.key, name)
        if owner != name:
            fault = located("duplicate-deck", name, 1, 1, key=deck.key, path=owner)
            read.problems[name].append(fault)
            del read.decks[name]


def gone_decks(
    places: Sequence[Path], read: FilesRead, stored: Sequence[KnownDeck]
) -> list[str]:
    """Return the stored decks whose files are gone, or hold another deck now."""
    directories = [real_path(path) for path in places if path.is_dir()]
    here = read.keys
    return [
        deck.key
        for deck in stored
        if deck.key not in here
        and deck.path
        and (_holds_another(deck, read) or _is_missing(Path(deck.path), directories))
    ]


def _holds_another(deck: KnownDeck, read: FilesRead) -> bool:
    # A file with faults retires nothing.
    return deck.path in read.decks and bool(read.decks[deck.path].digest)


def _is_missing(path: Path, directories: Sequence[Path]) -> bool:
    try:
        place = real_path(path)
        return any(map(place.is_relative_to, directories)) and not place.exists()
    except OSError:
        # It may well be there, where nobody may look.
        return False
