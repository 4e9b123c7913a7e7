"""Work that takes longer than a frame, run in a thread; its result is shown in the app's thread."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.worker import Worker

    from flashcards.collection.collection import Collection
    from flashcards.store.reader import Reader

Result = TypeVar("Result")


class WorkerHost(Protocol):
    """A screen, or the app, that starts work in the background."""

    @property
    def collection(self) -> Collection:
        """The collection that the work reads."""

    @property
    def display(self) -> bool:
        """Whether the host can show anything; not once it has begun to close."""

    def notice(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the row above the keys."""

    def run_worker(
        self, work: Callable[[], Coroutine[None, None, None]]
    ) -> Worker[None]:
        """Run a coroutine in the event loop until it ends or the host goes away."""


class Progress(NamedTuple):
    """How much of some work is done."""

    done: int = 0
    total: int = 0
    step: str = ""
    """The name of the current step, where the work has several."""

    @property
    def share(self) -> float:
        """The share that is done, from 0 to 1."""
        return self.done / self.total if self.total else 0.0


class StoppedError(Exception):
    """The work ended early because it was asked to stop."""


class Job:
    """What a piece of work in a thread may use: a reader of its own, progress, a stop sign."""

    def __init__(self, collection: Collection) -> None:
        self._database = collection.directories.database
        self._reader: Reader | None = None
        self._stop = Event()
        self.progress = Progress()

    @property
    def reader(self) -> Reader:
        """A reader for the thread of this job; opened on first use, closed at the end.

        Raises:
            StoreError: the store cannot be read.
        """
        if self._reader is None:
            from flashcards.store.reader import Reader

            self._reader = Reader(self._database)
        return self._reader

    @property
    def is_stopping(self) -> bool:
        """Whether the work should end as soon as it can."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to end."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait for some seconds, or until the work is asked to stop."""
        self._stop.wait(seconds)

    def report(self, done: int, total: int) -> bool:
        """Record the progress; return whether to continue."""
        self.progress = Progress(done, total)
        return not self.is_stopping

    def report_step(self, step: str, done: int, total: int) -> None:
        """Record the progress of a step.

        Raises:
            StoppedError: the work was asked to stop.
        """
        if self.is_stopping:
            raise StoppedError
        self.progress = Progress(done, total, step)

    def run(self, work: Callable[[Job], Result]) -> Result:
        """Do the work in the current thread and close its reader."""
        try:
            return work(self)
        finally:
            if self._reader is not None:
                self._reader.close()


class BackgroundWorker:
    """Runs one piece of work at a time; a new one takes the place of the one before."""

    def __init__(self, host: WorkerHost, *, is_disposable: bool = False) -> None:
        """Begin without work.

        Args:
            host: Shows errors, and ends the work when it goes away itself.
            is_disposable: Let the program end while the work still runs. Otherwise its
                end waits for the thread, which should then watch `Job.is_stopping`.
        """
        self._host = host
        self._is_disposable = is_disposable
        self._job: Job | None = None
        self._task: Worker[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether work has begun whose result is still awaited."""
        return self._task is not None

    @property
    def is_stopping(self) -> bool:
        """Whether the newest work was asked to stop, or has ended."""
        return self._job is not None and self._job.is_stopping

    @property
    def progress(self) -> Progress:
        """The progress of the newest work."""
        return self._job.progress if self._job is not None else Progress()

    def start(
        self,
        work: Callable[[Job], Result],
        show: Callable[[Result], None],
        *,
        after: float = 0.0,
        on_error: Callable[[str], None] | None = None,
        on_stop: Callable[[], None] | None = None,
    ) -> None:
        """Run work in a thread and show its result; work still running is canceled.

        Args:
            work: Runs in the thread.
            show: Is called with the result, in the thread of the app; never after the host
                went away or the work was canceled.
            after: Seconds to wait first, so that keys held down start one piece of work.
            on_error: Is called with the message of an error, in the thread of the app.
                By default the host shows it as a notice.
            on_stop: Is called where the work ended with `StoppedError`.
        """
        self.cancel()
        job = self._job = Job(self._host.collection)

        async def run() -> None:
            try:
                finish: Callable[[], None] | None
                try:
                    await asyncio.sleep(after)
                    result = await self._in_thread(partial(job.run, work))
                except FlashcardsError as error:
                    finish = partial(on_error or self._show_error, str(error))
                except StoppedError:
                    finish = on_stop
                else:
                    finish = partial(show, result)
                self._task = None
                if finish is not None and self._host.display:
                    finish()
            finally:
                # Not before `show`, which may ask whether the work was asked to stop.
                job.stop()

        self._task = self._host.run_worker(run)

    def stop(self) -> None:
        """Ask the work to end by itself; what it returns is shown all the same."""
        if self._job is not None:
            self._job.stop()

    def cancel(self) -> None:
        """Stop the work, and show nothing of it."""
        self.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show_error(self, message: str) -> None:
        self._host.notice(message, error=True)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        if self._is_disposable:
            return await _run_in_daemon_thread(work)
        return await asyncio.to_thread(work)


async def _run_in_daemon_thread(work: Callable[[], Result]) -> Result:
    """Return the result of work in a thread that the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(cast("Result", result))

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as caught:  # noqa: BLE001 - raised again where it is awaited
            error = caught
        # The loop is closed where the program has ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, daemon=True).start()
    return await future
