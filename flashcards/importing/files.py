"""Importing deck files and directories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.decks.files import find_deck_files
from flashcards.decks.head import DECK_KEY
from flashcards.errors import NothingFoundError, UsageError
from flashcards.exchange.formats import Reading
from flashcards.importing.reading import gone_decks, read_files
from flashcards.importing.report import ImportResult, reports_of
from flashcards.store.sync import plan_sync

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flashcards.clock import Moment
    from flashcards.importing.reading import Told
    from flashcards.store.reader import Reader
    from flashcards.store.store import Store


def import_files(
    paths: Sequence[Path],
    *,
    reader: Reader,
    store: Callable[[], Store],
    moment: Moment,
    day_of: Callable[[int], int],
    dry_run: bool = False,
    strict: bool = False,
    into: str = "",
    file_format: str = "",
    progress: Told | None = None,
) -> ImportResult:
    """Import deck files and return what was done, file by file.

    A stored deck whose file is gone from an imported directory, or holds another deck now,
    gives up its notes to the decks that have them, and is retired.

    Args:
        paths: Files and directories.
        reader: Reads the store as it is.
        store: Returns the store; asked for only where something changes.
        moment: Now.
        day_of: Returns the study day of an instant in Unix milliseconds.
        dry_run: Plan only.
        strict: Import nothing where any file has an error.
        into: The deck key that the one file gets in place of its own, now and whenever
            it is imported again.
        file_format: The format to read every file as; by suffix where it is empty.
        progress: Is told how far the reading and the importing are.

    Raises:
        NothingFoundError: the paths hold no deck file.
        UsageError: there is no such format, or `into` is not possible.
    """
    # The store keeps where a deck came from, for later starts in other directories.
    places = [path.absolute() for path in paths]
    files = find_deck_files(places)
    if not files:
        raise NothingFoundError(
            f"No deck file (.yaml) is in {', '.join(str(path) for path in paths)}."
        )
    if into:
        _check_into(into, files)
    stored = [deck for deck in reader.known_decks() if not deck.retired]
    reading = Reading(day_of, moment, into)
    read = read_files(files, stored, into, file_format, reading, progress)
    decks = list(read.decks.values())
    gone = gone_decks(places, read, stored)
    plan = plan_sync(
        reader.known(decks, gone=gone),
        decks,
        gone=gone,
        sources=list(read.sources.values()),
    )
    reports = reports_of(read, plan, reader)
    refused = strict and any(
        problem.severity == "error" for report in reports for problem in report.problems
    )
    operation_id = None
    if not dry_run and not refused and not plan.changes_nothing:

        def told(done: int, total: int) -> None:
            if progress:
                progress("importing", done, total)

        label = f"import of {', '.join(str(path) for path in places)}"
        operation_id = store().apply(plan, moment, told, label=label).operation_id
    return ImportResult(dry_run, refused, tuple(reports), operation_id)


def _check_into(into: str, files: list[Path]) -> None:
    if not re.fullmatch(DECK_KEY, into):
        raise UsageError(f"{into} is not a deck key such as metrics/classification.")
    if len(files) != 1:
        raise UsageError("--into takes one deck file.")
