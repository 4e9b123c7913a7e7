"""The one panel of the first day and of an empty store: what is ready, and how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.tui.rendering.lines import blank, center, cut, pad, span, stack
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.widgets.base import Drawn, clickable, panel_row

if TYPE_CHECKING:
    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.screens.home.greeting import Greeting

_WIDEST = 64
_PADDING = 3


class WelcomePanel(Drawn):
    """A panel in the middle of the screen."""

    greeting: Greeting | None = None

    def show(self, greeting: Greeting) -> None:
        """Show a greeting."""
        self.greeting = greeting
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the panel in the middle of its size."""
        if self.greeting is None:
            return blank()
        room = min(width, _WIDEST)
        lines = self._lines(self.greeting, room - _PADDING - 2, height)
        rows = [blank(), *lines, blank()] if height > len(lines) + 1 else lines
        body = (row.pad_left(_PADDING) if row else row for row in rows)
        panel = [panel_row(row, self.look, room, "accent") for row in body]
        above = [blank()] * (max(height - len(panel), 0) // 3)
        return stack([*above, *(center(row, width) for row in panel)][:height])

    def _lines(self, greeting: Greeting, room: int, height: int) -> list[Content]:
        look = self.look
        text, muted = look.style("text"), look.style("muted")
        start = greeting.start
        button = span(f" {start.keys}  {start.words} ", look.style("button"))
        head = span(greeting.title, look.style("text", bold=True)).wrap(room)
        if greeting.subtitle:
            head += stored(greeting.subtitle, muted).wrap(room)
        invitation = [blank(), *span(greeting.invitation, text).wrap(room)]
        keys = [
            blank(),
            clickable(button, start.action),
            blank(),
            *(self._other(hint, room) for hint in greeting.others),
        ]
        explanation = span(greeting.explanation, text).wrap(room)
        is_short = len(head) + len(invitation) + len(keys) + len(explanation) < height
        if greeting.explanation and is_short:
            invitation += [blank(), *explanation]
        return [*head, *invitation, *keys]

    def _other(self, hint: Hint, room: int) -> Content:
        look = self.look
        keys = pad(span(hint.keys, look.style("accent", bold=True)), 6)
        line = cut(keys + span(hint.words, look.style("muted")), room, look.glyphs.more)
        return clickable(line.pad_left(1), hint.action)
