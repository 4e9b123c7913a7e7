"""The one panel of the first day: how many notes there are, and how to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, minutes_long
from flashcards.tui.rendering.lines import blank, center, cut, pad, span, stack
from flashcards.tui.widgets.base import Drawn, clickable, panel_row

if TYPE_CHECKING:
    from flashcards.study.today.welcome import Welcome
    from flashcards.tui.keys.keymap import Hint

_WIDEST = 64
_PADDING = 3


@dataclass(frozen=True, slots=True)
class Greeting:
    """The figures of the first day, and the keys that begin."""

    welcome: Welcome
    start: Hint
    others: tuple[Hint, ...]


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
        lines = self._lines(self.greeting, room - _PADDING - 2)
        rows = [blank(), *lines, blank()] if height > len(lines) + 1 else lines
        body = (row.pad_left(_PADDING) if row else row for row in rows)
        panel = [panel_row(row, self.look, room, "accent") for row in body]
        above = [blank()] * (max(height - len(panel), 0) // 3)
        return stack([*above, *(center(row, width) for row in panel)][:height])

    def _lines(self, greeting: Greeting, room: int) -> list[Content]:
        look, welcome = self.look, greeting.welcome
        text = look.style("text")
        notes, decks = count(welcome.notes, "note"), count(welcome.decks, "deck")
        is_are = "is" if welcome.notes == 1 else "are"
        bold = look.style("text", bold=True)
        title = span(f"Welcome. {notes} in {decks} {is_are} ready.", bold)
        about = f"about {welcome.questions} questions, {minutes_long(welcome.seconds)}"
        invitation = (
            f"Start with the diagnostic: {about}. It finds out what you already "
            "know and what to learn first; every answer counts as a review."
        )
        start = greeting.start
        button = span(f" {start.keys}  {start.words} ", look.style("button"))
        return [
            *title.wrap(room),
            blank(),
            *span(invitation, text).wrap(room),
            blank(),
            clickable(button, start.action),
            blank(),
            *(self._other(hint, room) for hint in greeting.others),
        ]

    def _other(self, hint: Hint, room: int) -> Content:
        look = self.look
        keys = pad(span(hint.keys, look.style("accent", bold=True)), 6)
        line = cut(keys + span(hint.words, look.style("muted")), room, look.glyphs.more)
        return clickable(line.pad_left(1), hint.action)
