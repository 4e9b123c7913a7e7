"""A home directory whose settings, clock, reader and store open on first use."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from flashcards.collection.idle import IDLE_SECONDS, IdleConnections
from flashcards.domain.clock import Clock, Moment, SystemClock, moment, study_day
from flashcards.domain.settings.parsing import read_settings
from flashcards.domain.settings.settings import AppDirectories, Settings
from flashcards.errors import StoreOutdatedError
from flashcards.store.maintenance.window import Window
from flashcards.store.reader import Reader
from flashcards.study.queue.pace import Pace, estimate_pace

if TYPE_CHECKING:
    from flashcards.store.store import Store
    from flashcards.study.session.context import SessionContext


class OpenHome:
    """Settings, clock, reader and store of a home directory; each opens on first use."""

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
        self.directories = directories
        self.settings = (
            read_settings(directories.config) if settings is None else settings
        )
        self.clock = clock or SystemClock()
        self._store: Store | None = None
        self._pace: tuple[int, Pace] | None = None
        self._loading = Lock()
        self._window = Window(directories.window)
        self._idle: IdleConnections | None = None

    def moment(self) -> Moment:
        """Return the current moment in the learner's time zone."""
        return moment(self.clock.now(), self.settings.zone, self.settings.rollover_hour)

    def day_of(self, at: int) -> int:
        """Return the study day of a time in Unix milliseconds."""
        return study_day(at, self.settings.zone, self.settings.rollover_hour)

    @cached_property
    def reader(self) -> Reader:
        """The reader of the store; a store of an older version is upgraded first.

        Raises:
            NothingFoundError: there is no store yet.
            StoreError: the database cannot be read.
        """
        try:
            return Reader(self.directories.database)
        except StoreOutdatedError:
            self.store()
            return Reader(self.directories.database)

    @property
    def pace(self) -> Pace:
        """How long this learner takes per card, from the answers before today."""
        day = self.moment().day
        if self._pace is None or self._pace[0] != day:
            self._pace = (day, estimate_pace(self.reader.log.answer_times(day)))
        return self._pace[1]

    def store(self) -> Store:
        """Return the store, opening it on the first call, which takes half a second.

        Raises:
            StoreError: the database cannot be used.
        """
        with self._loading:
            if self._store is None:
                from flashcards.store.store import Store

                self._store = Store.open(self.directories.database)
                if self._idle is not None:
                    self._idle.wake()
            return self._store

    def close_when_idle(self, seconds: float = IDLE_SECONDS) -> None:
        """Close the files of the store whenever they are idle.

        Args:
            seconds: Idle time before the files are closed.
        """
        self._idle = self._idle or IdleConnections(
            lambda: self.__dict__.get("reader"), lambda: self._store, seconds
        )

    def warm_up(self) -> None:
        """Load what the first answer needs; meant to run in its own thread.

        Raises:
            StoreError: the database cannot be used.
        """
        from flashcards.grading.words.dictionary import load_words

        now = self.moment()
        self.store().back_up_daily(now.day, now.at)
        self.session_context.scheduler("").warm_up()
        load_words()

    @cached_property
    def session_context(self) -> SessionContext:
        """The context that sessions work with."""
        from flashcards.study.session.context import SessionContext

        return SessionContext(
            self.reader,
            self.store,
            self.settings,
            self.moment,
            lambda: self.pace,
            may_resume=self._window.is_first,
        )

    def close(self) -> None:
        """Close what was opened, the store last.

        Only a writing connection can move the database log into the database file, and only
        if no other connection is open.
        """
        if self._idle is not None:
            self._idle.stop()
            self._idle = None
        self._window.close()
        if "reader" in self.__dict__:
            self.reader.close()
            del self.__dict__["reader"]
        if self._store is not None:
            self._store.leave()
            self._store = None
