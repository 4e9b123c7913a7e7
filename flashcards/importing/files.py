"""Importing files and directories: plan what they change, and carry the plan out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.decks.head import DECK_KEY
from flashcards.errors import NothingFoundError, UsageError
from flashcards.exchange.formats import Reading, keeps_decks, readable_suffixes
from flashcards.importing.choices import without_decks
from flashcards.importing.finding import find_files
from flashcards.importing.reading import gone_decks, read_files
from flashcards.importing.renaming import known_by_wording
from flashcards.importing.report import (
    FileReport,
    ImportResult,
    counts_of,
    reports_of,
)
from flashcards.store.sync import plan_sync

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from flashcards.clock import Moment
    from flashcards.importing.reading import Told
    from flashcards.store.plan import SyncPlan
    from flashcards.store.reader import Reader
    from flashcards.store.store import Store


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants files to be imported."""

    strict: bool = False
    """Import nothing where any file has an error."""
    into: str = ""
    """The deck key that the one file gets in place of its own, now and whenever it is
    imported again; before the keys of its decks where it has several."""
    file_format: str = ""
    """The format to read every file as; by suffix where it is empty."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, before anything is written."""

    sync: SyncPlan
    files: tuple[FileReport, ...]
    label: str
    """What undo calls the import."""
    refused: bool
    """True where `strict` met an error, so that nothing can be imported."""

    def without_decks(self, keys: Collection[str]) -> ImportPlan:
        """Return the plan that leaves some decks as they are stored."""
        if not keys:
            return self
        sync = without_decks(self.sync, keys)
        read = {deck.source for deck in self.sync.decks}
        files = tuple(
            replace(file, counts=counts_of(sync.decks, file.path))
            if file.path in read
            else file
            for file in self.files
            if file.format or not set(file.decks) & set(keys)
        )
        return replace(self, sync=sync, files=files)

    def result(self, *, dry_run: bool, operation_id: int | None = None) -> ImportResult:
        """Return what was done, or would be done for a dry run."""
        return ImportResult(dry_run, self.refused, self.files, operation_id)


def plan_files(
    paths: Sequence[Path],
    wishes: Wishes,
    *,
    reader: Reader,
    moment: Moment,
    day_of: Callable[[int], int],
    progress: Told | None = None,
) -> ImportPlan:
    """Return what importing files and directories would do.

    A stored deck whose file is gone from an imported directory, or holds another deck now,
    gives up its notes to the decks that have them, and is retired.

    Args:
        paths: Files and directories.
        wishes: How they are to be imported.
        reader: Reads the store as it is.
        moment: Now.
        day_of: Returns the study day of an instant in Unix milliseconds.
        progress: Is told how far the reading is; may raise to stop it.

    Raises:
        NothingFoundError: the paths hold no file that can be imported.
        UsageError: there is no such format, or `into` is not possible.
    """
    # The store keeps where a deck came from, for later starts in other directories.
    places = [path.absolute() for path in paths]
    files = find_files(places)
    if not files:
        raise NothingFoundError(
            f"No file to import ({', '.join(readable_suffixes())}) is in "
            f"{', '.join(str(path) for path in paths)}."
        )
    if wishes.into:
        _check_into(wishes.into, files)
    stored = [deck for deck in reader.known_decks() if not deck.retired]
    reading = Reading(day_of, moment)
    read = read_files(files, stored, wishes.into, wishes.file_format, reading, progress)
    kept = [deck.key for deck in stored if keeps_decks(deck.path)]
    by_key = {deck.key: deck for deck in stored}
    for name, bundle in read.bundles.items():
        read.bundles[name] = known_by_wording(bundle, by_key, kept, reader)
    decks = read.decks()
    gone = gone_decks(places, read, stored)
    plan = plan_sync(
        reader.known(decks, gone=gone),
        decks,
        gone=gone,
        kept=kept,
        sources=list(read.sources.values()),
    )
    reports = tuple(reports_of(read, plan, reader))
    refused = wishes.strict and any(
        problem.severity == "error" for report in reports for problem in report.problems
    )
    label = f"import of {', '.join(str(path) for path in places)}"
    return ImportPlan(plan, reports, label, refused)


def carry_out(
    plan: ImportPlan,
    *,
    store: Callable[[], Store],
    moment: Moment,
    progress: Told | None = None,
) -> ImportResult:
    """Import what was planned, as one step, and return what was done.

    Args:
        plan: What to do, from `plan_files`.
        store: Returns the store; asked for only where something changes.
        moment: Now.
        progress: Is told how far the importing is; where it raises, nothing is imported.

    Raises:
        FlashcardsError: the decks were changed in another window since the plan was made.
    """
    if plan.refused or plan.sync.changes_nothing:
        return plan.result(dry_run=False)

    def told(done: int, total: int) -> None:
        if progress:
            progress("importing", done, total)

    report = store().apply(plan.sync, moment, told, label=plan.label)
    return plan.result(dry_run=False, operation_id=report.operation_id)


def _check_into(into: str, files: list[Path]) -> None:
    if not re.fullmatch(DECK_KEY, into):
        raise UsageError(f"{into} is not a deck key such as metrics/classification.")
    if len(files) != 1:
        raise UsageError("--into takes one file.")
