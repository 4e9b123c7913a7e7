"""Keys that are held down: a keyboard's repeat is no press of a person.

A terminal reports a key that is held as presses like any other, one after a wait of the
keyboard and then many a second. Nothing but the time between them tells them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.keys.key import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flashcards.tui.keys.key import Key

REPEAT_SECONDS = 0.12
"""Two presses of one key closer than this are a repeat.

Keyboards repeat 9 to 60 times a second (Linux consoles 92 ms, macOS at its slowest 90 ms,
X11 40 ms), and a person who taps one key as fast as possible takes 125 ms or more.
"""
FIRST_REPEAT_SECONDS = 0.75
"""Keyboards wait 0.2 to 0.66 s before the first repeat of a key."""


class HeldKeys:
    """Tells repeats of a held key from presses, by the times of all keys."""

    def __init__(self) -> None:
        self._key = ""
        self.pressed_at = 0.0
        """When the newest key was pressed or repeated."""
        self._types = False
        self.repeats = 0
        """Repeats of the newest key so far."""
        self.may_be_first_repeat = False
        """Whether the newest press comes as soon after one of the same key as the first
        repeat of a held key does; the next repeat tells."""

    def press(self, key: str, at: float, *, types: bool = False) -> bool:
        """Take note of a key at an instant in seconds; return whether it is a repeat.

        What is typed into a field is text, however fast; the repeat of a key that was
        pressed for something else, and opened the field, is not.
        """
        wait = at - self.pressed_at
        is_same = key == self._key
        self._key, self.pressed_at = key, at
        if is_same and wait < REPEAT_SECONDS:
            self.repeats += 1
            return not (types and self._types)
        self.repeats, self._types = 0, types
        self.may_be_first_repeat = is_same and wait < FIRST_REPEAT_SECONDS
        return False


class Repeatable:
    """The keys of each screen that act again while they are held: those that move."""

    def __init__(
        self, keys: tuple[Key, ...], named: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Look the keys up in the keymap in force, by the ids of their actions."""
        self._moves: set[tuple[str, str]] = set()
        self._bound: set[tuple[str, str]] = set()
        for one in keys:
            pairs = {(one.screen, key) for key in named[one.id]}
            self._bound |= pairs
            if one.is_move:
                self._moves |= pairs

    def allows(self, key: str, screens: Iterable[str]) -> bool:
        """Return whether a held key may act again where the keys of some screens work.

        Keys that mean nothing to us are the business of whatever has the focus.
        """
        places = [(screen, key) for screen in (*screens, EVERYWHERE)]
        is_bound = not self._bound.isdisjoint(places)
        return not is_bound or not self._moves.isdisjoint(places)
