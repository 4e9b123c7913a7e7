"""Choose what to import: a path, typed or picked from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from flashcards.importing.reading.path_choices import (
    chosen_path,
    list_choices,
    recent_paths,
)
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import justify, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.importing.preview_screen import ImportPreviewScreen
from flashcards.tui.widgets.base import Page, clickable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from flashcards.importing.reading.path_choices import PathChoice
    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.theme.themes import Look

_MOST_OPERATIONS = 200
"""Newest operations among which earlier imports are listed."""
_REASONS = {"shipped": "with their newest version", "before": "imported before"}


class ImportScreen(BaseScreen):
    """An input for the path, and below it a list of files and directories."""

    NAME = "import"
    BINDINGS = bindings(NAME)
    AUTO_FOCUS = "Input"

    def __init__(self) -> None:
        super().__init__()
        self.cursor = -1
        """The choice under the cursor; -1 while the typed path counts."""
        self.choices: list[PathChoice] = []
        self._recent: list[Path] = []

    def body(self) -> Iterable[Widget]:
        """Return the input and the list."""
        with Vertical(id="column"):
            yield Page(id="ask")
            yield Input(id="path", compact=True, max_length=1000)
            yield Page(id="places")

    def on_mount(self) -> None:
        """List the usual choices."""
        self.attempt(self._load_recent)
        self.choices = list_choices("", self._recent)
        self.cursor = 0
        super().on_mount()

    def _load_recent(self) -> None:
        self._recent = recent_paths(
            self.collection.reader.log.operations(_MOST_OPERATIONS)
        )

    def show(self) -> None:
        """Show the input and the choices."""
        self.show_title(
            self.text("Import", "accent", bold=True),
            self.text("you see every change before it is made", "muted"),
        )
        question = self.text(
            "Which file or directory do you want to import?", bold=True
        )
        self.query_one("#ask", Page).show(lambda _width, _height: [question])
        self.query_one("#places", Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        page = self.query_one("#places", Page)
        page.keep_in_sight(max(self.cursor, 0), height)
        return _choice_lines(self.choices, self.cursor, self.look, width)

    def hints(self) -> list[Hint]:
        """Return the keys for choosing."""
        return [
            self.hint("import.look"),
            self.hint("import.complete"),
            self.keymap.pair_hint("import.up", "import.down", "move"),
            self.hint("import.back"),
        ]

    @property
    def typed(self) -> str:
        """The path typed so far."""
        return self.query_one(Input).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the paths that begin as typed."""
        event.stop()
        self.choices = list_choices(self.typed, self._recent)
        self.cursor = -1 if self.typed else 0
        self.redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Preview the import of the path."""
        event.stop()
        self.action_preview()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        first = -1 if self.typed else 0
        self.cursor = min(max(self.cursor + rows, first), len(self.choices) - 1)
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Choose a row that was clicked; a directory is opened."""
        self.cursor = number
        if self.choices[number].is_directory and not self.choices[number].reason:
            self.action_complete()
        else:
            self.action_preview()

    def action_complete(self) -> None:
        """Put the choice under the cursor, or the first one, into the input."""
        number = max(self.cursor, 0)
        if number < len(self.choices):
            field = self.query_one(Input)
            field.value = self.choices[number].completion
            field.cursor_position = len(field.value)

    def action_preview(self) -> None:
        """Show what importing the path would change."""
        path = self.attempt(self._path)
        if path is not None:
            self.app.push_screen(ImportPreviewScreen(path))

    def _path(self) -> Path:
        if 0 <= self.cursor < len(self.choices):
            return self.choices[self.cursor].path
        return chosen_path(self.typed)

    def action_back(self) -> None:
        """Go back to the home screen."""
        self.app.pop_screen()


def _choice_lines(
    choices: Sequence[PathChoice], cursor: int, look: Look, width: int
) -> list[Content]:
    """Return a line for each choice; a sentence if there is none."""
    if not choices:
        text = "No importable files match."
        return [span(text, look.style("muted"))]
    return [
        clickable(
            _choice_line(choice, look, width, raised=number == cursor),
            f"screen.click_row({number})",
        )
        for number, choice in enumerate(choices)
    ]


def _choice_line(
    choice: PathChoice, look: Look, width: int, *, raised: bool
) -> Content:
    role = "text" if choice.is_directory else "accent"
    left = Content.assemble(
        (look.glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        (" ", look.style("text", raised=raised)),
        stored(choice.label, look.style(role, bold=raised, raised=raised)),
    )
    reason = _REASONS.get(choice.reason, "")
    right = span(f"{reason} " if reason else "", look.style("muted", raised=raised))
    line = pad(justify(left, right, width, look.glyphs.more), width)
    return line.stylize_before(look.style("text", raised=True)) if raised else line
