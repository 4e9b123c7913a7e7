"""Check files of every format for problems, without a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.quality.check import CheckReport, check
from flashcards.formats.formats import FORMATS, format_to_read
from flashcards.importing.reading.find_files import find_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from flashcards.formats.formats import ReadContext


def check_files(
    paths: Sequence[Path], reading: ReadContext, *, quality: bool = False, today: date
) -> CheckReport | None:
    """Return all problems of the files among the paths; None if there are no files.

    Deck files come first, with the problems that only show when they are checked together.

    Args:
        paths: Files and directories.
        reading: What formats need to know.
        quality: Whether to apply the authoring rules of deck files.
        today: The date by which facts count as outdated.
    """
    files = find_files(paths)
    if not files:
        return None
    foreign_files = [path for path in files if format_to_read(path) is not FORMATS[0]]
    excluded = set(foreign_files)
    report = check(
        [path for path in paths if path not in excluded], quality=quality, today=today
    )
    notes, problems = report.notes, [*report.problems]
    for path in foreign_files:
        bundle = format_to_read(path).module.read(path, reading)
        notes += sum(len(deck.notes) for deck in bundle.decks)
        problems += bundle.problems
    return CheckReport(notes, problems, report.decks)
