"""The base of all screens: frame, redrawing, notices and error messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.containers import Vertical
from textual.screen import Screen

from flashcards.domain.clock import date_of
from flashcards.errors import FlashcardsError
from flashcards.tui.rendering.lines import span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.theme.sizes import Frame
from flashcards.tui.widgets.bars import (
    KeyBar,
    NoticeLine,
    ProgressLine,
    TitleLine,
)
from flashcards.tui.widgets.base import TooSmall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from flashcards.collection.collection import Collection
    from flashcards.tui.keys.keymap import Hint, Keymap
    from flashcards.tui.screen_host import ScreenHost
    from flashcards.tui.theme.themes import Look

Result = TypeVar("Result")

REPORTS_DIRECTORY = "reports"
"""The directory in the home where screens are saved as text."""


class BaseScreen(Screen[None]):
    """A title line, a body, a notice line and a key bar; `redraw` updates all of them."""

    NAME: ClassVar[str] = ""
    """The screen's name in the table of keys."""
    AUTO_FOCUS = ""
    HAS_PROGRESS: ClassVar[bool] = False

    def body(self) -> Iterable[Widget]:
        """Return the widgets of the body."""
        raise NotImplementedError

    def save_unfinished(self) -> None:
        """Save unfinished input that would be lost when the program ends.

        Raises:
            FlashcardsError: it cannot be saved.
        """

    def show(self) -> None:
        """Show the current values in the title and in every widget of the body."""
        raise NotImplementedError

    def hints(self) -> list[Hint]:
        """Return the keys that work now, the most useful first."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Create the widgets, once."""
        if self.HAS_PROGRESS:
            yield ProgressLine()
        else:
            self.add_class("-top-row")
        with Vertical(id="page"):
            yield TitleLine(classes="frame")
            yield from self.body()
            yield NoticeLine(classes="frame")
            yield KeyBar()
        yield TooSmall(id="too-small")

    def on_mount(self) -> None:
        """Show the first values before the first paint."""
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the texts to the new size."""
        self.redraw()

    def redraw(self) -> None:
        """Show all current values."""
        if self.is_mounted:
            self.attempt(self._show_all)

    def _show_all(self) -> None:
        self.show()
        bar = self.query_one(KeyBar)
        bar.help = self.help_hint()
        bar.show(self.hints())

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names in the table of keys whose keys work here."""
        return (self.NAME,)

    # Shortcuts for subclasses.

    @property
    def host(self) -> ScreenHost:
        """The app, as screens know it."""
        return cast("ScreenHost", self.app)

    @property
    def collection(self) -> Collection:
        """The open collection."""
        return self.host.collection

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""
        return self.host.look

    @property
    def keymap(self) -> Keymap:
        """The current keys."""
        return self.host.keymap

    @property
    def frame(self) -> Frame:
        """The terminal's size."""
        return Frame(*self.app.size)

    def text(self, words: str, role: str = "text", *, bold: bool = False) -> Content:
        """Return text of the program in the style of a role."""
        return span(words, self.look.style(role, bold=bold))

    def show_title(self, left: Content, right: Content) -> None:
        """Show the title line."""
        self.query_one(TitleLine).show(left, right)

    def hint(self, name: str, words: str = "") -> Hint:
        """Return the key bar's entry of an action by its id."""
        return self.keymap.hint(name, words)

    def help_hint(self) -> Hint:
        """Return the key bar's last entry."""
        return self.hint("everywhere.help")

    def notice(self, message: str, *, error: bool = False) -> None:
        """Show a message in the line above the key bar."""
        self.query_one(NoticeLine).show(stored(message), error=error)

    @property
    def shows_error(self) -> bool:
        """Whether the notice line shows an error."""
        return self.query_one(NoticeLine).is_error

    def save_as_text(self, name: str, day: int, text: str) -> None:
        """Save a text in the home's `reports/`, replacing that of the same day."""
        path = self.attempt(lambda: self._write_report(name, day, text))
        if path is not None:
            self.notice(f"Saved as {path}.")

    def _write_report(self, name: str, day: int, text: str) -> Path:
        from flashcards.disk.replacing import make_directory, save_text

        directory = self.collection.directories.path / REPORTS_DIRECTORY
        make_directory(directory, private=True)
        path = directory / f"{name}-{date_of(day).isoformat()}.txt"
        save_text(path, text, private=True)
        return path

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Clear the notice of the previous action before a click acts."""
        self.forget_notice()

    def forget_notice(self) -> None:
        """Clear the notice of the previous action."""
        for line in self.query(NoticeLine):
            line.clear()

    def attempt(self, action: Callable[[], Result]) -> Result | None:
        """Return the result of an action; show its error and return None if it fails."""
        try:
            return action()
        except FlashcardsError as error:
            self.notice(str(error), error=True)
            return None
