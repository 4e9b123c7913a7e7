"""The names of all settings, by the table of `config.toml` they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

GENERAL = (
    "theme", "glyphs", "minutes", "rollover_hour", "timezone", "learn_ahead_minutes",
    "confidence",
)  # fmt: skip
"""Settings at the top of the file, above the first table."""
SCHEDULING = (
    "desired_retention", "new_per_day", "reviews_per_day", "learning_steps",
    "relearning_steps", "maximum_interval", "leech_threshold", "fuzz", "weights",
)  # fmt: skip
"""Settings of `[scheduling]` and of each `[decks."..."]`."""
OBSIDIAN = ("inline", "inline_both_ways", "multiline", "multiline_both_ways")
"""Settings of `[obsidian]`."""
PRESET = "preset"
"""The only setting of `[keys]` that is not an action."""
TABLES = ("keys", "obsidian", "scheduling", "decks")
"""The top-level tables of the file."""


def check_names(
    data: Mapping[str, Any], known: Collection[str], path: Path, prefix: str
) -> None:
    """Check that a table contains only known settings.

    Args:
        data: The table.
        known: The names of its settings.
        path: The settings file, for the error message.
        prefix: The name of the table and a dot, or empty for the top of the file.

    Raises:
        UsageError: a name is unknown; the message says where the setting belongs.
    """
    for name, value in data.items():
        if name not in known:
            advice = _advice(name, value, prefix) or (
                f"Settings of this table: {', '.join(sorted(known))}."
            )
            raise UsageError(f"{path}: {prefix}{name} is not a setting. {advice}")


def check_keys(data: Mapping[str, Any], path: Path) -> None:
    """Check that `[keys]` contains no setting of another table.

    Raises:
        UsageError: it contains one; the message says where the setting belongs.
    """
    for name, value in data.items():
        advice = _advice(name, value, "keys.") if name != PRESET else ""
        if advice:
            raise UsageError(f"{path}: keys.{name} is not a setting. {advice}")


def check_deck_tables(data: Mapping[str, Any], path: Path) -> None:
    """Check that `[decks]` contains only tables, one for each deck.

    Raises:
        UsageError: it contains a value; the message says where the setting belongs.
    """
    for name, value in data.items():
        if not isinstance(value, dict):
            advice = _advice(name, value, "decks.") or (
                f'Settings of a deck need a table: write [decks."{name}"].'
            )
            raise UsageError(f"{path}: decks.{name} is not a setting. {advice}")


def _advice(name: str, value: Any, prefix: str) -> str:
    """Return where a misplaced setting belongs; empty if no setting has this name."""
    if name in GENERAL:
        return f"{name} belongs at the top of the file, above the first table."
    if name == PRESET:
        return "preset belongs in the table [keys]."
    if name in OBSIDIAN:
        return f"{name} belongs in the table [obsidian]."
    if name in SCHEDULING:
        return (
            f"{name} belongs in the table [scheduling], or in the table of a deck, "
            'such as [decks."metrics"].'
        )
    if name in TABLES:
        return f"{name} is a separate table: write [{name}]."
    if prefix.startswith("decks.") and isinstance(value, dict):
        return 'Put the whole deck key in quotes, such as [decks."metrics/ranking"].'
    return ""
