"""Read the files that changed since the last import."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.decks.files import digest, find_sources, is_directory
from flashcards.decks.sources import read_sources
from flashcards.disk.paths import real_path
from flashcards.domain.content import ReadOptions
from flashcards.formats.formats import format_to_read
from flashcards.importing.context import ImportBatch
from flashcards.importing.reading import provenance
from flashcards.importing.reading.normalize_text import normalize_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.importing.context import ImportContext, ImportProgressCallback
    from flashcards.store.rows import StoredDeck


def read_changed_files(files: list[Path], context: ImportContext) -> ImportBatch:
    """Return the files of an import; those that the store already has are not read.

    Their texts are in composed characters (NFC), and their decks know how they were read.

    Args:
        files: The files.
        context: The options of this import, and the store.

    Raises:
        UsageError: there is no such format.
    """
    batch = ImportBatch(files)
    decks_by_path: dict[str, list[StoredDeck]] = {}
    for deck in context.active_decks.values():
        decks_by_path.setdefault(deck.path, []).append(deck)
    bibliographies: set[Path] = set()
    for index, path in enumerate(files):
        if context.progress:
            context.progress("reading", index, len(files))
        decks = decks_by_path.get(str(path), ())
        file_format = format_to_read(
            path, context.read_options.given_format or provenance.previous_format(decks)
        )
        batch.formats[str(path)] = file_format
        sources = find_sources(path) if file_format.is_whole else None
        if sources and sources not in bibliographies:
            bibliographies.add(sources)
            entries, problems = read_sources(sources)
            batch.sources.update({entry.key: entry for entry in entries})
            batch.problems.setdefault(str(path), []).extend(problems)
        if _is_unchanged(path, decks, batch, context):
            batch.unchanged[str(path)] = tuple(deck.key for deck in decks)
        else:
            report = _progress_within(context.progress, index, len(files))
            _read_file(path, decks, batch, context, report)
    for path in _files_that_may_share(batch, context):
        del batch.unchanged[str(path)]
        _read_file(path, decks_by_path[str(path)], batch, context)
    return batch


def _is_unchanged(
    path: Path,
    stored: Sequence[StoredDeck],
    batch: ImportBatch,
    context: ImportContext,
) -> bool:
    """Return whether the store has a file as it is; one with damaged notes is read again."""
    if context.read_options.given_key or not stored:
        return False
    file_format = batch.formats[str(path)]
    return provenance.is_unchanged(
        stored, digest(path), file_format, context.reading
    ) and not context.reader.content.damaged_in([deck.deck_id for deck in stored])


def _read_file(
    path: Path,
    stored: Sequence[StoredDeck],
    batch: ImportBatch,
    context: ImportContext,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Read one file into the batch.

    Args:
        path: The file.
        stored: The decks that came from this path.
        batch: Takes the bundle.
        context: The options of this import.
        progress: Called with how much of the file is read, and of how much.
    """
    name = str(path)
    given, file_format = context.read_options, batch.formats[name]
    options = ReadOptions(
        given.given_key or provenance.previous_key(stored),
        given.given_format or provenance.previous_format(stored),
        file_format.name,
        context.reading.options,
        file_format.reader_version,
    )
    reading = replace(context.reading, into=options.given_key, progress=progress)
    bundle = normalize_bundle(file_format.module.read(path, reading))
    if gc.isenabled():
        # Spares the collector from scanning what stays in memory anyway. Where it is off,
        # as under the screens, freezing would only keep garbage for ever.
        gc.freeze()
    batch.sources.update({entry.key: entry for entry in bundle.sources})
    batch.bundles[name] = provenance.with_provenance(bundle, options, stored)


def _progress_within(
    progress: ImportProgressCallback | None, index: int, files: int
) -> Callable[[int, int], None] | None:
    """Return what a format calls with how far it is in one of several files."""
    if progress is None:
        return None
    if files > 1:
        return lambda _done, _total: progress("reading", index, files)
    return lambda done, total: progress("reading", done, total)


def _files_that_may_share(batch: ImportBatch, context: ImportContext) -> list[Path]:
    """Return the unchanged files that may have decks or notes in common with those read.

    Which version of a note counts can only be decided from all of its files together.
    """
    decks = [deck for bundle in batch.bundles.values() for deck in bundle.decks]
    if not any(deck.is_partial for deck in decks):
        return []
    paths = {deck.path for deck in context.active_decks.values() if deck.is_partial}
    return [path for path in batch.files if str(path) in batch.unchanged.keys() & paths]


def missing_decks(
    paths: Sequence[Path], batch: ImportBatch, context: ImportContext
) -> list[str]:
    """Return the keys of stored decks whose deck files are gone, or hold other decks now.

    A missing file of another program retires nothing.

    Args:
        paths: The paths of the import; only files below its directories can be missing.
        batch: What the files hold.
        context: The store.
    """
    directories = [real_path(path) for path in paths if is_directory(path)]
    keys = batch.keys
    return [
        deck.key
        for deck in context.active_decks.values()
        if deck.key not in keys
        and provenance.is_complete(deck)
        and (
            _holds_other_decks(deck, batch) or _is_missing(Path(deck.path), directories)
        )
    ]


def _holds_other_decks(deck: StoredDeck, batch: ImportBatch) -> bool:
    # A file with faults retires nothing.
    bundle = batch.bundles.get(deck.path)
    return (
        bundle is not None
        and bool(bundle.decks)
        and all(each.digest and not each.is_partial for each in bundle.decks)
    )


def _is_missing(path: Path, directories: Sequence[Path]) -> bool:
    try:
        file = real_path(path)
        return any(map(file.is_relative_to, directories)) and not file.exists()
    except OSError:
        # A file in a directory without permission may well exist.
        return False
