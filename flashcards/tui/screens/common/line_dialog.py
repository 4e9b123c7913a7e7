"""A dialog that asks for one line of text and shows below how it is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from flashcards.errors import FlashcardsError
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.widgets.bars import KeyBar
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from flashcards.tui.screen_host import ScreenHost


class LineDialog(ModalScreen[None]):
    """A panel over the current screen, with one input field."""

    NAME: ClassVar[str] = "ask"
    BINDINGS = bindings(NAME)
    MAX_LENGTH: ClassVar[int] = 120

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        meaning: Callable[[str], str],
        save: Callable[[str], None],
        verb: str = "",
    ) -> None:
        """Ask a question.

        Args:
            question: The question, in one line.
            value: The text in the field at first.
            meaning: Returns in one line how a text is understood; raises a
                `FlashcardsError` with the reason if the text is not valid.
            save: Called with the text when enter was pressed and the text is valid.
            verb: What enter does, for the key bar; empty for the word of the key table.
        """
        super().__init__()
        self._question, self._value = question, value
        self._meaning, self._save, self._verb = meaning, save, verb

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names in the table of keys whose keys work here."""
        return (self.NAME,)

    @property
    def _host(self) -> ScreenHost:
        return cast("ScreenHost", self.app)

    def compose(self) -> ComposeResult:
        """Create the widgets, once."""
        with Vertical(id="clearing"):
            with Vertical(id="middle"), Vertical(id="dialog"):
                yield Page()
                yield Input(self._value, max_length=self.MAX_LENGTH, compact=True)
            with Vertical(id="page"):
                yield KeyBar()

    def on_mount(self) -> None:
        """Show the question and focus the field."""
        bar = self.query_one(KeyBar)
        bar.help = self._host.keymap.hint(f"{self.NAME}.cancel")
        bar.show([self._host.keymap.hint(f"{self.NAME}.send", self._verb)])
        self._check(self._value)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how the text is understood now."""
        event.stop()
        self._check(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the text."""
        event.stop()
        self.action_send()

    def _check(self, text: str, *, is_sent: bool = False) -> bool:
        """Show how a text is understood, or its error; return whether it is valid.

        The error of a text that was sent is shown more clearly than that of a text that
        is still being typed.
        """
        look = self._host.look
        sign, is_valid = "", True
        try:
            message, role = self._meaning(text.strip()), "muted"
        except FlashcardsError as error:
            message, role, is_valid = str(error), "hard", False
            if is_sent:
                role, sign = "again", f"{look.glyphs.ratings[0]} "
        question = stored(self._question, look.style("text", bold=True))
        meaning = stored(f"{sign}{message}", look.style(role, bold=is_sent))
        self.query_one(Page).show(
            lambda width, _: [question, *meaning.wrap(max(width, 1))]
        )
        return is_valid

    def action_send(self) -> None:
        """Save the text if it is valid."""
        text = self.query_one(Input).value.strip()
        if self._check(text, is_sent=True):
            self.app.pop_screen()
            self._save(text)

    def action_cancel(self) -> None:
        """Close the dialog and change nothing."""
        self.app.pop_screen()
