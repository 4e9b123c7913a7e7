"""The keys of a screen that lists areas and decks."""

from __future__ import annotations

from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.home.deck_tree import DeckTree


class AreaNavigation(BaseScreen):
    """Moves the cursor in the list, folds and unfolds; `action_start` is the subclass's."""

    def action_start(self) -> None:
        """Start what the cursor is on."""
        raise NotImplementedError

    def action_move(self, rows: int) -> None:
        """Move the cursor in the list of areas."""
        self.query_one(DeckTree).move(rows)
        self.redraw()

    def action_fold(self, shut: bool | None = None) -> None:
        """Fold or unfold the area under the cursor."""
        self.query_one(DeckTree).fold(shut=shut)
        self.redraw()

    def action_today(self) -> None:
        """Go back to the button."""
        self.query_one(DeckTree).leave()
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on a row that was clicked; a second click folds or starts."""
        tree = self.query_one(DeckTree)
        if tree.cursor != number:
            tree.put_cursor(number)
            self.redraw()
        elif tree.chosen and tree.chosen.branches:
            self.action_fold()
        else:
            self.action_start()

    def action_press(self) -> None:
        """Start today's cards, where the button was clicked."""
        self.query_one(DeckTree).leave()
        self.action_start()
