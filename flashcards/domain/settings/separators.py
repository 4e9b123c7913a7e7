"""What parts question and answer in notes of Obsidian, where its plugin is set to other signs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MOST = 40


@dataclass(frozen=True, slots=True)
class Separators:
    """The signs between question and answer, as the plugin's settings name them."""

    inline: str = "::"
    """Within a line, for one card."""
    inline_both_ways: str = ":::"
    """Within a line, for a card each way."""
    multiline: str = "?"
    """On a line of its own, for one card."""
    multiline_both_ways: str = "??"
    """On a line of its own, for a card each way."""

    def as_line(self) -> str:
        """Return them in one line; empty where they are the usual ones."""
        usual = asdict(Separators())
        return " ".join(
            f"{name}={value}"
            for name, value in asdict(self).items()
            if value != usual[name]
        )


USUAL = Separators()
"""The ones that the plugin has until somebody sets others."""


def separators_of(table: Mapping[str, Any], path: Path) -> Separators:
    """Return the separators of a table of settings.

    Raises:
        UsageError: a value is not possible, or two are the same; says where.
    """
    names = [field.name for field in fields(Separators)]
    for name, value in table.items():
        place = f"{path}: obsidian.{name}"
        if name not in names:
            raise UsageError(
                f"{place} is not a setting. Known here: {', '.join(names)}."
            )
        if not isinstance(value, str) or not value.strip() or "\n" in value:
            raise UsageError(f"{place} must be text on one line, in quotes.")
        if len(value) > _MOST:
            raise UsageError(f"{place} must have at most {_MOST} characters.")
    found = Separators(**{name: value.strip() for name, value in table.items()})
    for pair in (
        (found.inline, found.inline_both_ways),
        (found.multiline, found.multiline_both_ways),
    ):
        if pair[0] == pair[1]:
            raise UsageError(
                f"{path}: obsidian: {pair[0]} cannot mean one card and a card each way."
            )
    return found
