"""The composition root: connects the home directory, settings, clock, reader and store.

It contains no logic: sessions, figures and imports come from other packages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.collection.exporting import Exporting
from flashcards.collection.figures import Figures
from flashcards.collection.importing import Importing
from flashcards.collection.open_home import OpenHome
from flashcards.collection.planning import Planning
from flashcards.collection.sessions import Sessions
from flashcards.errors import NothingFoundError
from flashcards.store.maintenance.locks import take_turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashcards.domain.cards import Memory, ReviewHistory
    from flashcards.domain.clock import Clock
    from flashcards.domain.settings.settings import AppDirectories, Settings
    from flashcards.importing.preview.summary import ImportResult


class Repairs(NamedTuple):
    """What a repair changed."""

    cards: int
    """Number of cards whose recomputed memory differs from the stored one."""
    values: list[str]
    """One sentence for each row with damaged values that was repaired or set aside."""


class Collection(OpenHome):
    """An open home directory, with a facet for each group of operations."""

    def __init__(
        self,
        directories: AppDirectories,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Prepare a home directory; nothing is opened yet.

        Raises:
            UsageError: the settings file has an error.
        """
        super().__init__(directories, settings, clock)
        self.sessions = Sessions(self)
        self.figures = Figures(self)
        self.plan = Planning(self)
        self.importing = Importing(self)
        self.exporting = Exporting(self)

    @property
    def is_new(self) -> bool:
        """Whether the first start has not been completed; a full disk may have interrupted it."""
        try:
            return self.reader.cards.is_empty() and not self.reader.log.operations(1)
        except NothingFoundError:
            return True

    def first_start(
        self, progress: Callable[[str, int, int], None] | None = None
    ) -> ImportResult | None:
        """Create the store and import the shipped decks, unless that is already done.

        Returns None if it was already done.

        Raises:
            StoreError: the store cannot be created.
        """
        if not self.is_new:
            return None
        from flashcards.store.maintenance.backups import try_daily_backup

        self.store()
        with take_turn(self.directories.database):
            # Another process may have done it while this one waited for the lock.
            is_done = not self.reader.cards.is_empty()
            result = None if is_done else self.importing.import_shipped(progress)
        now = self.moment()
        # If the store gets lost later, this backup shows that there was one.
        try_daily_backup(self.directories.database, now.day, now.at)
        return result

    def file_to_edit(self, path: Path) -> Path:
        """Return the file to edit for a note; a deck of the installation is copied first."""
        from flashcards.decks.files import own_copy

        return own_copy(path, self.directories.path / "decks")

    def repair(self) -> Repairs:
        """Repair the schema and damaged values, and recompute every card from its reviews.

        A backup is made first if there is something to change.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.store.reader import Reader
        from flashcards.study.rebuild import rebuild_memories

        at = self.clock.now()
        self.store().repairs.repair_schema(at=at)
        values = self.store().repairs.repair_values(at=at)
        # A reader opened before the repair would still skip the repaired rows.
        with Reader(self.directories.database) as reader:
            rows = rebuild_memories(reader, self.settings, self.day_of)
        if rows:
            self.store().repairs.replace_memories(rows, at=at)
        return Repairs(len(rows), values)

    def replay(self, history: ReviewHistory) -> Memory:
        """Return the memory of a card computed from its review history."""
        from flashcards.scheduling.replay import replay

        deck = self.reader.cards.get(history.card_id).deck
        return replay(history, self.settings.options(deck), self.day_of)
