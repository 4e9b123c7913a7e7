"""Close the database connections of a window while it is idle.

While a connection is open, the database consists of several files: the database, its log
and the shared memory of its readers. A program that copies or replaces only one of them,
such as one that synchronizes directories, would mix two states. So a window keeps them open
only while it is in use.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.store.reader import Reader
    from flashcards.store.store import Store

IDLE_SECONDS = 1.0
"""Idle time before the connections are closed."""


class IdleConnections:
    """Closes the connections of a window when they are idle, in its own thread.

    When the reader is used again, the writing connection is opened too, because an answer
    is likely to follow.
    """

    def __init__(
        self,
        reader: Callable[[], Reader | None],
        store: Callable[[], Store | None],
        seconds: float = IDLE_SECONDS,
    ) -> None:
        """Start watching.

        Args:
            reader: Returns the reader, or None if none is open.
            store: Returns the store, or None if none is open.
            seconds: Idle time before the connections are closed.
        """
        self._reader, self._store, self._seconds = reader, store, seconds
        self._used, self._stopped = Event(), Event()
        self._used.set()
        self._thread = Thread(target=self._watch, daemon=True, name="idle")
        self._thread.start()

    def wake(self) -> None:
        """Watch again: a connection was opened."""
        self._used.set()

    def stop(self) -> None:
        """Stop watching; no connection is closed or opened afterwards."""
        self._stopped.set()
        self._used.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            self._used.wait()
            self._connect()
            uses = self._uses()
            while not self._stopped.wait(self._seconds):
                before, uses = uses, self._uses()
                if before == uses and self._disconnect():
                    break

    def _uses(self) -> int:
        reader, store = self._reader(), self._store()
        reads = reader.uses if reader else 0
        return reads + (store.database.uses if store else 0)

    def _connect(self) -> None:
        store = self._store()
        if store is not None and not self._stopped.is_set():
            # The next user of the connection gets the error.
            with suppress(FlashcardsError):
                store.database.connect()

    def _disconnect(self) -> bool:
        """Close the connections; return whether all are closed."""
        self._used.clear()
        reader, store = self._reader(), self._store()
        if reader is not None and not reader.disconnect(self._used.set):
            return False
        if store is None:
            return True
        store.back_up_pause()
        # The last connection to close merges the log, which needs a writing connection.
        return store.database.disconnect(self._used.set)
