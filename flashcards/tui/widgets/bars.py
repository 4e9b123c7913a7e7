"""The rows around a screen's middle: progress, title, notice and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.tui.keys.keymap import Hint
from flashcards.tui.rendering.lines import blank, cut, justify, span
from flashcards.tui.widgets.base import Drawn, clickable

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "   "
"""Separates two entries of the footer."""


class ProgressLine(Drawn):
    """Row 0: how much of a session is done."""

    share = 0.0

    def show(self, share: float) -> None:
        """Show a share of 0 to 1."""
        self.share = share
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the line."""
        look, glyphs = self.look, self.look.glyphs
        done = round(min(max(self.share, 0.0), 1.0) * width)
        return span(glyphs.progress_done * done, look.style("accent")) + span(
            glyphs.progress_left * (width - done), look.style("line")
        )


class TitleLine(Drawn):
    """Row 1: the title of the screen, and facts about it at the right."""

    left = right = Content("")

    def show(self, left: Content, right: Content) -> None:
        """Show both ends of the line."""
        self.left, self.right = left, right
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the line."""
        return justify(self.left, self.right, width, self.look.glyphs.more)


class NoticeLine(Drawn):
    """The row above the footer: a notice, until the next key or for four seconds.

    An error stays until the next key, and gets as many rows as it needs.
    """

    SECONDS = 4.0
    MOST_ROWS = 4
    text = Content("")
    is_error = False
    _shown = 0

    def show(self, text: Content, *, error: bool = False) -> None:
        """Show a sentence; an error stays until the next key."""
        self.text, self.is_error = text, error
        self._shown += 1
        rows = len(text.wrap(max(self.app.size.width - 4, 1))) if error else 1
        self.styles.height = min(max(rows, 1), self.MOST_ROWS)
        self.refresh()
        if text and not error:
            number = self._shown
            self.set_timer(self.SECONDS, lambda: self._expire(number))

    def clear(self) -> None:
        """Remove the sentence."""
        if self.text:
            self.show(blank())

    def _expire(self, number: int) -> None:
        if number == self._shown:
            self.clear()

    def draw(self, width: int, height: int) -> Content:
        """Return the sentence at the right, or an error at the left."""
        if self.is_error:
            return self.text.stylize_before(self.look.style("again"))
        line = cut(self.text, width, self.look.glyphs.more)
        return justify(blank(), line.stylize_before(self.look.style("text")), width)


class KeyBar(Drawn):
    """The last row: the keys that work now; help is always shown."""

    hints: tuple[Hint, ...] = ()
    help = Hint("?", "help", "app.help")

    def show(self, hints: Sequence[Hint]) -> None:
        """Show the keys that work now, the most useful first, and help."""
        self.hints = tuple(hints)
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the row; entries that do not fit are dropped from the right."""
        last = self._entry(self.help)
        room = width - last.cell_length
        parts: list[Content] = []
        for hint in self.hints:
            entry = self._entry(hint)
            room -= entry.cell_length + len(GAP)
            if room < 0:
                break
            parts.append(entry)
        return Content(GAP).join([*parts, last])

    def _entry(self, hint: Hint) -> Content:
        entry = Content.assemble(
            (hint.keys, self.look.style("accent", bold=True)),
            " ",
            (hint.words, self.look.style("muted")),
        )
        return clickable(entry, hint.action) if hint.action else entry
