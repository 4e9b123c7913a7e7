"""The current keymap: presets, custom bindings, conflicts, footer entries and docs/keys.md."""

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

_WORDS_AND_ACTIONS = {key.id: (key.words, key.action) for key in KEYS}
_KEY_NAMES = {
    "enter", "space", "escape", "tab", "up", "down", "left", "right", "home", "end",
    "pageup", "pagedown", "backspace", "delete", "insert",
    *(f"f{number}" for number in range(1, 13)),
}  # fmt: skip
_PRINTED_NAMES = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}
_TEXTUAL_NAMES = {
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
    """The action that a click runs; empty if the entry stands for several actions."""


class Keymap:
    """The keys of all actions: a preset with the custom bindings of the settings."""

    def __init__(
        self, preset: str = "anki", custom: Mapping[str, str] | None = None
    ) -> None:
        """Build the keymap.

        Args:
            preset: `anki` or `vim`.
            custom: Keys separated by commas, by the id of their action.

        Raises:
            UsageError: an action or a key is unknown, or a key has two actions.
        """
        self._keys = {
            key.id: (key.vim if preset == "vim" and key.vim else key.keys)
            for key in KEYS
        }
        for name, keys in (custom or {}).items():
            _check_action(name)
            self._keys[name] = _split(name, keys)
            _check_key_count(name, self._keys[name])
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
        """Return the first key of an action, as printed."""
        return printed(self._keys[name][0])

    def hint(self, name: str, words: str = "") -> Hint:
        """Return the footer entry of an action by its id."""
        default_words, action = _WORDS_AND_ACTIONS[name]
        target = action if "." in action else f"screen.{action}"
        return Hint(self.shown(name), words or default_words, target)

    def pair_hint(self, first: str, last: str, words: str) -> Hint:
        """Return one footer entry for two keys, such as `up/down areas`."""
        return Hint(f"{self.shown(first)}/{self.shown(last)}", words)

    def rating_hint(self) -> Hint:
        """Return one footer entry for the four ratings: `1-4 rate`."""
        keys = [self.shown(f"review.{rating.name.lower()}") for rating in Rating]
        is_range = "".join(keys) in "123456789"
        return Hint(f"{keys[0]}-{keys[-1]}" if is_range else " ".join(keys), "rate")

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
        """Return the keymap as `App.set_keymap` takes it."""
        keymap: dict[str, str] = {}
        for name, keys in self._keys.items():
            names = [textual_name(key) for key in keys]
            if _has_action_per_key(_WORDS_AND_ACTIONS[name][1]):
                keymap |= {
                    f"{name}.{position}": key for position, key in enumerate(names)
                }
            else:
                keymap[name] = ",".join(names)
        return keymap


def bindings(screen: str) -> list[BindingType]:
    """Return the default bindings of a screen, each with its id."""
    result: list[BindingType] = []
    for key in KEYS:
        if key.screen != screen:
            continue
        names = [textual_name(name) for name in key.keys]
        if _has_action_per_key(key.action):
            result += [
                Binding(
                    name,
                    key.action.format(position),
                    show=False,
                    id=f"{key.id}.{position}",
                )
                for position, name in enumerate(names)
            ]
        else:
            result.append(
                Binding(",".join(names), key.action, key.words, show=False, id=key.id)
            )
    return result


def _has_action_per_key(action: str) -> bool:
    return "{}" in action


def printed(key: str) -> str:
    """Return the name of a key as printed, such as `esc` for `escape`."""
    return _PRINTED_NAMES.get(key, key)


def textual_name(key: str) -> str:
    """Return Textual's name of a key, such as `minus` for `-`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key).lower().replace("-", "_").replace(" ", "_")
    return _TEXTUAL_NAMES.get(name, name)


def key_table(screen: str, keymap: Keymap) -> list[tuple[str, str]]:
    """Return the actions of a screen: their keys as printed, and their help text."""
    return [
        (" ".join(map(printed, keymap.keys(action.id))), action.help)
        for action in KEYS
        if action.screen == screen
    ]


def as_markdown() -> str:
    """Return the text of docs/keys.md."""
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

The footer shows the keys that work now; `?` shows all keys.
A rating within 150 ms of the answer, and an answer within 150 ms of a new card, are ignored: they were meant for what was shown before.
A key that is held down acts once, `u` included: presses of one key less than 120 ms apart count as repeats of the keyboard.
Only keys that move a cursor or change a figure by one, and keys that type text, repeat while they are held.
The same key again within 0.75 s waits 120 ms before it acts, to make sure that it is not held.

There are two presets: `anki` (the default) and `vim`, which differs where its column names keys.
Any key can be changed in `config.toml`; separate several keys by commas:

```toml
[keys]
preset = "vim"
"review.undo" = "u,z"
```

A key with two actions on one screen is an error; the message names both actions.
"""


def _code(keys: Iterable[str]) -> str:
    return " ".join("`\\|`" if key == "|" else f"`{printed(key)}`" for key in keys)


def _check_action(name: str) -> None:
    if not any(key.id == name for key in KEYS):
        raise UsageError(
            f'keys."{name}" is not an action. docs/keys.md lists all actions, '
            'such as "review.undo".'
        )


def _split(name: str, keys: str) -> tuple[str, ...]:
    names = tuple("," if name == "comma" else name for name in _names(keys))
    if not names:
        raise UsageError(
            f'keys."{name}" names no key. Write one key, or several separated by '
            "commas; write comma for the comma itself."
        )
    for key in names:
        plain = key.removeprefix("ctrl+").removeprefix("shift+")
        if len(plain) != 1 and plain not in _KEY_NAMES:
            raise UsageError(
                f'keys."{name}": {key!r} is not a key. Write one character, '
                "or a name such as space, escape or ctrl+z."
            )
    return names


def _check_key_count(name: str, keys: tuple[str, ...]) -> None:
    default = next(key for key in KEYS if key.id == name)
    if _has_action_per_key(default.action) and len(keys) != len(default.keys):
        raise UsageError(
            f'keys."{name}" needs {len(default.keys)} keys, one for each row, '
            f"but has {len(keys)}."
        )


def _names(keys: str) -> list[str]:
    full_names = {short: name for name, short in _PRINTED_NAMES.items()}
    names = (name.strip() for name in keys.split(","))
    return [full_names.get(name, name) for name in names if name]


def _check_conflicts(keys: Mapping[str, tuple[str, ...]]) -> None:
    # The table begins with the keys that work everywhere.
    actions_by_key: dict[tuple[str, str], str] = {}
    for key in KEYS:
        for name in keys[key.id]:
            for screen in (EVERYWHERE, key.screen):
                if other := actions_by_key.get((screen, name)):
                    raise UsageError(
                        f"The key {printed(name)} has two actions: "
                        f"{other} and {key.id}. Choose another key for one of them."
                    )
            actions_by_key[key.screen, name] = key.id
