"""Imports into a collection: preview them, then apply the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashcards.collection.open_home import OpenHome
    from flashcards.importing.context import ImportProgressCallback
    from flashcards.importing.preview.import_preview import (
        ImportOptions,
        ImportPreview,
        RewordedPolicy,
    )
    from flashcards.importing.preview.summary import ImportResult
    from flashcards.store.reader import Reader


class Importing:
    """Imports of files into the collection."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def import_shipped(
        self,
        progress: ImportProgressCallback | None = None,
        *,
        reader: Reader | None = None,
    ) -> ImportResult:
        """Import the decks that come with the program, or their newer version.

        A thread must pass a reader of its own.
        """
        from flashcards.decks.files import shipped_decks

        preview = self.preview([shipped_decks()], reader=reader, progress=progress)
        return self.apply(preview, reader=reader, progress=progress)

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        strict: bool = False,
        into: str = "",
        file_format: str = "",
        progress: ImportProgressCallback | None = None,
    ) -> ImportResult:
        """Import files and directories; see `flashcards.importing.pipeline`."""
        from flashcards.importing.preview.import_preview import ImportOptions

        options = ImportOptions(strict=strict, into=into, file_format=file_format)
        preview = self.preview(paths, options, progress=progress)
        if dry_run:
            return preview.result(dry_run=True)
        return self.apply(preview, progress=progress)

    def preview(
        self,
        paths: Sequence[Path],
        options: ImportOptions | None = None,
        *,
        reader: Reader | None = None,
        progress: ImportProgressCallback | None = None,
    ) -> ImportPreview:
        """Return what an import would do; see `flashcards.importing.pipeline.preview_files`.

        A thread must pass a reader of its own.
        """
        from flashcards.importing.context import ImportContext
        from flashcards.importing.pipeline import preview_files
        from flashcards.importing.preview.import_preview import ImportOptions

        context = ImportContext(
            options or ImportOptions(),
            reader or self._home.reader,
            self._home.settings,
            self._home.directories.media,
            self._home.moment(),
            self._home.day_of,
            progress,
        )
        # Another window may import meanwhile: the preview is for the store as it is now.
        with context.reader.snapshot():
            return preview_files(paths, context)

    def apply(
        self,
        preview: ImportPreview,
        *,
        reworded: RewordedPolicy | None = None,
        reader: Reader | None = None,
        progress: ImportProgressCallback | None = None,
    ) -> ImportResult:
        """Apply a preview; see `flashcards.importing.pipeline.apply_import`.

        Args:
            preview: What to import.
            reworded: What happens to the histories of notes whose meaning changed, which
                are kept by default; anything else needs a preview that lists its changes.
            reader: The reader of the thread, where it has its own.
            progress: Called with how much is imported; may raise to stop the import.
        """
        from flashcards.importing.pipeline import apply_import

        moment = self._home.moment()
        if reworded is not None:
            preview = preview.with_reworded_policy(
                reworded, reader or self._home.reader, moment
            )
        return apply_import(
            preview, store=self._home.store, moment=moment, progress=progress
        )
