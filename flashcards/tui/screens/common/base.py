"""What all screens share: their frame, redrawing, notices and errors said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.containers import Vertical
from textual.screen import Screen

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

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from flashcards.collection.collection import Collection
    from flashcards.tui.keys.keymap import Hint, Keymap
    from flashcards.tui.screen_host import ScreenHost
    from flashcards.tui.theme.themes import Look

Result = TypeVar("Result")


class BaseScreen(Screen[None]):
    """A title, a middle, a notice and the keys. `redraw` shows everything anew."""

    NAME: ClassVar[str] = ""
    """The screen's name in the table of keys."""
    AUTO_FOCUS = ""
    HAS_PROGRESS: ClassVar[bool] = False

    def body(self) -> Iterable[Widget]:
        """Return the widgets of the middle."""
        raise NotImplementedError

    def save_unfinished(self) -> None:
        """Save what was begun here and would be lost with the program.

        Raises:
            FlashcardsError: it cannot be saved.
        """

    def show(self) -> None:
        """Show the values of the moment in every widget of the middle, and the title."""
        raise NotImplementedError

    def hints(self) -> list[Hint]:
        """Return the keys that can act now, the most useful first."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Put the screen together, once."""
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
        """Choose words for the new size."""
        self.redraw()

    def redraw(self) -> None:
        """Show everything as it is now."""
        if self.is_mounted:
            self.attempt(self._show_all)

    def _show_all(self) -> None:
        self.show()
        bar = self.query_one(KeyBar)
        bar.help = self.help_hint()
        bar.show(self.hints())

    @property
    def key_names(self) -> tuple[str, ...]:
        """The screens of the table of keys whose keys work here."""
        return (self.NAME,)

    # What screens ask for.

    @property
    def host(self) -> ScreenHost:
        """The app, as screens know it."""
        return cast("ScreenHost", self.app)

    @property
    def collection(self) -> Collection:
        """What is shown and studied."""
        return self.host.collection

    @property
    def look(self) -> Look:
        """The colors and signs in force."""
        return self.host.look

    @property
    def keymap(self) -> Keymap:
        """The keys in force."""
        return self.host.keymap

    @property
    def frame(self) -> Frame:
        """The terminal's size."""
        return Frame(*self.app.size)

    def text(self, words: str, role: str = "text", *, bold: bool = False) -> Content:
        """Return words of ours in a role."""
        return span(words, self.look.style(role, bold=bold))

    def show_title(self, left: Content, right: Content) -> None:
        """Show the title line."""
        self.query_one(TitleLine).show(left, right)

    def hint(self, name: str, words: str = "") -> Hint:
        """Return the footer entry of an action by its id."""
        return self.keymap.hint(name, words)

    def help_hint(self) -> Hint:
        """Return the footer's last entry."""
        return self.hint("everywhere.help")

    def notice(self, sentence: str, *, error: bool = False) -> None:
        """Say what just happened in the row above the keys."""
        self.query_one(NoticeLine).show(stored(sentence), error=error)

    def save_as_text(self, name: str, day: int, text: str) -> None:
        """Keep a screen as a text file in the home directory, and say where."""
        from flashcards.tui.screens.common.saving import save_as_text

        path = self.attempt(
            lambda: save_as_text(self.collection.directories.path, name, day, text)
        )
        if path is not None:
            self.notice(f"Saved as {path}.")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Clear what was said of the action before a click."""
        self.forget_notice()

    def forget_notice(self) -> None:
        """Clear the notice, which was about the action before the one that comes now."""
        for line in self.query(NoticeLine):
            line.clear()

    def attempt(self, action: Callable[[], Result]) -> Result | None:
        """Return what an action returns; say in words why it could not be done."""
        try:
            return action()
        except FlashcardsError as error:
            self.notice(str(error), error=True)
            return None
