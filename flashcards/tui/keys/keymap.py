"""The keys in force: presets, own bindings, conflicts, and what footer and docs print."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

from flashcards.domain.cards import Rating
from flashcards.errors import UsageError
from flashcards.tui.keys.all_keys import KEYS, SCREENS
from flashcards.tui.keys.key import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ACTIONS = {key.id: (key.words, key.action) for key in KEYS}
_NAMED = {
    "enter", "space", "escape", "tab", "up", "down", "left", "right", "home", "end",
    "pageup", "pagedown", "backspace", "delete", "insert",
    *(f"f{number}" for number in range(1, 13)),
}  # fmt: skip
_SHORT = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}
_TEXTUAL = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


class Hint(NamedTuple):
    """One entry of the footer."""

    keys: str
    words: str
    action: str = ""
    """What a click starts; empty where a click could mean several things."""


class Keymap:
    """The keys in force: the preset, overlaid by what the settings bind."""

    def __init__(
        self, preset: str = "anki", own: Mapping[str, str] | None = None
    ) -> None:
        self._keys = {
            key.id: (key.vim if preset == "vim" and key.vim else key.keys)
            for key in KEYS
        }
        for name, keys in (own or {}).items():
            self._keys[_known(name)] = _split(name, keys)
            _check_number(name, self._keys[name])
        _check_conflicts(self._keys)

    def keys(self, name: str) -> tuple[str, ...]:
        """Return the keys of an action by its id."""
        return self._keys[name]

    @property
    def all_keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of every action by its id, as Textual names them."""
        return {
            name: tuple(map(textual_name, keys)) for name, keys in self._keys.items()
        }

    def shown(self, name: str) -> str:
        """Return an action's first key as it is printed."""
        return printed(self._keys[name][0])

    def hint(self, name: str, words: str = "") -> Hint:
        """Return the footer entry of an action by its id."""
        usual, action = _ACTIONS[name]
        target = action if "." in action else f"screen.{action}"
        return Hint(self.shown(name), words or usual, target)

    def pair_hint(self, first: str, last: str, words: str) -> Hint:
        """Return one footer entry for two keys, such as `up/down areas`."""
        return Hint(f"{self.shown(first)}/{self.shown(last)}", words)

    def rating_hint(self) -> Hint:
        """Return one footer entry for the four ratings: `1-4 rate`."""
        keys = [self.shown(f"review.{rating.name.lower()}") for rating in Rating]
        in_a_row = "".join(keys) in "123456789"
        return Hint(f"{keys[0]}-{keys[-1]}" if in_a_row else " ".join(keys), "rate")

    def rows_hint(
        self, numbers: int, letters: int, words: str, between: str = " or "
    ) -> Hint:
        """Return one footer entry for choosing among rows: `1-4 or a-d choose`."""
        ranges = []
        for name, count in (("answer.number", numbers), ("answer.letter", letters)):
            keys = self._keys[name][: max(count, 1)]
            ranges.append(f"{printed(keys[0])}-{printed(keys[-1])}")
        return Hint(between.join(ranges), words)

    def for_textual(self) -> dict[str, str]:
        """Return what `App.set_keymap` takes."""
        found: dict[str, str] = {}
        for name, keys in self._keys.items():
            names = [textual_name(key) for key in keys]
            if _is_row(_ACTIONS[name][1]):
                found |= {f"{name}.{place}": key for place, key in enumerate(names)}
            else:
                found[name] = ",".join(names)
        return found


def bindings(screen: str) -> list[BindingType]:
    """Return a screen's default bindings, each with its id."""
    found: list[BindingType] = []
    for key in KEYS:
        if key.screen != screen:
            continue
        names = [textual_name(each) for each in key.keys]
        if _is_row(key.action):
            found += [
                Binding(
                    name, key.action.format(place), show=False, id=f"{key.id}.{place}"
                )
                for place, name in enumerate(names)
            ]
        else:
            found.append(
                Binding(",".join(names), key.action, key.words, show=False, id=key.id)
            )
    return found


