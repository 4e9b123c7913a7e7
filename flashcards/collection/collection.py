"""The composition root: home directory, settings, clock, reader and store, wired together.

It decides nothing: sessions, figures and imports come from the rooms below.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from flashcards.collection.figures import Figures
from flashcards.collection.sessions import Sessions
from flashcards.domain.clock import local_time, study_day
from flashcards.errors import NothingFoundError
from flashcards.store.upkeep.locks import take_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.cards import Memory, ReviewHistory
    from flashcards.domain.content import DeckContent
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.importing.preview.choices import RewordedPolicy
    from flashcards.importing.preview.import_preview import ImportOptions, ImportPreview
    from flashcards.importing.preview.report import ImportResult
    from flashcards.store.reader import Reader


class Repairs(NamedTuple):
    """What a repair changed."""

    cards: int
    """Cards whose memory was computed again and came out different."""
    values: list[str]
    """A sentence on each row whose values were set aside."""


class Collection(Sessions, Figures):
    """Everything of one home directory: its decks, its sessions and its figures."""

    @property
    def is_new(self) -> bool:
        """Whether no first start came to its end yet: a full disk may have cut it short."""
        try:
            return self.reader.is_empty() and not self.reader.operations(1)
        except NothingFoundError:
            return True

    def first_start(
        self, progress: Callable[[str, int, int], None] | None = None
    ) -> ImportResult | None:
        """Make the store and import the shipped decks, where that was not done yet.

        Raises:
            StoreError: the store cannot be made.
        """
        if not self.is_new:
            return None
        from flashcards.store.upkeep.backups import try_daily_backup

        self.store()
        with take_turn(self.home.database):
            # Another start may have done it while this one waited.
            is_done = not self.reader.is_empty()
            result = None if is_done else self.import_shipped(progress)
        now = self.moment()
        # By it a store that gets lost is known to have been there.
        try_daily_backup(self.home.database, now.day, now.at)
        return result

    def import_shipped(
        self, progress: Callable[[str, int, int], None] | None = None
    ) -> ImportResult:
        """Import the decks that come with the program, or their newer version."""
        from flashcards.decks.files import shipped_decks

        return self.import_paths([shipped_decks()], progress=progress)

    def import_paths(
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
        plan = self.preview_import(paths, wishes, progress=progress)
        if dry_run:
            return plan.result(dry_run=True)
        return self.carry_out(plan, progress=progress)

    def preview_import(
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

        reader = reader or self.reader
        # Another window may import meanwhile: the plan is for the store as it is now.
        with reader.snapshot():
            return preview_files(
                paths,
                wishes or ImportOptions(),
                reader=reader,
                settings=self.settings,
                media=self.home.media,
                moment=self.moment(),
                day_of=self.day_of,
                progress=progress,
            )

    def changes_of(
        self, plan: ImportPreview, *, reader: Reader | None = None
    ) -> tuple[ChangedDeck, ...]:
        """Return what a plan changes, note by note; see `flashcards.importing.preview.changes`."""
        from flashcards.importing.preview.changes import changes_of

        return changes_of(plan.sync, reader or self.reader)

    def decided(
        self,
        plan: ImportPreview,
        changes: Iterable[ChangedDeck],
        decision: RewordedPolicy,
        *,
        reader: Reader | None = None,
    ) -> ImportPreview:
        """Return a plan that does with reworded notes what was decided."""
        return plan.decided(changes, decision, reader or self.reader, self.moment())

    def carry_out(
        self,
        plan: ImportPreview,
        *,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> ImportResult:
        """Import what was planned; see `flashcards.importing.pipeline.apply_import`."""
        from flashcards.importing.pipeline import apply_import

        return apply_import(
            plan, store=self.store, moment=self.moment(), progress=progress
        )

    def bundle(self, keys: Iterable[str], *, with_history: bool = True) -> Bundle:
        """Return some decks as they are stored; see `flashcards.exporting.bundle_of`."""
        from flashcards.exporting import bundle_of

        return bundle_of(
            self.reader, set(keys), self.home.media, with_history=with_history
        )

    def write_bundle(
        self,
        bundle: Bundle,
        file: BinaryIO,
        path: Path,
        file_format: str = "",
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[str]:
        """Write a bundle and return sentences on what the format could not hold.

        Args:
            bundle: What to write.
            file: Takes the bytes.
            path: The file's name, whose suffix tells the format.
            file_format: The format's name; empty to go by the suffix.
            progress: Is told how much is written, of how much.

        Raises:
            UsageError: there is no such format, or it cannot hold the bundle.
        """
        from flashcards.decks.files import content_of
        from flashcards.formats.formats import WriteContext, format_to_write

        moment = self.moment()
        offset = local_time(moment.at, self.settings.zone).utcoffset() or timedelta()
        writing = WriteContext(
            moment,
            self.settings.rollover_hour,
            int(offset.total_seconds() // 60),
            existing=lambda: content_of(path),
            progress=progress,
        )
        module = format_to_write(path, file_format).module
        return module.write(bundle, file, writing)

    def check_overwriting(
        self, path: Path, decks: Iterable[DeckContent], file_format: str = ""
    ) -> None:
        """Refuse to replace a file that is not an export of some decks.

        Args:
            path: The file.
            decks: The decks to write.
            file_format: The format's name; empty to go by the suffix.

        Raises:
            FlashcardsError: the file holds something else.
            UsageError: there is no such format.
        """
        from flashcards.formats.formats import ReadContext, format_to_write
        from flashcards.formats.own_exports.overwriting import refuse_other_content

        chosen = format_to_write(path, file_format)
        refuse_other_content(
            path, chosen, decks, ReadContext(self.day_of, self.moment())
        )

    def file_to_edit(self, path: Path) -> Path:
        """Return the file to edit for a note's file; an installed deck is copied first."""
        from flashcards.decks.files import own_copy

        return own_copy(path, self.home.path / "decks")

    def repair(self) -> Repairs:
        """Repair the schema and wrong values, and compute every card from its reviews again.

        A backup is made first where there is something to change.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.store.reader import Reader
        from flashcards.study.rebuild import rebuild_memories

        at = self.clock.now()
        self.store().repair_schema(at=at)
        values = self.store().repair_values(at=at)
        # A reader that was open before still leaves out what was repaired now.
        with Reader(self.home.database) as reader:
            rows = rebuild_memories(reader, self.settings, self.day_of)
        if rows:
            self.store().replace_memories(rows, at=at)
        return Repairs(len(rows), values)

    def replay(self, past: ReviewHistory) -> Memory:
        """Return the memory that the past of one card comes to."""
        from flashcards.scheduling.replay import replay

        deck = self.reader.card(past.card_id).deck
        return replay(past, self.settings.options(deck), self.day_of)

    def day_of(self, at: int) -> int:
        """Return the study day of an instant in Unix milliseconds."""
        return study_day(at, self.settings.zone, self.settings.rollover_hour)
