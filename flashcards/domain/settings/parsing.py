"""Reads `config.toml` and checks every value; the messages name the setting and its range."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashcards.disk.settings_file import read_settings_file
from flashcards.domain.settings.names import (
    GENERAL,
    OBSIDIAN,
    SCHEDULING,
    TABLES,
    check_deck_tables,
    check_keys,
    check_names,
)
from flashcards.domain.settings.separators import parse_separators
from flashcards.domain.settings.settings import (
    DEFAULT_WEIGHTS,
    WEIGHT_BOUNDS,
    DeckOptions,
    Settings,
)
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