def _is_row(action: str) -> bool:
    """Tell whether each key of an action starts its own."""
    return "{}" in action


def printed(key: str) -> str:
    """Return a key as people call it."""
    return _SHORT.get(key, key)


def textual_name(key: str) -> str:
    """Return the name that Textual has for a key, such as `minus` for `-`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key).lower().replace("-", "_").replace(" ", "_")
    return _TEXTUAL.get(name, name)


def key_table(screen: str, keymap: Keymap) -> list[tuple[str, str]]:
    """Return the rows of a screen: its keys as printed, and what they do."""
    return [
        (" ".join(printed(key) for key in keymap.keys(key_.id)), key_.help)
        for key_ in KEYS
        if key_.screen == screen
    ]


def as_markdown() -> str:
    """Return docs/keys.md."""
    parts = [_INTRODUCTION]
    for screen, title in SCREENS.items():
        parts.append(
            f"\n## {title}\n\n| action | keys | vim | does |\n|---|---|---|---|\n"
        )
        parts.extend(
            f"| `{key.id}` | {_code(key.keys)} | {_code(key.vim)} | {key.help} |\n"
            for key in KEYS
            if key.screen == screen
        )
    return "".join(parts)


_INTRODUCTION = """# Keys

The footer shows what can be pressed now; `?` shows everything.
A rating within 150 ms of the answer, and an answer within 150 ms of a new card, are ignored: they were meant for what was shown before.
A key that is held down acts once, also `u`: presses of one key less than 120 ms apart are a keyboard's repeat.
Only keys that move a cursor or change a figure by one, and text that is typed, go on while they are held.
The same key again within 0.75 s waits 120 ms before it acts, to see that it is not held.

Two presets exist: `anki` (the default) and `vim`, which differs where its column says so.
Any key can be bound anew in `config.toml`; several are separated by commas:

```toml
[keys]
preset = "vim"
"review.undo" = "u,z"
```

A key that would start two actions on one screen is refused with a sentence that names both.
"""


def _code(keys: Iterable[str]) -> str:
    return " ".join("`\\|`" if key == "|" else f"`{printed(key)}`" for key in keys)


def _known(name: str) -> str:
    if not any(key.id == name for key in KEYS):
        raise UsageError(
            f'keys."{name}" is not an action. docs/keys.md lists them all, '
            'such as "review.undo".'
        )
    return name


def _split(name: str, keys: str) -> tuple[str, ...]:
    found = tuple("," if part == "comma" else part for part in _parts(keys))
    if not found:
        raise UsageError(
            f'keys."{name}" names no key. Write one, or several with commas between; '
            "a comma itself is called comma."
        )
    for key in found:
        plain = key.removeprefix("ctrl+").removeprefix("shift+")
        if len(plain) != 1 and plain not in _NAMED:
            raise UsageError(
                f'keys."{name}": {key!r} is not a key. Write one character, '
                "or a name such as space, escape or ctrl+z."
            )
    return found


def _check_number(name: str, keys: tuple[str, ...]) -> None:
    usual = next(key for key in KEYS if key.id == name)
    if _is_row(usual.action) and len(keys) != len(usual.keys):
        raise UsageError(
            f'keys."{name}" needs {len(usual.keys)} keys, one for each row, '
            f"and has {len(keys)}."
        )


def _parts(keys: str) -> list[str]:
    long = {short: name for name, short in _SHORT.items()}
    parts = (part.strip() for part in keys.split(","))
    return [long.get(part, part) for part in parts if part]


def _check_conflicts(keys: Mapping[str, tuple[str, ...]]) -> None:
    # The table begins with the keys that work everywhere.
    taken: dict[tuple[str, str], str] = {}
    for key in KEYS:
        for each in keys[key.id]:
            for screen in (EVERYWHERE, key.screen):
                if other := taken.get((screen, each)):
                    raise UsageError(
                        f"The key {printed(each)} would start two actions: "
                        f"{other} and {key.id}. Bind one of them to another key."
                    )
            taken[key.screen, each] = key.id
