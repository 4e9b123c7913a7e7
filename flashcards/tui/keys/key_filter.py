"""Let each key press act at most once, however long the key is held."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Protocol

from flashcards.tui.keys.all_keys import KEYS
from flashcards.tui.keys.held_keys import REPEAT_SECONDS, HeldKeys, Repeatable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual import events
    from textual.timer import Timer

    from flashcards.tui.keys.keymap import Keymap


class TimerHost(Protocol):
    """The app, as far as it sets timers."""

    def set_timer(self, delay: float, callback: Callable[[], Awaitable[None]]) -> Timer:
        """Call a function after some seconds."""


class KeyFilter:
    """Drops the repeats of held keys, except of keys that move or type.

    A second press of the same key within a second may be the first repeat of a held key. It
    waits until a further repeat, or the lack of one, shows what it was.
    """

    def __init__(
        self,
        app: TimerHost,
        keymap: Keymap,
        monotonic: Callable[[], float],
        act: Callable[[events.Key], Awaitable[None]],
    ) -> None:
        """Begin with no key held.

        Args:
            app: Sets the timers of waiting keys.
            keymap: The keys of all actions.
            monotonic: A clock in seconds. With a clock other than `time.monotonic`, as in
                tests, the times that the terminal reports are ignored.
            act: Is called with each key that acts.
        """
        self._app, self._monotonic, self._act = app, monotonic, act
        self._held_keys = HeldKeys()
        self._repeatable = Repeatable(KEYS, keymap.all_keys)
        self.waiting_key: events.Key | None = None
        """A key that may be the first repeat of a held key, and has not acted yet."""

    async def press(
        self, event: events.Key, *, types: bool, screens: Callable[[], Iterable[str]]
    ) -> None:
        """Let a key act now, later or not at all.

        Args:
            event: The press of the key.
            types: Whether the focused widget takes the key as text.
            screens: Returns the screens of the table of keys whose keys work. Is called
                after a waiting key acted, which may have opened another screen.
        """
        # The time at which the terminal reported the key, however busy the app was since.
        is_real = self._monotonic is time.monotonic
        at = event.time if is_real else self._monotonic()
        is_repeat = self._held_keys.press(event.key, at, types=types)
        await self._settle(is_held=is_repeat)
        may_repeat = not types and self._repeatable.allows(event.key, screens())
        if is_repeat and not may_repeat:
            return
        if self._held_keys.may_be_first_repeat and not (types or may_repeat):
            self.waiting_key = event
            self._app.set_timer(REPEAT_SECONDS, partial(self._release, event))
            return
        await self._act(event)

    async def _settle(self, *, is_held: bool) -> None:
        """Let the waiting key act, or drop it if its key turned out to be held."""
        waiting_key, self.waiting_key = self.waiting_key, None
        if waiting_key is not None and not is_held:
            await self._act(waiting_key)

    async def _release(self, event: events.Key) -> None:
        """Let a waiting key act, because no repeat followed it."""
        if self.waiting_key is not event:
            return
        remaining = self._held_keys.pressed_at + REPEAT_SECONDS - self._monotonic()
        if remaining > 0:
            self._app.set_timer(remaining, partial(self._release, event))
        else:
            await self._settle(is_held=False)
