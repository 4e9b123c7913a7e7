"""The help screen: the keys of the current screen, then all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from flashcards.tui.keys.all_keys import SCREENS
from flashcards.tui.keys.key import EVERYWHERE
from flashcards.tui.keys.keymap import bindings, key_table
from flashcards.tui.rendering.lines import blank, justify, span
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.tui.keys.keymap import Hint, Keymap
    from flashcards.tui.theme.themes import Look

_KEY_CELLS = 18


class HelpScreen(BaseScreen):
    """All keys of the current keymap."""

    NAME = "help"
    BINDINGS = bindings(NAME)

    def __init__(self, opened_on: str) -> None:
        super().__init__()
        self.opened_on = opened_on

    def body(self) -> Iterable[Widget]:
        """Return the page of keys."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def show(self) -> None:
        """Show the keys."""
        self.show_title(self.text("Help", "accent", bold=True), Content(""))
        keymap = self.keymap
        self.query_one(Page).show(
            lambda width, _: help_lines(self.opened_on, keymap, self.look, width)
        )

    def hints(self) -> list[Hint]:
        """Return the keys to scroll and to close the help."""
        return [
            self.keymap.pair_hint("help.up", "help.down", "scroll"),
            self.hint("help.back"),
        ]

    def action_page(self, direction: int) -> None:
        """Scroll down or up by a page."""
        page = self.query_one(Page)
        page.scroll_rows(direction * max(page.size.height - 2, 1))

    def action_back(self) -> None:
        """Close the help."""
        self.app.pop_screen()


def help_lines(opened_on: str, keymap: Keymap, look: Look, width: int) -> list[Content]:
    """Return the keys of all screens, those of the current screen first."""
    order = [opened_on, EVERYWHERE, *SCREENS]
    first, *others = dict.fromkeys(name for name in order if name in SCREENS)
    lines: list[Content] = []
    for screen in (first, *others):
        title = span(SCREENS[screen], look.style("text", bold=True))
        marker = span("this screen" if screen == opened_on else "", look.style("muted"))
        lines.append(justify(title, marker, width))
        for keys, words in key_table(screen, keymap):
            keys_part = span(f"  {keys:<{_KEY_CELLS}}", look.style("accent", bold=True))
            wrapped = span(words, look.style("text")).wrap(width - _KEY_CELLS - 2)
            lines.append(keys_part + wrapped[0])
            lines += [line.pad_left(_KEY_CELLS + 2) for line in wrapped[1:]]
        lines.append(blank())
    return lines[:-1]
