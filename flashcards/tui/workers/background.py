"""Work that takes longer than a frame: done in a thread, with a reader of its own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.worker import Worker

    from flashcards.collection.collection import Collection
    from flashcards.store.reader import Reader

Result = TypeVar("Result")


class WorkingScreen(Protocol):
    """A screen that starts work in the background."""

    @property
    def collection(self) -> Collection:
        """What is shown and studied."""

    def notice(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the row above the keys."""

    def run_worker(
        self,
        work: Callable[[], Coroutine[None, None, None]],
        *,
        exclusive: bool = False,
        group: str = "default",
    ) -> Worker[None]:
        """Run work in the event loop of the app."""


def compute(
    screen: WorkingScreen,
    work: Callable[[Reader, Event], Result],
    show: Callable[[Result], None],
    *,
    after: float = 0.0,
) -> Worker[None]:
    """Compute something in a thread and show it; a later call takes its place.

    Args:
        screen: Whose screen it is; work for one that was left is shown nowhere.
        work: Is given a reader and an event that is set once nobody waits any more.
        show: Is given the result, in the thread of the app.
        after: Seconds to wait first, so that keys held down start one piece of work.

    Returns:
        The work under way.
    """
    database = screen.collection.directories.database

    def read(stopped: Event) -> Result:
        from flashcards.store.reader import Reader

        with Reader(database) as reader:
            return work(reader, stopped)

    async def run() -> None:
        stopped = Event()
        try:
            await asyncio.sleep(after)
            found = await asyncio.to_thread(read, stopped)
        except FlashcardsError as error:
            screen.notice(str(error), error=True)
        else:
            show(found)
        finally:
            stopped.set()

    return screen.run_worker(run, exclusive=True, group="figures")


async def in_spare_thread(work: Callable[[], Result]) -> Result:
    """Return what some work comes to, done in a thread that the end of the program stops.

    A thread of asyncio's own would be waited for, which seconds of work are not worth.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if found.cancelled():
            return
        if error is not None:
            found.set_exception(error)
        else:
            found.set_result(cast("Result", result))

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as caught:  # noqa: BLE001 - told to the one who waits
            error = caught
        # Nobody waits any more where the loop is closed.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, daemon=True).start()
    return await found
