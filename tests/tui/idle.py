"""Waiting until an app has nothing more to do, which its event loop knows.

Textual's Pilot looks at the processor instead: it waits until 20 ms went by in which this
process used none of it. On a busy machine, where other programs take the processor, that
comes too soon, and on an idle one each key costs 40 ms.
"""

from __future__ import annotations

import asyncio
import selectors

FRAME_SECONDS = 0.04
"""Timers due within this time count as current work: two frames of the screen."""

MOST_FRAMES = 60
"""Frames after which an app that is never idle, such as one with an animation, counts as idle."""


class WatchingSelector(selectors.DefaultSelector):
    """A selector that knows when its loop has nothing to do for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped_seconds = 0.0
        """Seconds by which frames were drawn early."""
        self._is_idle = asyncio.Event()
        self._frames = 0

    async def idle(self) -> None:
        """Wait until nothing is ready to run, or due within a frame."""
        self._frames = 0
        self._is_idle.clear()
        await self._is_idle.wait()

    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait as a selector does; a loop waits long only when it has nothing to do."""
        if self._is_idle.is_set():
            return super().select(timeout)
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        self._frames += 1
        if (
            timeout is not None
            and timeout <= FRAME_SECONDS
            and self._frames < MOST_FRAMES
        ):
            self.skipped_seconds += timeout
        else:
            # This makes whoever waits ready to run, so the loop must not sleep.
            self._is_idle.set()
        return []


class WatchedLoop(asyncio.SelectorEventLoop):
    """An event loop that knows when it is idle, and draws frames at once until then."""

    def __init__(self) -> None:
        self.selector = WatchingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        """Return the time of timers, which runs faster while only frames are due."""
        return super().time() + self.selector.skipped_seconds


async def wait_for_idle(_least_seconds: float = 0, _most_seconds: float = 0) -> None:
    """Wait until the running loop is idle; in place of Textual's `wait_for_idle`."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WatchedLoop)
    await loop.selector.idle()
