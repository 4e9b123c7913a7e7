"""Check the theme and the key bindings of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES

from flashcards.errors import UsageError
from flashcards.tui.keys.keymap import Keymap

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.domain.settings.settings import Settings

THEMES = frozenset({"auto", "ink", "paper", *BUILTIN_THEMES})
"""Valid values of the setting `theme`; `auto` means `ink`."""


def check_choices(settings: Settings, path: Path) -> Keymap:
    """Return the keymap of the settings.

    Args:
        settings: The settings.
        path: The settings file, for error messages.

    Raises:
        UsageError: the settings name an unknown action, key or theme.
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
