"""A dialog for one line of text: what is wrong with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import span, stack
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.widgets.bars import KeyBar
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from flashcards.tui.screen_host import ScreenHost

LONGEST = 400


class ReportScreen(ModalScreen[None]):
    """A panel over the card, with one input."""

    NAME = "report"
    key_names = (NAME,)
    BINDINGS = bindings(NAME)

    def __init__(self, note_key: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._note_key = note_key
        self._keep = keep

    def compose(self) -> ComposeResult:
        """Put the dialog together."""
        with Vertical(id="clearing"):
            with Vertical(id="middle"), Vertical(id="dialog"):
                yield Page()
                yield Input(max_length=LONGEST, compact=True)
            with Vertical(id="page"):
                yield KeyBar()

    def on_mount(self) -> None:
        """Say what is asked for and wait for text."""
        app = cast("ScreenHost", self.app)
        look = app.look
        sentence = span("What is wrong with ", look.style("text", bold=True))
        sentence += stored(self._note_key, look.style("text", bold=True))
        sentence += span("?", look.style("text", bold=True))
        why = span("A line for whoever mends the deck.", look.style("muted"))
        self.query_one(Page).show(lambda _width, _height: [stack([sentence, why])])
        bar = self.query_one(KeyBar)
        bar.help = app.keymap.hint("report.cancel")
        bar.show([app.keymap.hint("report.send")])
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the report; an empty one is no report."""
        event.stop()
        self.action_send()

    def action_send(self) -> None:
        """Keep the report; an empty one is no report."""
        text = " ".join(self.query_one(Input).value.split())
        self.app.pop_screen()
        if text:
            self._keep(text)

    def action_cancel(self) -> None:
        """Go back without a report."""
        self.app.pop_screen()
