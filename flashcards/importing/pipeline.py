"""Importing files and directories: plan what they change, and carry the plan out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.content import ReadOptions
from flashcards.errors import NothingFoundError, UsageError
from flashcards.formats.common.rules import faults_of
from flashcards.formats.formats import ReadContext, readable_suffixes
from flashcards.importing.histories.collection_data import (
    problems_of_rest,
    with_collection_data,
)
from flashcards.importing.histories.learning import with_learning
from flashcards.importing.matching.foreign_ids import with_ids_apart, with_own_ids
from flashcards.importing.matching.match_decks import with_matched_keys
from flashcards.importing.matching.match_notes import with_matched_ids
from flashcards.importing.matching.own_exports import StoredFields
from flashcards.importing.matching.rivals import without_rivals
from flashcards.importing.media import MediaPlanner
from flashcards.importing.preview.import_preview import ImportOptions, ImportPreview
from flashcards.importing.preview.report import FileReport, ImportResult, reports_of
from flashcards.importing.reading.find_files import (
    find_files,
    place_of,
    tables_passed_over,
)
from flashcards.importing.reading.provenance import is_whole
from flashcards.importing.reading.read_files import FilesRead, missing_decks, read_files
from flashcards.store.comparison.compare import compare_bundle
from flashcards.text.deck_keys import is_deck_key, key_as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.importing.reading.read_files import ReadProgress
    from flashcards.store.reader import Reader
    from flashcards.store.store import Store


def preview_files(
    paths: Sequence[Path],
    wishes: ImportOptions,
    *,
    reader: Reader,
    settings: Settings,
    media: Path,
    moment: Moment,
    day_of: Callable[[int], int],
    progress: ReadProgress | None = None,
) -> ImportPreview:
    """Return what importing files and directories would do.

    A stored deck whose file is gone from an imported directory, or holds another deck now,
    gives up its notes to the decks that have them, and is retired.

    Args:
        paths: Files and directories.
        wishes: How they are to be imported.
        reader: Reads the store as it is.
        settings: The options of decks.
        media: The directory that keeps pictures and sounds.
        moment: Now.
        day_of: Returns the study day of an instant in Unix milliseconds.
        progress: Is told how far the reading is; may raise to stop it.

    Raises:
        NothingFoundError: the paths hold no file that can be imported.
        UsageError: there is no such format, or `into` is not possible.
    """
    # The store keeps where a deck came from, for later starts in other directories.
    places = [place_of(path) for path in paths]
    files = find_files(places)
    known = reader.content.decks()
    stored = [deck for deck in known if not deck.retired]
    if not files and not missing_decks(places, FilesRead([]), stored):
        raise NothingFoundError(
            f"No file to import ({', '.join(readable_suffixes())}) is in "
            f"{', '.join(str(path) for path in paths)}."
        )
    into = key_as_typed(wishes.into)
    if into:
        _check_into(into, files)
    separators = settings.obsidian
    reading = ReadContext(
        day_of, moment, separators=separators, options=separators.as_line()
    )
    given = ReadOptions(into, wishes.file_format)
    read = read_files(files, known, reader, given, reading, progress)
    kept = [deck.key for deck in stored if is_whole(deck)]
    by_key = {deck.key: deck for deck in stored}
    keeping = MediaPlanner(media)
    stored_fields = StoredFields(by_key, reader, reading)
    bundles = {}
    for name, bundle in read.bundles.items():
        found = keeping.placed(bundle, name)
        if not into:
            found = with_matched_keys(found, by_key, read.keys, reader)
        found = stored_fields.complete(found)
        found = with_own_ids(found, known, reader)
        found = with_matched_ids(found, by_key, reader)
        bundles[name] = stored_fields.complete(found, are_known=True)
    bundles = with_ids_apart(bundles, reader)
    read.replace(without_rivals(bundles, reader))
    decks = read.decks()
    gone = missing_decks(places, read, stored)
    plan = compare_bundle(
        reader.content.stored_state(decks, gone=gone),
        decks,
        gone=gone,
        kept=kept,
        sources=list(read.sources.values()),
    )
    for name, bundle in read.bundles.items():
        read.problems[name] += problems_of_rest(name, bundle, reader)
    for adding in (with_learning, with_collection_data):
        plan = adding(
            plan,
            read.bundles.values(),
            reader=reader,
            settings=settings,
            day_of=day_of,
            moment=moment,
        )
    met = {*map(str, files), *(deck.path for deck in stored)}
    passed = [path for path in tables_passed_over(places) if str(path) not in met]
    reports = (*reports_of(read, plan, reader), *map(_passed_over, passed))
    refused = wishes.strict and any(
        problem.severity == "error" for report in reports for problem in report.problems
    )
    label = f"import of {', '.join(str(path) for path in places)}"
    return ImportPreview(plan, reports, label, refused, keeping.plan)


def apply_import(
    plan: ImportPreview,
    *,
    store: Callable[[], Store],
    moment: Moment,
    progress: ReadProgress | None = None,
) -> ImportResult:
    """Import what was planned, as one step, and return what was done.

    Args:
        plan: What to do, from `preview_files`.
        store: Returns the store; asked for only where something changes.
        moment: Now.
        progress: Is told how far the importing is; where it raises, nothing is imported.

    Raises:
        FlashcardsError: the decks were changed in another window since the plan was made,
            or a picture or sound cannot be kept.
    """
    if plan.refused:
        return plan.result(dry_run=False)
    # Before the notes that name them, so that no note names what is not there.
    plan.media.write()
    if plan.sync.changes_nothing:
        return plan.result(dry_run=False)

    def told(done: int, total: int) -> None:
        if progress:
            progress("importing", done, total)

    report = store().apply(plan.sync, moment, told, label=plan.label)
    return plan.result(dry_run=False, operation_id=report.operation_id)


def _passed_over(path: Path) -> FileReport:
    faults = faults_of(str(path))
    faults.add_at("passed-over", 1, 1)
    return FileReport(str(path), "", (), problems=tuple(faults.problems))


def _check_into(into: str, files: list[Path]) -> None:
    if not is_deck_key(into):
        raise UsageError(f"{into} is not a deck key such as metrics/classification.")
    if len(files) != 1:
        raise UsageError("--into takes one file.")
