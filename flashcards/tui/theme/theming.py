"""The current look of the app: its theme and glyphs, also without colors."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flashcards.tui.theme.glyphs import choose_glyphs
from flashcards.tui.theme.themes import PLAIN, Look, palette_of, themes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App
    from textual.theme import Theme

    from flashcards.domain.settings.settings import Settings
    from flashcards.tui.theme.themes import Depth


class Theming:
    """Holds the theme and the glyphs of an app."""

    def __init__(
        self,
        app: App[str],
        settings: Settings,
        environment: Mapping[str, str],
        depth: Depth,
    ) -> None:
        """Set up the look of an app, before its stylesheet is parsed.

        Args:
            app: The app.
            settings: The theme and the glyphs to use.
            environment: The environment variables, which describe the terminal.
            depth: The colors of the terminal, from `depth_of`.
        """
        self._app, self.depth = app, depth
        self.glyphs = choose_glyphs(settings.glyphs, environment)
        app.set_class(not self.glyphs.braille, "-ascii")
        app.set_class(depth == "none", "-plain")
        self._looks: dict[str, Look] = {}
        for theme in themes(depth):
            app.register_theme(theme)

    def name_of(self, setting: str) -> str:
        """Return the name of the theme for a setting in this terminal."""
        if self.depth == "none":
            return "plain"
        return "ink" if setting == "auto" else setting

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""
        name = self._app.theme
        if name not in self._looks:
            theme = self._app.current_theme
            plain = self.depth == "none" or theme.ansi
            palette = PLAIN if plain else palette_of(theme)
            self._looks[name] = Look(palette, self.glyphs, plain=plain)
        return self._looks[name]


def css_variables(theme: Theme) -> dict[str, str]:
    """Return the color roles of a theme as variables of the stylesheet."""
    palette = asdict(palette_of(theme))
    roles = {name.replace("_", "-"): color for name, color in palette.items()}
    return {**roles, "foreground": palette["text"], "surface": palette["panel"]}
