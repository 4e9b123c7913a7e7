"""One item of a quiz that is over: what was asked, what was answered, and why."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.common.card_text import breadcrumb, face_of
from flashcards.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from flashcards.study.quiz.result import QuizItem
    from flashcards.study.session.current_card import CurrentCard
    from flashcards.tui.keys.keymap import Hint


class ItemScreen(BaseScreen):
    """The card of an item with its explanation."""

    NAME = "item"
    BINDINGS = bindings(NAME)

    def __init__(self, items: Sequence[QuizItem], index: int) -> None:
        super().__init__()
        self.items = items
        self.index = index

    def body(self) -> Iterable[Widget]:
        """Return the card."""
        with Vertical(id="table"):
            yield CardView()

    def show(self) -> None:
        """Show the item."""
        item = self.items[self.index]
        dot = self.look.glyphs.dot
        self.show_title(
            breadcrumb(item.row, self.look),
            self.text(f"{self.index + 1} of {len(self.items)} not right", "muted"),
        )
        day = self.collection.moment().day
        card = self.query_one(CardView)
        card.set_class(item.shown.is_graded, "-graded")
        card.show(face_of(_marked(item), day, dot, hint=False, report_key=""))

    def hints(self) -> list[Hint]:
        """Return how to go through the items and back."""
        found = [self.hint("item.back", "back")]
        if len(self.items) > 1:
            found.insert(
                0, self.keymap.pair_hint("item.previous", "item.next", "items")
            )
        return [*found, self.keymap.pair_hint("item.up", "item.down", "read on")]

    def action_step(self, steps: int) -> None:
        """Go to another item."""
        self.index = min(max(self.index + steps, 0), len(self.items) - 1)
        self.redraw()

    def action_scroll_card(self, direction: int) -> None:
        """Read on, or back."""
        self.query_one(CardView).scroll_rows(direction)

    def action_back(self) -> None:
        """Go back to the result."""
        self.app.pop_screen()


def _marked(item: QuizItem) -> CurrentCard:
    """Return the card turned over, an item left open as one without an answer."""
    shown = copy(item.shown)
    shown.revealed = True
    if shown.is_graded and shown.result is None:
        shown.take(None, shown.shown_at)
    return shown
