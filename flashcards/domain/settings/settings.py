"""Settings as a frozen value, read from `config.toml`; decks inherit along their keys.

Precedence: command line, then environment, then `config.toml`, then the defaults here.
Importing this module reads and creates no file.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashcards.disk.settings_file import read_settings_file
from flashcards.domain.cards import LEARN_AHEAD_MINUTES
from flashcards.domain.settings.names import (
    GENERAL,
    OBSIDIAN,
    SCHEDULING,
    TABLES,
    check_deck_tables,
    check_keys,
    check_names,
)
from flashcards.domain.settings.separators import (
    DEFAULT_SEPARATORS,
    Separators,
    parse_separators,
)
from flashcards.errors import UsageError
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from flashcards.disk.own_files import OwnFiles

# Default FSRS-6 weights of the `fsrs` package 6.3 (a test compares them).
DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
WEIGHT_BOUNDS = (
    (0.001, 100), (0.001, 100), (0.001, 100), (0.001, 100), (1, 10), (0.001, 4), (0.001, 4),
    (0.001, 0.75), (0, 4.5), (0, 0.8), (0.001, 3.5), (0.001, 5), (0.001, 0.25), (0.001, 0.9),
    (0, 4), (0, 1), (1, 6), (0, 2), (0, 2), (0, 0.8), (0.1, 0.8),
)  # fmt: skip
"""Minimum and maximum of each weight, as in the `fsrs` package."""


@dataclass(frozen=True, slots=True)
class DeckOptions:
    """How the cards of one deck are scheduled and limited."""

    desired_retention: float = 0.9
    """Predicted recall at which a card becomes due, 0.70 to 0.99."""
    new_per_day: int = 12
    """New cards per study day, for the deck and all decks below it."""
    reviews_per_day: int = 200
    """Reviews per study day, for the deck and all decks below it."""
    learning_steps: tuple[int, ...] = (60, 600)
    """Intervals in seconds before a new card graduates."""
    relearning_steps: tuple[int, ...] = (600,)
    """Intervals in seconds after a lapse."""
    maximum_interval: int = 36_500
    """Longest interval in days."""
    leech_threshold: int = 8
    """Lapses until a card is called a leech, and again after half as many more."""
    fuzz: bool = True
    """Whether intervals vary a little, always in the same way."""
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    """The 21 weights of FSRS-6."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one home directory."""

    theme: str = "auto"
    """`auto` (ink), `ink`, `paper`, or any theme that Textual ships."""
    glyphs: str = "auto"
    """`auto`, `unicode` or `ascii`."""
    minutes: int = 15
    """Minutes of a daily session; 0 for no time limit."""
    rollover_hour: int = 4
    """Local hour at which a new study day begins, 0 to 23."""
    timezone: str = ""
    """IANA name of the learner's time zone; empty for that of the system."""
    learn_ahead_minutes: int = LEARN_AHEAD_MINUTES
    """Minutes before its due time at which a learning card may be asked if nothing else is left."""
    confidence: bool = False
    """Whether a session asks for the learner's confidence before it shows an answer."""
    preset: str = "anki"
    """Key preset: `anki` or `vim`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by action, such as `{"review.undo": "u,z"}`."""
    obsidian: Separators = DEFAULT_SEPARATORS
    """The separators of question and answer in Obsidian notes."""
    scheduling: DeckOptions = DeckOptions()
    """The default options of decks."""
    decks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options by deck key, or by a leading part of deck keys."""

    @property
    def zone(self) -> tzinfo | None:
        """The learner's time zone, or None for that of the system."""
        if not self.timezone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def learn_ahead_ms(self) -> int:
        """Learn-ahead in milliseconds."""
        return self.learn_ahead_minutes * 60_000

    def options(self, deck: str) -> DeckOptions:
        """Return the options of a deck: the defaults, overridden by each leading part of its key."""
        options = self.scheduling
        for prefix in list_prefixes(deck):
            own = self.decks.get(prefix)
            if own:
                options = replace(options, **own)
        return options

    def limits(self) -> dict[str, tuple[int, int]]:
        """Return the daily limits (new, reviews) by deck prefix; the empty prefix means all decks."""
        defaults = self.scheduling
        limits = {"": (defaults.new_per_day, defaults.reviews_per_day)}
        for prefix in self.decks:
            options = self.options(prefix)
            limits[prefix] = (options.new_per_day, options.reviews_per_day)
        return limits


