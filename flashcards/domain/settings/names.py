"""The names of all settings, and the table of `config.toml` that each belongs in."""

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
"""Settings above the first table."""
SCHEDULING = (
    "desired_retention", "new_per_day", "reviews_per_day", "learning_steps",
    "relearning_steps", "maximum_interval", "leech_threshold", "fuzz", "weights",
)  # fmt: skip
"""Settings of `[scheduling]` and of each `[decks."..."]`."""
OBSIDIAN = ("inline", "inline_both_ways", "multiline", "multiline_both_ways")
"""Settings of `[obsidian]`."""
PRESET = "preset"
"""The one setting of `[keys]` that is not an action."""
TABLES = ("keys", "obsidian", "scheduling", "decks")
"""The tables at the top of the file."""


def check_names(
    data: Mapping[str, Any], known: Collection[str], path: Path, place: str
) -> None:
    """Check that a table has only settings of its own.

    Raises:
        UsageError: it has another name; says where a setting of this name belongs.
    """
    for name, value in data.items():
        if name not in known:
            advice = _right_place(name, value, place) or (
                f"Known here: {', '.join(sorted(known))}."
            )
            raise UsageError(f"{path}: {place}{name} is not a setting. {advice}")


def check_keys(data: Mapping[str, Any], path: Path) -> None:
    """Check that `[keys]` has no setting of another table.

    Raises:
        UsageError: it has one; says where that belongs.
    """
    for name, value in data.items():
        advice = _right_place(name, value, "keys.") if name != PRESET else ""
        if advice:
            raise UsageError(f"{path}: keys.{name} is not a setting. {advice}")


def check_deck_tables(data: Mapping[str, Any], path: Path) -> None:
    """Check that `[decks]` has no value of its own, only a table for each deck.

    Raises:
        UsageError: it has a value; says where that belongs.
    """
    for name, value in data.items():
        if not isinstance(value, dict):
            advice = _right_place(name, value, "decks.") or (
                f'A deck is a table: write [decks."{name}"].'
            )
            raise UsageError(f"{path}: decks.{name} is not a setting. {advice}")


def _right_place(name: str, value: Any, place: str) -> str:
    """Return where a misplaced setting belongs; empty where no setting has the name."""
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
        return f"{name} is a table of its own: write [{name}]."
    if place.startswith("decks.") and isinstance(value, dict):
        return 'Write the whole key of a deck in quotes, such as [decks."metrics/ranking"].'
    return ""
