"""Whether the theme and the keys that the settings name are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES

from flashcards.errors import UsageError
from flashcards.tui.keys.keymap import Keymap

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.settings.settings import Settings

THEMES = frozenset({"auto", "ink", "paper", *BUILTIN_THEMES})
"""What the setting `theme` may name; `auto` is `ink`."""


def check_choices(settings: Settings, path: Path) -> Keymap:
    """Return the keys in force.

    Args:
        settings: The settings.
        path: The file that they come from, which the sentence names.

    Raises:
        UsageError: the settings name an action, a key or a theme that is not there.
    """
    if settings.theme not in THEMES:
        raise UsageError(
            f"{path}: theme: {settings.theme!r} is not a theme. "
            f"Known: {', '.join(sorted(THEMES))}."
        )
    try:
        return Keymap(settings.preset, settings.keys)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
