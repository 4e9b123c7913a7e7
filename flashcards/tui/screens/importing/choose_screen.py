"""Choosing what to import: a path, typed or picked from what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input

from flashcards.importing.reading.places import chosen_path, places, recent_paths
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.importing.file_list import place_lines
from flashcards.tui.screens.importing.preview_screen import ImportPlanScreen
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.importing.reading.places import Place
    from flashcards.tui.keys.keymap import Hint

_OPERATIONS = 200
"""Operations among which earlier imports are looked for."""


class ImportScreen(BaseScreen):
    """An input for the path, and below it what can be chosen."""

    NAME = "import"
    BINDINGS = bindings(NAME)
    AUTO_FOCUS = "Input"

    def __init__(self) -> None:
        super().__init__()
        self.cursor = -1
        """The place under the cursor; -1 while the typed path counts."""
        self.places: list[Place] = []
        self._recent: list[Path] = []

    def body(self) -> Iterable[Widget]:
        """Return the input and the list."""
        with Vertical(id="column"):
            yield Page(id="ask")
            yield Input(id="path", compact=True, max_length=1000)
            yield Page(id="places")

    def on_mount(self) -> None:
        """List what is near."""
        self.attempt(self._look_back)
        self.places = places("", self._recent)
        self.cursor = 0
        super().on_mount()

    def _look_back(self) -> None:
        self._recent = recent_paths(self.collection.reader.log.operations(_OPERATIONS))

    def show(self) -> None:
        """Show what can be chosen."""
        self.show_title(
            self.text("Import", "accent", bold=True),
            self.text("nothing is changed before you have seen it", "muted"),
        )
        question = self.text("Which file or directory?", bold=True)
        self.query_one("#ask", Page).show(lambda _width, _height: [question])
        self.query_one("#places", Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        page = self.query_one("#places", Page)
        page.keep_in_sight(max(self.cursor, 0), height)
        return place_lines(self.places, self.cursor, self.look, width)

    def hints(self) -> list[Hint]:
        """Return the keys that choose."""
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
        """List what begins as typed."""
        event.stop()
        self.places = places(self.typed, self._recent)
        self.cursor = -1 if self.typed else 0
        self.redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look at the plan for the path."""
        event.stop()
        self.action_look()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        first = -1 if self.typed else 0
        self.cursor = min(max(self.cursor + rows, first), len(self.places) - 1)
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Choose a row that was clicked; a directory is opened."""
        self.cursor = number
        if self.places[number].is_directory and not self.places[number].about:
            self.action_complete()
        else:
            self.action_look()

    def action_complete(self) -> None:
        """Put the place under the cursor, or the only one, into the input."""
        at = max(self.cursor, 0)
        if at < len(self.places):
            field = self.query_one(Input)
            field.value = self.places[at].typed
            field.cursor_position = len(field.value)

    def action_look(self) -> None:
        """Show what importing the path would change."""
        path = self.attempt(self._path)
        if path is not None:
            self.app.push_screen(ImportPlanScreen(path))

    def _path(self) -> Path:
        if 0 <= self.cursor < len(self.places):
            return self.places[self.cursor].path
        return chosen_path(self.typed)

    def action_back(self) -> None:
        """Go back to the start."""
        self.app.pop_screen()