@dataclass(frozen=True, slots=True)
class AppDirectories:
    """The home directory with the store, the settings, the backups and the media."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite file of the store."""
        return self.path / "flashcards.db"

    @property
    def config(self) -> Path:
        """The settings file; it may be missing."""
        return self.path / "config.toml"

    @property
    def media(self) -> Path:
        """The directory of pictures and sounds used by notes; it may be missing."""
        return self.path / "media"

    @property
    def window(self) -> Path:
        """The lock file that the first of several open windows holds."""
        return self.path / "window.lock"

    @property
    def own_files(self) -> OwnFiles:
        """The files that no command may overwrite."""
        from flashcards.disk.own_files import OwnFiles

        return OwnFiles(
            self.path,
            self.database,
            frozenset((self.config.name, self.window.name)),
            (self.path / "backups", self.media),
        )


def find_home(option: str | None, environment: Mapping[str, str]) -> AppDirectories:
    """Return the home directory: option, else `FLASHCARDS_HOME`, else the platform's default.

    Raises:
        UsageError: the path begins with the home of an unknown user.
    """
    name = option or environment.get("FLASHCARDS_HOME")
    try:
        if name:
            return AppDirectories(Path(name).expanduser().absolute())
        return AppDirectories(_user_data_directory(environment) / "flashcards")
    except RuntimeError as error:
        reason = f" for {name}" if name else ""
        raise UsageError(
            f"Could not find a home directory{reason}. Choose a directory with --home DIR or "
            "FLASHCARDS_HOME."
        ) from error


def _user_data_directory(environment: Mapping[str, str]) -> Path:
    # Importing platformdirs would cost as much time as the whole command `due`.
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if os.name == "nt":
        return Path(
            environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        )
    data = environment.get("XDG_DATA_HOME", "")
    return Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share"


def read_settings(path: Path) -> Settings:
    """Return the settings of a file, or the defaults if there is no file.

    Raises:
        UsageError: the file is not TOML or a value is invalid; the message says where.
    """
    return _parse_settings(read_settings_file(path), path)


def _parse_settings(data: dict[str, Any], path: Path) -> Settings:
    keys = dict(_table(data, "keys", path))
    check_keys(keys, path)
    preset = keys.pop("preset", Settings().preset)
    scheduling = _table(data, "scheduling", path)
    decks = _table(data, "decks", path)
    check_deck_tables(decks, path)
    obsidian = _table(data, "obsidian", path)
    check_names(obsidian, OBSIDIAN, path, "obsidian.")
    separators = parse_separators(obsidian, path)
    general = {name: value for name, value in data.items() if name not in TABLES}
    check_names(general, GENERAL, path, "")
    for name, value in [*general.items(), ("preset", preset)]:
        _check_value(name, value, path, name)
    for name, value in keys.items():
        if not isinstance(value, str) or not value.strip():
            raise UsageError(
                f'{path}: keys."{name}" must be one or more keys in quotes.'
            )
    return Settings(
        **general,
        preset=preset,
        keys=keys,
        obsidian=separators,
        scheduling=replace(
            DeckOptions(), **_parse_options(scheduling, path, "scheduling")
        ),
        decks={
            name: _parse_options(_table(decks, name, path), path, f'decks."{name}"')
            for name in decks
        },
    )


def _parse_options(data: Mapping[str, Any], path: Path, table: str) -> dict[str, Any]:
    check_names(data, SCHEDULING, path, f"{table}.")
    result: dict[str, Any] = {}
    for name, value in data.items():
        setting = f"{table}.{name}"
        if name.endswith("_steps"):
            result[name] = _parse_steps(value, path, setting)
        elif name == "weights":
            result[name] = _parse_weights(value, path, setting)
        else:
            result[name] = _check_value(f".{name}", value, path, setting)
    return result


