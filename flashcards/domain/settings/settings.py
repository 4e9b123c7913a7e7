"""Settings as a frozen value: read from `config.toml`, inherited along a deck's path.

Precedence: command line, then environment, then `config.toml`, then the defaults here.
Nothing is created or read when this module is imported.
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
from flashcards.domain.settings.separators import USUAL, Separators, separators_of
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from flashcards.disk.own_files import OwnFiles

# Default FSRS-6 weights, as published with the `fsrs` package 6.3 (a test compares).
DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
WEIGHT_BOUNDS = (
    (0.001, 100), (0.001, 100), (0.001, 100), (0.001, 100), (1, 10), (0.001, 4), (0.001, 4),
    (0.001, 0.75), (0, 4.5), (0, 0.8), (0.001, 3.5), (0.001, 5), (0.001, 0.25), (0.001, 0.9),
    (0, 4), (0, 1), (1, 6), (0, 2), (0, 2), (0, 0.8), (0.1, 0.8),
)  # fmt: skip
"""Least and greatest value of each weight, as the `fsrs` package allows them."""


@dataclass(frozen=True, slots=True)
class DeckOptions:
    """How the cards of one deck are scheduled and limited."""

    desired_retention: float = 0.9
    """Predicted recall at which a card falls due, 0.70 to 0.99."""
    new_per_day: int = 12
    """New cards a study day, for the deck and everything below it."""
    reviews_per_day: int = 200
    """Reviews a study day, for the deck and everything below it."""
    learning_steps: tuple[int, ...] = (60, 600)
    """Waits in seconds before a new card graduates."""
    relearning_steps: tuple[int, ...] = (600,)
    """Waits in seconds after a lapse."""
    maximum_interval: int = 36_500
    """Longest interval in days."""
    leech_threshold: int = 8
    """Lapses at which a card is called a leech; again every half of it."""
    fuzz: bool = True
    """Whether intervals are spread a little, the same way each time."""
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
    """Minutes of a daily session; 0 for no end but the last card."""
    rollover_hour: int = 4
    """Hour of the local day at which a new study day begins, 0 to 23."""
    timezone: str = ""
    """IANA name of the learner's zone; empty for the system's."""
    learn_ahead_minutes: int = LEARN_AHEAD_MINUTES
    """How far ahead a learning card may be asked when nothing else is left."""
    confidence: bool = False
    """Whether a session asks how sure the learner is before it shows an answer."""
    preset: str = "anki"
    """Key preset: `anki` or `vim`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by action, such as `review.undo` to `u,z`."""
    obsidian: Separators = USUAL
    """What parts question and answer in notes of Obsidian."""
    scheduling: DeckOptions = DeckOptions()
    """Options of every deck that says nothing else."""
    decks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options that a deck or a leading part of deck keys sets for itself."""

    @property
    def zone(self) -> tzinfo | None:
        """The learner's time zone, None for the system's."""
        if not self.timezone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def learn_ahead_ms(self) -> int:
        """Learn-ahead in milliseconds."""
        return self.learn_ahead_minutes * 60_000

    def options(self, deck: str) -> DeckOptions:
        """Return the options of a deck: the defaults, overlaid by each part of its key."""
        options = self.scheduling
        for prefix in prefixes(deck):
            own = self.decks.get(prefix)
            if own:
                options = replace(options, **own)
        return options

    def limits(self) -> dict[str, tuple[int, int]]:
        """Return the daily limits (new, reviews) by deck prefix; the empty one is the whole."""
        whole = self.scheduling
        limits = {"": (whole.new_per_day, whole.reviews_per_day)}
        for prefix in self.decks:
            options = self.options(prefix)
            limits[prefix] = (options.new_per_day, options.reviews_per_day)
        return limits


@dataclass(frozen=True, slots=True)
class AppDirectories:
    """The directory that holds the store, the settings and the backups."""

    path: Path

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.path / "flashcards.db"

    @property
    def config(self) -> Path:
        """The settings file, which need not exist."""
        return self.path / "config.toml"

    @property
    def media(self) -> Path:
        """The directory of pictures and sounds that notes name, which need not exist."""
        return self.path / "media"

    @property
    def window(self) -> Path:
        """What the first of several windows on the home claims for itself."""
        return self.path / "window.lock"

    @property
    def own_files(self) -> OwnFiles:
        """What no command may write over."""
        from flashcards.disk.own_files import OwnFiles

        return OwnFiles(
            self.path,
            self.database,
            frozenset((self.config.name, self.window.name)),
            (self.path / "backups", self.media),
        )


def prefixes(deck: str) -> list[str]:
    """Return the leading parts of a deck key, shortest first, the key itself last."""
    parts = deck.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def find_home(option: str | None, environment: Mapping[str, str]) -> AppDirectories:
    """Return the home directory: option, else `FLASHCARDS_HOME`, else the platform's place.

    Raises:
        UsageError: it lies in the directory of a user whom the system does not know.
    """
    chosen = option or environment.get("FLASHCARDS_HOME")
    try:
        if chosen:
            return AppDirectories(Path(chosen).expanduser().absolute())
        return AppDirectories(_user_data_directory(environment) / "flashcards")
    except RuntimeError as error:
        whose = f" for {chosen}" if chosen else ""
        raise UsageError(
            f"No home directory is known{whose}. Name a directory with --home DIR or "
            "FLASHCARDS_HOME."
        ) from error


def _user_data_directory(environment: Mapping[str, str]) -> Path:
    # Three lines in place of platformdirs, whose import costs as much as all of `due`.
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if os.name == "nt":
        return Path(
            environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        )
    data = environment.get("XDG_DATA_HOME", "")
    return Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share"


