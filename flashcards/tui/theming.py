"""The look in force: theme, roles, signs, and what a terminal without color gets."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from textual.app import App

from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.theme.glyphs import choose_glyphs
from flashcards.tui.theme.themes import PLAIN, Look, depth_of, palette_of, themes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.settings.settings import Settings


class LookApp(App[str]):
    """An app that shows every screen in the theme and the signs of the settings."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        """Put the look in force before anything is parsed or painted."""
        self.depth = depth_of(environment)
        super().__init__(ansi_color=True if self.depth == "none" else None)
        self.glyphs = choose_glyphs(settings.glyphs, environment)
        self.set_class(not self.glyphs.braille, "-ascii")
        self.set_class(self.depth == "none", "-plain")
        self._looks: dict[str, Look] = {}
        self._choose_theme(settings.theme)

    def _choose_theme(self, name: str) -> None:
        for theme in themes(self.depth):
            self.register_theme(theme)
        if self.depth == "none":
            name = "plain"
        elif name == "auto":
            name = "ink"
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """Return Textual's variables, with our roles where a theme does not name them."""
        palette = asdict(palette_of(self.current_theme))
        roles = {name.replace("_", "-"): color for name, color in palette.items()}
        return {
            **super().get_css_variables(),
            **roles,
            "foreground": palette["text"],
            "surface": palette["panel"],
        }

    @property
    def look(self) -> Look:
        """The colors and signs in force."""
        name = self.theme
        if name not in self._looks:
            theme = self.current_theme
            plain = self.depth == "none" or theme.ansi
            palette = PLAIN if plain else palette_of(theme)
            self._looks[name] = Look(palette, self.glyphs, plain=plain)
        return self._looks[name]

    def redraw(self) -> None:
        """Show every open screen in the look in force."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.redraw()
