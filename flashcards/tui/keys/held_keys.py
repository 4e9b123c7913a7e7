"""Tell the automatic repeats of a held key from deliberate presses.

A terminal reports a held key as ordinary presses: one, a second one after the delay of the
keyboard, and then many a second. Only the time between them distinguishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.keys.key import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashcards.tui.keys.key import Key

REPEAT_SECONDS = 0.12
"""Two presses of the same key closer than this are a repeat.

Keyboards repeat 9 to 60 times a second (Linux consoles 92 ms, macOS at its slowest 90 ms,
X11 40 ms), and a person who taps one key as fast as possible takes 125 ms or more.
"""
FIRST_REPEAT_SECONDS = 0.75
"""Keyboards wait 0.2 to 0.66 s before the first repeat of a key."""


class HeldKeys:
    """Recognizes repeats of a held key by the times of all key presses."""

    def __init__(self) -> None:
        self._key = ""
        self.pressed_at = 0.0
        """When the last key was pressed or repeated, in seconds."""
        self._was_typed = False
        self.repeats = 0
        """Repeats of the last key so far."""
        self.may_be_first_repeat = False
        """Whether the last press followed one of the same key as soon as the first repeat
        of a held key does. The next repeat shows whether it was one."""

    def press(self, key: str, at: float, *, types: bool = False) -> bool:
        """Record a press; return whether it is a repeat.

        Args:
            key: The key, as Textual names it.
            at: When it was pressed, in seconds.
            types: Whether it types into a field. Repeats of typed keys are text, unless
                the key was first pressed for something else and opened the field.
        """
        wait = at - self.pressed_at
        is_same = key == self._key
        self._key, self.pressed_at = key, at
        if is_same and wait < REPEAT_SECONDS:
            self.repeats += 1
            return not (types and self._was_typed)
        self.repeats, self._was_typed = 0, types
        self.may_be_first_repeat = is_same and wait < FIRST_REPEAT_SECONDS
        return False


class Repeatable:
    """Knows the keys of each screen that repeat while they are held: those that move."""

    def __init__(
        self, actions: tuple[Key, ...], keys_by_id: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Collect the keys.

        Args:
            actions: All actions of the app.
            keys_by_id: The keys of each action in the current keymap, as Textual names them.
        """
        self._moves: set[tuple[str, str]] = set()
        self._bound: set[tuple[str, str]] = set()
        for action in actions:
            pairs = {(action.screen, key) for key in keys_by_id[action.id]}
            self._bound |= pairs
            if action.is_move:
                self._moves |= pairs

    def allows(self, key: str, screens: Iterable[str]) -> bool:
        """Return whether a held key may repeat on some screens.

        Keys without an action are left to the focused widget.
        """
        bindings = [(screen, key) for screen in (*screens, EVERYWHERE)]
        is_bound = not self._bound.isdisjoint(bindings)
        return not is_bound or not self._moves.isdisjoint(bindings)
