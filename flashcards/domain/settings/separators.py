"""The separators of question and answer in Obsidian notes, which its plugin lets users change."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAX_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Separators:
    """The separators between question and answer, with the defaults of the plugin."""

    inline: str = "::"
    """Within a line, for one card."""
    inline_both_ways: str = ":::"
    """Within a line, for two cards, one in each direction."""
    multiline: str = "?"
    """On a line of its own, for one card."""
    multiline_both_ways: str = "??"
    """On a line of its own, for two cards, one in each direction."""

    def as_line(self) -> str:
        """Return the changed separators in one line; empty if all are defaults."""
        defaults = asdict(Separators())
        return " ".join(
            f"{name}={value}"
            for name, value in asdict(self).items()
            if value != defaults[name]
        )


DEFAULT_SEPARATORS = Separators()
"""The default separators of the plugin."""


def parse_separators(table: Mapping[str, Any], path: Path) -> Separators:
    """Return the separators of the table `[obsidian]`.

    Raises:
        UsageError: a value is invalid, or two are equal; the message names the setting.
    """
    names = [field.name for field in fields(Separators)]
    for name, value in table.items():
        setting = f"{path}: obsidian.{name}"
        if name not in names:
            raise UsageError(
                f"{setting} is not a setting. Settings of this table: {', '.join(names)}."
            )
        if not isinstance(value, str) or not value.strip() or "\n" in value:
            raise UsageError(f"{setting} must be a quoted string on one line.")
        if len(value) > _MAX_LENGTH:
            raise UsageError(f"{setting} must have at most {_MAX_LENGTH} characters.")
    separators = Separators(**{name: value.strip() for name, value in table.items()})
    for one_way, both_ways in (
        (separators.inline, separators.inline_both_ways),
        (separators.multiline, separators.multiline_both_ways),
    ):
        if one_way == both_ways:
            raise UsageError(
                f"{path}: obsidian: {one_way} cannot mean both one card and two cards."
            )
    return separators
