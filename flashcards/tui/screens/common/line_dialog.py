"""A dialog that asks for one line of text, and says below what it would mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from flashcards.errors import FlashcardsError
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.widgets.bars import KeyBar
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from flashcards.tui.screen_host import ScreenHost

LONGEST = 120


class LineDialog(ModalScreen[None]):
    """A panel over the screen below, with one input."""

    NAME = "ask"
    key_names = (NAME,)
    BINDINGS = bindings(NAME)

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        meaning: Callable[[str], str],
        keep: Callable[[str], None],
    ) -> None:
        """Ask a question.

        Args:
            question: The question, in one line.
            value: What stands in the input at first.
            meaning: Returns what a text would mean, in one line; raises a
                `FlashcardsError` that says why it means nothing.
            keep: Is given the text, once it means something and enter was pressed.
        """
        super().__init__()
        self._question, self._value = question, value
        self._meaning, self._keep = meaning, keep

    def compose(self) -> ComposeResult:
        """Put the dialog together."""
        with Vertical(id="clearing"):
            with Vertical(id="middle"), Vertical(id="dialog"):
                yield Page()
                yield Input(self._value, max_length=LONGEST, compact=True)
            with Vertical(id="page"):
                yield KeyBar()

    def on_mount(self) -> None:
        """Ask, and wait for text."""
        keymap = cast("ScreenHost", self.app).keymap
        bar = self.query_one(KeyBar)
        bar.help = keymap.hint("ask.cancel")
        bar.show([keymap.hint("ask.send")])
        self._tell(self._value)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the text would mean now."""
        event.stop()
        self._tell(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the text."""
        event.stop()
        self.action_send()

    def _tell(self, text: str, *, is_sent: bool = False) -> bool:
        """Say what a text would mean; return whether it means anything.

        What is wrong with a text that was sent is said more clearly than what is wrong
        with one that is being typed.
        """
        look = cast("ScreenHost", self.app).look
        sign = ""
        try:
            told, role = self._meaning(text.strip()), "muted"
        except FlashcardsError as error:
            told, role = str(error), "hard"
            if is_sent:
                role, sign = "again", f"{look.glyphs.ratings[0]} "
        question = span(self._question, look.style("text", bold=True))
        style = look.style(role, bold=is_sent)
        meaning = span(sign, style) + stored(told, style)
        self.query_one(Page).show(
            lambda width, _: [question, *meaning.wrap(max(width, 1))]
        )
        return role == "muted"

    def action_send(self) -> None:
        """Keep the text, where it means something."""
        text = self.query_one(Input).value.strip()
        if self._tell(text, is_sent=True):
            self.app.pop_screen()
            self._keep(text)

    def action_cancel(self) -> None:
        """Go back and change nothing."""
        self.app.pop_screen()
