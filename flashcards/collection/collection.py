"""The composition root: home directory, settings, clock, reader and store, wired together.

It decides nothing: sessions, figures and imports come from the rooms below.
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
from flashcards.store.upkeep.locks import take_turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashcards.domain.cards import Memory, ReviewHistory
    from flashcards.domain.clock import Clock
    from flashcards.domain.settings.settings import AppDirectories, Settings
    from flashcards.importing.preview.report import ImportResult


class Repairs(NamedTuple):
    """What a repair changed."""

    cards: int
    """Cards whose memory was computed again and came out different."""
    values: list[str]
    """A sentence on each row whose values were set aside."""


class Collection(OpenHome):
    """An open home directory with a facet for each thing that is done with it."""

    def __init__(
        self,
        directories: AppDirectories,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Wire a home directory; nothing is opened yet.

        Raises:
            UsageError: the settings file is faulty.
        """
        super().__init__(directories, settings, clock)
        self.sessions = Sessions(self)
        self.figures = Figures(self)
        self.plan = Planning(self)
        self.importing = Importing(self)
        self.exporting = Exporting(self)

    @property
    def is_new(self) -> bool:
        """Whether no first start came to its end yet: a full disk may have cut it short."""
        try:
            return self.reader.cards.is_empty() and not self.reader.log.operations(1)
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
        with take_turn(self.directories.database):
            # Another start may have done it while this one waited.
            is_done = not self.reader.cards.is_empty()
            result = None if is_done else self.importing.import_shipped(progress)
        now = self.moment()
        # By it a store that gets lost is known to have been there.
        try_daily_backup(self.directories.database, now.day, now.at)
        return result

    def file_to_edit(self, path: Path) -> Path:
        """Return the file to edit for a note's file; an installed deck is copied first."""
        from flashcards.decks.files import own_copy

        return own_copy(path, self.directories.path / "decks")

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
        with Reader(self.directories.database) as reader:
            rows = rebuild_memories(reader, self.settings, self.day_of)
        if rows:
            self.store().replace_memories(rows, at=at)
        return Repairs(len(rows), values)

    def replay(self, past: ReviewHistory) -> Memory:
        """Return the memory that the past of one card comes to."""
        from flashcards.scheduling.replay import replay

        deck = self.reader.cards.get(past.card_id).deck
        return replay(past, self.settings.options(deck), self.day_of)
