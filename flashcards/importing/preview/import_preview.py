"""What an import would do, as a value: looked at, decided about, and then carried out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.importing.preview.choices import (
    RewordedPolicy,
    with_decision,
    without_decks,
)
from flashcards.importing.preview.report import FileReport, ImportResult

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.domain.clock import Moment
    from flashcards.importing.media import MediaPlan
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a person wants files to be imported."""

    strict: bool = False
    """Import nothing where any file has an error."""
    into: str = ""
    """The deck key that the one file gets in place of its own, now and whenever it is
    imported again; before the keys of its decks where it has several."""
    file_format: str = ""
    """The format to read every file as; by suffix where it is empty."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do, before anything is written."""

    sync: ImportChanges
    files: tuple[FileReport, ...]
    label: str
    """What undo calls the import."""
    refused: bool
    """True where `strict` met an error, so that nothing can be imported."""
    media: MediaPlan
    """Pictures and sounds to keep."""

    def without_decks(self, keys: Collection[str]) -> ImportPreview:
        """Return the plan that leaves some decks as they are stored."""
        if not keys:
            return self
        sync = without_decks(self.sync, keys)
        files = tuple(file.without_decks(keys) for file in self.files)
        return replace(self, sync=sync, files=files)

    def decided(
        self,
        changes: Iterable[ChangedDeck],
        decision: RewordedPolicy,
        reader: Reader,
        moment: Moment,
    ) -> ImportPreview:
        """Return the plan that does with reworded notes what was decided.

        Args:
            changes: What the plan changes, note by note.
            decision: What becomes of the histories of reworded notes.
            reader: The store that the plan was made for.
            moment: Now.
        """
        sync = with_decision(self.sync, changes, decision, reader, moment)
        return replace(self, sync=sync)

    def result(self, *, dry_run: bool, operation_id: int | None = None) -> ImportResult:
        """Return what was done, or would be done for a dry run."""
        return ImportResult(dry_run, self.refused, self.files, operation_id)
