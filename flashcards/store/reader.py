"""The store, open for reading; loads nothing that only writing needs."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

from flashcards.store.reading.base import BUSY_SECONDS, ReadConnection
from flashcards.store.reading.cards import CardReader
from flashcards.store.reading.export.learning import LearningReader
from flashcards.store.reading.export.origins import OriginReader
from flashcards.store.reading.figures import FigureReader
from flashcards.store.reading.log import LogReader
from flashcards.store.reading.queue import QueueReader
from flashcards.store.reading.review_history import HistoryReader
from flashcards.store.reading.search.search import SearchReader
from flashcards.store.reading.stored_content import StoredContentReader
from flashcards.store.reading.study_plan import PlanReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from flashcards.store.reading.damaged_rows import DamagedRow


class Reader:
    """The store, open for reading: one facet for each subject.

    It may be made in one thread and used in another, by one at a time.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open the store of a file.

        Args:
            path: The database file.
            busy_seconds: How long to wait for another window that holds the whole store.

        Raises:
            NothingFoundError: There is no store yet.
            StoreMissingError: There was one: its backups or its log are there.
            StoreError: It cannot be used, or must be brought up to date by `Store.open`.
        """
        connection = ReadConnection(path, busy_seconds=busy_seconds)
        self.connection = connection
        self.cards = CardReader(connection)
        self.queue = QueueReader(connection)
        self.log = LogReader(connection)
        self.history = HistoryReader(connection)
        self.plan = PlanReader(connection)
        self.search = SearchReader(connection)
        self.content = StoredContentReader(connection)
        self.figures = FigureReader(connection)
        self.learning = LearningReader(connection, self.history)
        self.origins = OriginReader(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The database file."""
        return self.connection.path

    @property
    def is_full(self) -> bool:
        """Whether the disk is full, so that the store can be read but not changed."""
        return self.connection.is_full

    @property
    def damaged_notes(self) -> list[str]:
        """Keys of the notes that were left out so far because they are damaged."""
        return self.connection.damaged_notes

    @property
    def damaged_rows(self) -> list[DamagedRow]:
        """Rows with impossible values, which are left out of everything."""
        return self.connection.damaged_rows

    @property
    def uses(self) -> int:
        """The number of reads, which shows whether the store is idle."""
        return self.connection.uses

    def disconnect(self, on_connect: Callable[[], None]) -> bool:
        """Close the connection until the next use; return whether it is closed.

        See `ReadConnection.disconnect`.
        """
        return self.connection.disconnect(on_connect)

    def snapshot(self) -> AbstractContextManager[None]:
        """Let every read inside see one and the same state of the store."""
        return self.connection.snapshot()

    def close(self) -> None:
        """Close the store; it cannot be read any more."""
        self.connection.close()
