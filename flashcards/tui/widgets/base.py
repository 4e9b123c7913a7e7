"""Base classes of widgets, which draw content in the current look at their size."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.color import Color
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from flashcards.tui.rendering.lines import cut, pad, span, stack
from flashcards.tui.theme.sizes import Frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from flashcards.tui.theme.themes import Look, Themed


class Drawn(Widget):
    """A widget that draws itself as one piece of content, and is never mounted again."""

    DEFAULT_CSS = """
    Drawn { height: 1; width: 1fr; }
    """

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""
        return cast("Themed", self.app).look

    @property
    def frame(self) -> Frame:
        """The terminal's size."""
        return Frame(*self.app.size)

    async def on_click(self, event: events.Click) -> None:
        """Run the action that `clickable` attached to the clicked content."""
        action = event.style.meta.get(_CLICK)
        if action:
            event.stop()
            await self.run_action(action)

    def draw(self, width: int, height: int) -> Content:
        """Return the content for a size; implemented by subclasses."""
        raise NotImplementedError

    def render(self) -> Content:
        """Return the content for the widget's size."""
        width, height = self.content_size
        return self.draw(width, height) if width > 0 and height > 0 else Content("")


class Page(Drawn):
    """A page of lines that a function lays out for the page's size."""

    DEFAULT_CSS = """
    Page { height: 1fr; width: 100%; }
    """
    top = 0
    _builder: Callable[[int, int], list[Content]] | None = None
    _length = 0

    def show(self, builder: Callable[[int, int], list[Content]]) -> None:
        """Show the lines that a function of width and height returns."""
        self._builder = builder
        self.refresh()

    def scroll_rows(self, rows: int) -> None:
        """Scroll down by some rows, or up by a negative number."""
        last = max(self._length - self.content_size.height, 0)
        self.top = min(max(self.top + rows, 0), last)
        self.refresh()

    def keep_in_sight(self, line: int, height: int) -> None:
        """Scroll as far as needed to make a line visible."""
        self.top = min(max(self.top, line - height + 1), line)

    def draw(self, width: int, height: int) -> Content:
        """Return the visible lines."""
        lines = self._builder(width, height) if self._builder else []
        self._length = len(lines)
        self.top = min(self.top, max(len(lines) - height, 0))
        return stack(lines[self.top : self.top + height])


def panel_row(
    body: Content, look: Look, width: int, role: str, *, raised: bool = False
) -> Content:
    """Return one row of a panel: its edge in a role, its body on the panel's fill."""
    room = width - 1
    filled = pad(cut(body, room, look.glyphs.more), room)
    edge = span(look.glyphs.bar, look.style(role))
    if look.plain:
        return edge + (filled.stylize_before(Style(reverse=True)) if raised else filled)
    fill = look.palette.raised if raised else look.palette.panel
    return (edge + filled).stylize_before(Style(background=Color.parse(fill)))


def clickable(content: Content, action: str) -> Content:
    """Return content that runs an action when clicked."""
    return content.stylize(Style.from_meta({_CLICK: action}))


_CLICK = "flashcards.click"
"""Not Textual's `@click`, which would be painted as a link."""


class TooSmall(Drawn):
    """The one line that a terminal under 40x10 shows."""

    def draw(self, width: int, height: int) -> Content:
        """Return the size that is needed, and the current size."""
        columns, rows = self.app.size
        return Content(f"Needs 60x20, is {columns}x{rows}.")