def read_settings(path: Path) -> Settings:
    """Return the settings of a file, or the defaults where there is none.

    Raises:
        UsageError: the file is not TOML, or a value is not possible; says where.
    """
    return _settings(read_settings_file(path), path)


def _settings(data: dict[str, Any], path: Path) -> Settings:
    keys = dict(_table(data, "keys", path))
    check_keys(keys, path)
    preset = keys.pop("preset", Settings().preset)
    own = _table(data, "scheduling", path)
    decks = _table(data, "decks", path)
    check_deck_tables(decks, path)
    signs = _table(data, "obsidian", path)
    check_names(signs, OBSIDIAN, path, "obsidian.")
    separators = separators_of(signs, path)
    plain = {name: value for name, value in data.items() if name not in TABLES}
    check_names(plain, GENERAL, path, "")
    for name, value in [*plain.items(), ("preset", preset)]:
        _checked(name, value, path, name)
    for name, value in keys.items():
        if not isinstance(value, str) or not value.strip():
            raise UsageError(
                f'{path}: keys."{name}" must be a key or several, as text.'
            )
    return Settings(
        **plain,
        preset=preset,
        keys=keys,
        obsidian=separators,
        scheduling=replace(DeckOptions(), **_options(own, path, "scheduling")),
        decks={
            name: _options(_table(decks, name, path), path, f'decks."{name}"')
            for name in decks
        },
    )


def _options(data: Mapping[str, Any], path: Path, place: str) -> dict[str, Any]:
    check_names(data, SCHEDULING, path, f"{place}.")
    result: dict[str, Any] = {}
    for name, value in data.items():
        where = f"{place}.{name}"
        if name.endswith("_steps"):
            result[name] = _steps(value, path, where)
        elif name == "weights":
            result[name] = _weights(value, path, where)
        else:
            result[name] = _checked(f".{name}", value, path, where)
    return result


def _table(data: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: {name} must be a table, written [{name}].")
    return table


def _number(kind: type, low: float, high: float) -> tuple[type, float, float]:
    return (kind, low, high)


_CHECKS: dict[str, tuple[type, float, float] | tuple[str, ...] | None] = {
    "theme": None,
    "glyphs": ("auto", "unicode", "ascii"),
    "minutes": _number(int, 0, 600),
    "rollover_hour": _number(int, 0, 23),
    "timezone": None,
    "learn_ahead_minutes": _number(int, 0, 1440),
    "confidence": _number(bool, 0, 1),
    "preset": ("anki", "vim"),
    ".desired_retention": _number(float, 0.70, 0.99),
    ".new_per_day": _number(int, 0, 9999),
    ".reviews_per_day": _number(int, 0, 99_999),
    ".maximum_interval": _number(int, 1, 36_500),
    ".leech_threshold": _number(int, 1, 999),
    ".fuzz": _number(bool, 0, 1),
}
"""What each setting may be: a number's type and range, some words, or None for any text.

A leading dot marks an option of decks.
"""


def _checked(name: str, value: Any, path: Path, place: str) -> Any:
    check = _CHECKS[name]
    if check is None:
        if not isinstance(value, str):
            raise UsageError(f"{path}: {place} must be text in quotes.")
        if name == "timezone":
            _check_zone(value, path)
    elif isinstance(check[0], str):
        if value not in check:
            raise UsageError(
                f"{path}: {place} must be one of {', '.join(map(str, check))}."
            )
    else:
        _check_number(value, check, path, place)
    return value


def _check_number(value: Any, check: tuple[Any, ...], path: Path, place: str) -> None:
    kind, low, high = check
    if kind is bool:
        if not isinstance(value, bool):
            raise UsageError(f"{path}: {place} must be true or false.")
        return
    numeric = (int, float) if kind is float else (int,)
    if (
        isinstance(value, bool)
        or not isinstance(value, numeric)
        or not low <= value <= high
    ):
        word = "whole number" if kind is int else "number"
        raise UsageError(f"{path}: {place} must be a {word} from {low:g} to {high:g}.")


def _check_zone(name: str, path: Path) -> None:
    if not name:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(
            f"{path}: {name!r} is not a time zone this machine knows."
        ) from error


_LONGEST_STEP = 12
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _steps(value: Any, path: Path, place: str) -> tuple[int, ...]:
    problem = UsageError(
        f'{path}: {place} must be a list of waits such as ["1m", "10m", "1d"].'
    )
    if not isinstance(value, list):
        raise problem
    steps = []
    for step in value:
        if (
            not isinstance(step, str)
            or step[-1:] not in _UNITS
            or not step[:-1].isdecimal()
            or len(step) > _LONGEST_STEP
        ):
            raise problem
        seconds = int(step[:-1]) * _UNITS[step[-1]]
        if not 1 <= seconds <= 30 * 86_400:
            raise UsageError(
                f"{path}: {place}: a wait lies between 1 second and 30 days."
            )
        steps.append(seconds)
    return tuple(steps)


def _weights(value: Any, path: Path, place: str) -> tuple[float, ...]:
    if (
        not isinstance(value, list)
        or len(value) != len(DEFAULT_WEIGHTS)
        or not all(
            isinstance(w, (int, float)) and not isinstance(w, bool) for w in value
        )
    ):
        raise UsageError(f"{path}: {place} must be the 21 numbers of FSRS-6.")
    for number, (weight, bounds) in enumerate(zip(value, WEIGHT_BOUNDS, strict=True)):
        low, high = bounds
        if not low <= weight <= high:
            raise UsageError(
                f"{path}: {place}: weight w{number} is {_figure(weight)}, but must lie between "
                f"{low:g} and {high:g}."
            )
    return tuple(float(weight) for weight in value)


def _figure(value: float) -> str:
    try:
        return f"{value:g}"
    except OverflowError:
        return "too large"
