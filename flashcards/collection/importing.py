"""Imports into a collection: preview, decisions, apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from flashcards.collection.open_home import OpenHome
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.importing.preview.choices import RewordedPolicy
    from flashcards.importing.preview.import_preview import ImportOptions, ImportPreview
    from flashcards.importing.preview.report import ImportResult
    from flashcards.store.reader import Reader


class Importing:
    """What files bring into the collection."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def import_shipped(
        self, progress: Callable[[str, int, int], None] | None = None
    ) -> ImportResult:
        """Import the decks that come with the program, or their newer version."""
        from flashcards.decks.files import shipped_decks

        return self.import_files([shipped_decks()], progress=progress)

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        strict: bool = False,
        into: str = "",
        file_format: str = "",
        progress: Callable[[str, int, int], None] | None = None,
    ) -> ImportResult:
        """Import files and directories; see `flashcards.importing.pipeline`."""
        from flashcards.importing.preview.import_preview import ImportOptions

        wishes = ImportOptions(strict=strict, into=into, file_format=file_format)
        plan = self.preview(paths, wishes, progress=progress)
        if dry_run:
            return plan.result(dry_run=True)
        return self.apply(plan, progress=progress)

    def preview(
        self,
        paths: Sequence[Path],
        wishes: ImportOptions | None = None,
        *,
        reader: Reader | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> ImportPreview:
        """Return what an import would do; see `flashcards.importing.pipeline.preview_files`.

        In a thread of its own it needs a reader of its own.
        """
        from flashcards.importing.pipeline import preview_files
        from flashcards.importing.preview.import_preview import ImportOptions

        reader = reader or self._home.reader
        # Another window may import meanwhile: the plan is for the store as it is now.
        with reader.snapshot():
            return preview_files(
                paths,
                wishes or ImportOptions(),
                reader=reader,
                settings=self._home.settings,
                media=self._home.directories.media,
                moment=self._home.moment(),
                day_of=self._home.day_of,
                progress=progress,
            )

    def changes_of(
        self, plan: ImportPreview, *, reader: Reader | None = None
    ) -> tuple[ChangedDeck, ...]:
        """Return what a plan changes, note by note; see `flashcards.importing.preview.changes`."""
        from flashcards.importing.preview.changes import changes_of

        return changes_of(plan.sync, reader or self._home.reader)

    def with_decision(
        self,
        plan: ImportPreview,
        changes: Iterable[ChangedDeck],
        decision: RewordedPolicy,
        *,
        reader: Reader | None = None,
    ) -> ImportPreview:
        """Return a plan that does with reworded notes what was decided."""
        return plan.decided(
            changes, decision, reader or self._home.reader, self._home.moment()
        )

    def apply(
        self,
        plan: ImportPreview,
        *,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> ImportResult:
        """Import what was planned; see `flashcards.importing.pipeline.apply_import`."""
        from flashcards.importing.pipeline import apply_import

        return apply_import(
            plan, store=self._home.store, moment=self._home.moment(), progress=progress
        )
