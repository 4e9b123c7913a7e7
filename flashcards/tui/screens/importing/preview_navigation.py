"""Looking through the plan of an import: cursor, folding, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.screens.common.base import BaseScreen

if TYPE_CHECKING:
    from flashcards.tui.screens.importing.preview_state import ImportState


class PreviewNavigation(BaseScreen):
    """Holds the plan that is shown, once it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.state: ImportState | None = None

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        if self.state:
            self.state.move(rows)
            self.redraw()

    def action_fold(self, closed: bool) -> None:
        """Show the notes of the deck under the cursor, or hide them."""
        if self.state:
            self.state.unfold(wanted=not closed)
            self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on a row that was clicked; a deck under it folds."""
        if self.state is None:
            return
        again = self.state.cursor == number
        self.state.cursor = number
        row = self.state.chosen
        if again and row.deck and not row.note:
            self.state.unfold(wanted=not self.state.is_open(row.deck))
        self.redraw()

    def action_leave_out(self) -> None:
        """Leave the deck under the cursor as it is, or take it in again."""
        if self.state:
            self.state.leave_out()
            self.redraw()

    def action_reworded(self) -> None:
        """Choose what becomes of the histories of reworded notes."""
        if self.state:
            self.state.decide()
            self.redraw()

    def action_problems(self) -> None:
        """Go to the faults, or back to the first row."""
        if self.state:
            self.state.go_to_problems()
            self.redraw()