def _table(data: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: {name} must be a table: write [{name}].")
    return table


def _number_range(kind: type, low: float, high: float) -> tuple[type, float, float]:
    return (kind, low, high)


_CHECKS: dict[str, tuple[type, float, float] | tuple[str, ...] | None] = {
    "theme": None,
    "glyphs": ("auto", "unicode", "ascii"),
    "minutes": _number_range(int, 0, 600),
    "rollover_hour": _number_range(int, 0, 23),
    "timezone": None,
    "learn_ahead_minutes": _number_range(int, 0, 1440),
    "confidence": _number_range(bool, 0, 1),
    "preset": ("anki", "vim"),
    ".desired_retention": _number_range(float, 0.70, 0.99),
    ".new_per_day": _number_range(int, 0, 9999),
    ".reviews_per_day": _number_range(int, 0, 99_999),
    ".maximum_interval": _number_range(int, 1, 36_500),
    ".leech_threshold": _number_range(int, 1, 999),
    ".fuzz": _number_range(bool, 0, 1),
}
"""The allowed values of each setting: a type and range, several words, or None for any text.

A leading dot marks an option of decks.
"""


def _check_value(name: str, value: Any, path: Path, setting: str) -> Any:
    check = _CHECKS[name]
    if check is None:
        if not isinstance(value, str):
            raise UsageError(f"{path}: {setting} must be a quoted string.")
        if name == "timezone":
            _check_zone(value, path)
    elif isinstance(check[0], str):
        if value not in check:
            raise UsageError(
                f"{path}: {setting} must be one of {', '.join(map(str, check))}."
            )
    else:
        _check_number(value, check, path, setting)
    return value


def _check_number(value: Any, check: tuple[Any, ...], path: Path, setting: str) -> None:
    kind, low, high = check
    if kind is bool:
        if not isinstance(value, bool):
            raise UsageError(f"{path}: {setting} must be true or false.")
        return
    numeric = (int, float) if kind is float else (int,)
    if (
        isinstance(value, bool)
        or not isinstance(value, numeric)
        or not low <= value <= high
    ):
        noun = "whole number" if kind is int else "number"
        raise UsageError(
            f"{path}: {setting} must be a {noun} from {low:g} to {high:g}."
        )


def _check_zone(name: str, path: Path) -> None:
    if not name:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(
            f"{path}: {name!r} is not a time zone known to this computer."
        ) from error


_MAX_STEP_LENGTH = 12
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _parse_steps(value: Any, path: Path, setting: str) -> tuple[int, ...]:
    error = UsageError(
        f'{path}: {setting} must be a list of intervals such as ["1m", "10m", "1d"].'
    )
    if not isinstance(value, list):
        raise error
    steps = []
    for step in value:
        if (
            not isinstance(step, str)
            or step[-1:] not in _UNITS
            or not step[:-1].isdecimal()
            or len(step) > _MAX_STEP_LENGTH
        ):
            raise error
        seconds = int(step[:-1]) * _UNITS[step[-1]]
        if not 1 <= seconds <= 30 * 86_400:
            raise UsageError(
                f"{path}: {setting}: an interval must be from 1 second to 30 days."
            )
        steps.append(seconds)
    return tuple(steps)


def _parse_weights(value: Any, path: Path, setting: str) -> tuple[float, ...]:
    if (
        not isinstance(value, list)
        or len(value) != len(DEFAULT_WEIGHTS)
        or not all(
            isinstance(w, (int, float)) and not isinstance(w, bool) for w in value
        )
    ):
        raise UsageError(
            f"{path}: {setting} must be a list of the 21 weights of FSRS-6."
        )
    for number, (weight, bounds) in enumerate(zip(value, WEIGHT_BOUNDS, strict=True)):
        low, high = bounds
        if not low <= weight <= high:
            raise UsageError(
                f"{path}: {setting}: weight w{number} must be from {low:g} to {high:g}, "
                f"not {_format_number(weight)}."
            )
    return tuple(float(weight) for weight in value)


def _format_number(value: float) -> str:
    try:
        return f"{value:g}"
    except OverflowError:
        return "too large"
