"""Import files in two calls: preview what they change, then apply the preview.

`preview_files` shows every step of an import in its order. The steps before the comparison
each turn the bundles of a batch into other bundles, without writing anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.errors import NothingFoundError, UsageError
from flashcards.formats.common.rules import new_collector
from flashcards.formats.formats import readable_suffixes
from flashcards.importing.context import ImportBatch
from flashcards.importing.histories.collection_data import (
    with_collection_data,
    with_collection_warnings,
)
from flashcards.importing.histories.learning import with_learning
from flashcards.importing.matching.assign_keys import with_assigned_keys
from flashcards.importing.matching.duplicates import (
    join_decks,
    without_duplicate_decks,
    without_duplicate_notes,
)
from flashcards.importing.matching.foreign_ids import with_distinct_ids, with_scoped_ids
from flashcards.importing.matching.match_decks import with_matched_keys
from flashcards.importing.matching.match_notes import with_matched_ids
from flashcards.importing.matching.stored_fields import StoredFields
from flashcards.importing.media import MediaNamer
from flashcards.importing.preview.changed_decks import list_changed_decks
from flashcards.importing.preview.import_preview import ImportPreview
from flashcards.importing.preview.summary import (
    FileSummary,
    ImportResult,
    summarize_files,
)
from flashcards.importing.reading.find_files import (
    find_files,
    find_skipped_tables,
    normalize_path,
)
from flashcards.importing.reading.provenance import is_complete
from flashcards.importing.reading.read_files import missing_decks, read_changed_files
from flashcards.store.comparison.compare import compare_bundle
from flashcards.text.deck_keys import is_deck_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.clock import Moment
    from flashcards.importing.context import ImportContext, ImportProgressCallback
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.store import Store

    Step = Callable[[ImportBatch, ImportContext], dict[str, Bundle]]
    """Returns what the files hold after the step, by path."""


def preview_files(paths: Sequence[Path], context: ImportContext) -> ImportPreview:
    """Return what importing files and directories would change.

    A stored deck whose file is gone from an imported directory, or holds another deck now,
    is retired; its notes move to the decks that have them.

    Args:
        paths: Files and directories.
        context: The options of the import, and what its steps need to know.

    Raises:
        NothingFoundError: the paths hold no file that can be imported.
        UsageError: there is no such format, or `into` is not possible.
    """
    # The store remembers where a deck came from, for later starts in other directories.
    paths = [normalize_path(path) for path in paths]
    files = _find_files(paths, context)
    media = MediaNamer(context.media_directory)
    stored_fields = StoredFields(context)
    # Reads the files that changed, in composed characters (NFC), with their provenance.
    batch = read_changed_files(files, context)
    steps: tuple[Step, ...] = (
        with_assigned_keys,
        without_duplicate_decks,
        media.with_final_names,
        with_matched_keys,
        stored_fields.complete_edited,
        with_scoped_ids,
        with_matched_ids,
        stored_fields.complete_matched,
        with_distinct_ids,
        without_duplicate_notes,
        with_collection_warnings,
    )
    for step in steps:
        batch.bundles = dict(sorted(step(batch, context).items()))
    changes = _compare(paths, batch, context)
    changes = with_learning(changes, batch.bundles.values(), context)
    changes = with_collection_data(changes, batch.bundles.values(), context)
    summaries = (
        *summarize_files(batch, changes, context.reader),
        *_skipped_tables(paths, files, context),
    )
    return ImportPreview(
        changes,
        summaries,
        label=f"import of {_listed(paths)}",
        refused=context.options.strict and _has_errors(summaries),
        media=media.new_media,
        decks=list_changed_decks(changes, context.reader)
        if context.options.lists_changes
        else (),
    )


def apply_import(
    preview: ImportPreview,
    *,
    store: Callable[[], Store],
    moment: Moment,
    progress: ImportProgressCallback | None = None,
) -> ImportResult:
    """Apply a preview as one operation and return what was done.

    Args:
        preview: What to do, from `preview_files`.
        store: Returns the store; called only if something changes.
        moment: Now.
        progress: Called with how much is imported; if it raises, nothing is imported.

    Raises:
        FlashcardsError: the decks were changed in another window since the preview,
            or a picture or sound cannot be saved.
    """
    if preview.refused:
        return preview.result(dry_run=False)
    # Before the notes that name them, so that no note names a file that is not there.
    preview.media.write()
    if preview.changes.is_empty:
        return preview.result(dry_run=False)

    def report_progress(done: int, total: int) -> None:
        if progress:
            progress("importing", done, total)

    applied = store().apply(
        preview.changes, moment, report_progress, label=preview.label
    )
    return preview.result(dry_run=False, operation_id=applied.operation_id)


def _find_files(paths: Sequence[Path], context: ImportContext) -> list[Path]:
    files = find_files(paths)
    if not files and not missing_decks(paths, ImportBatch([]), context):
        raise NothingFoundError(
            f"No file to import ({', '.join(readable_suffixes())}) is in "
            f"{_listed(paths)}."
        )
    into = context.read_options.given_key
    if into and not is_deck_key(into):
        raise UsageError(f"{into} is not a deck key such as metrics/classification.")
    if into and len(files) != 1:
        raise UsageError("`--into` takes one file.")
    return files


def _compare(
    paths: Sequence[Path], batch: ImportBatch, context: ImportContext
) -> ImportChanges:
    """Compare the decks of all files with the stored ones."""
    decks = join_decks(
        deck for bundle in batch.bundles.values() for deck in bundle.decks
    )
    gone = missing_decks(paths, batch, context)
    return compare_bundle(
        context.reader.content.stored_state(decks, gone=gone),
        decks,
        gone=gone,
        complete=[
            key for key, deck in context.active_decks.items() if is_complete(deck)
        ],
        sources=list(batch.sources.values()),
    )


def _skipped_tables(
    paths: Sequence[Path], files: Sequence[Path], context: ImportContext
) -> Iterator[FileSummary]:
    """Give a summary with a warning for each table that does not look like cards."""
    known = {
        *map(str, files),
        *(deck.path for deck in context.active_decks.values()),
    }
    for path in find_skipped_tables(paths):
        if str(path) not in known:
            collector = new_collector(str(path))
            collector.add_at("passed-over", 1, 1)
            yield FileSummary(str(path), "", (), problems=tuple(collector.problems))


def _has_errors(summaries: Sequence[FileSummary]) -> bool:
    return any(
        problem.severity == "error"
        for summary in summaries
        for problem in summary.problems
    )


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(map(str, paths))
