"""Planning and carrying out an import in a thread, told of in progress, stopped on a word."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from flashcards.errors import FlashcardsError
from flashcards.tui.screens.importing.preview_state import Planned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flashcards.collection.collection import Collection
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.importing.preview.choices import RewordedPolicy
    from flashcards.importing.preview.import_preview import ImportPreview
    from flashcards.importing.preview.report import ImportResult
    from flashcards.tui.screens.common.base import BaseScreen
    from flashcards.tui.screens.importing.preview_state import ImportState


Result = TypeVar("Result")


class ImportProgress(NamedTuple):
    """How far the work is."""

    what: str
    done: int
    total: int

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1."""
        return self.done / self.total if self.total else 0.0


_STOPPED = "Stopped. Nothing was changed."


class _StoppedError(Exception):
    """The learner wants no more of it."""


class ImportWork:
    """One piece of work at a time, in a thread."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self._stopped = Event()
        self.progress = ImportProgress("reading", 0, 0)
        self.runs = False

    def stop(self) -> None:
        """Ask the work to end; what it changed so far is taken back."""
        self._stopped.set()

    def plan(
        self,
        path: Path,
        show: Callable[[Planned], None],
        leave: Callable[[str], None],
    ) -> None:
        """Plan an import.

        Args:
            path: The file or directory.
            show: Is given the plan.
            leave: Is given the reason where there is none.
        """
        collection = self._screen.collection

        def work() -> Planned:
            return _planned(collection, path, self._tell)

        def show_unless_stopped(planned: Planned) -> None:
            # A stop may come while the result is on its way from the thread.
            if self._stopped.is_set():
                leave(_STOPPED)
            else:
                show(planned)

        self._start(work, show_unless_stopped, leave)

    def carry_out(
        self,
        state: ImportState,
        done: Callable[[ImportResult], None],
        leave: Callable[[str], None],
    ) -> None:
        """Import what was planned, as it was decided.

        Args:
            state: The plan, and what was decided about it.
            done: Is given what was done.
            leave: Is given the reason where nothing was.
        """
        collection = self._screen.collection
        plan, decks, decision = state.plan, state.planned.decks, state.decision

        def work() -> ImportResult:
            decided = _decided(collection, plan, decks, decision)
            return collection.importing.apply(decided, progress=self._tell)

        self._start(work, done, leave)

    def _start(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        leave: Callable[[str], None],
    ) -> None:
        self._stopped.clear()
        self.runs = True

        async def run() -> None:
            try:
                found = await asyncio.to_thread(work)
            except FlashcardsError as error:
                self.runs = False
                leave(str(error))
            except _StoppedError:
                self.runs = False
                leave(_STOPPED)
            else:
                self.runs = False
                done(found)
            finally:
                # The app is left while the thread is at work: let it end with nothing done.
                self._stopped.set()

        self._screen.run_worker(run(), exclusive=True, group="import")

    def _tell(self, what: str, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise _StoppedError
        self.progress = ImportProgress(what, done, total)


def _decided(
    collection: Collection,
    plan: ImportPreview,
    decks: Sequence[ChangedDeck],
    decision: RewordedPolicy,
) -> ImportPreview:
    from flashcards.store.reader import Reader

    with Reader(collection.directories.database) as reader:
        return collection.importing.with_decision(plan, decks, decision, reader=reader)


def _planned(
    collection: Collection, path: Path, progress: Callable[[str, int, int], None]
) -> Planned:
    from flashcards.store.reader import Reader

    with Reader(collection.directories.database) as reader:
        plan = collection.importing.preview([path], reader=reader, progress=progress)
        return Planned(plan, collection.importing.changes_of(plan, reader=reader))
