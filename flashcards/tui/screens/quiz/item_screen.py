"""One question of a finished quiz, with the answer given and the explanation."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.common.card_text import breadcrumb, card_view_model
from flashcards.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from flashcards.study.quiz.result import QuizItem
    from flashcards.study.session.current_card import CurrentCard
    from flashcards.tui.keys.keymap import Hint


class ItemScreen(BaseScreen):
    """The cards of the questions that were not right, one at a time."""

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
        """Show the current question."""
        item = self.items[self.index]
        dot = self.look.glyphs.dot
        self.show_title(
            breadcrumb(item.row, self.look),
            self.text(f"{self.index + 1} of {len(self.items)} not right", "muted"),
        )
        day = self.collection.moment().day
        card = self.query_one(CardView)
        card.set_class(item.card.is_graded, "-graded")
        current = _revealed(item)
        card.show(card_view_model(current, day, dot, hint=False, report_key=""))

    def hints(self) -> list[Hint]:
        """Return the keys to the other questions and back."""
        hints = [self.hint("item.back", "back")]
        if len(self.items) > 1:
            others = self.keymap.pair_hint("item.previous", "item.next", "questions")
            hints.insert(0, others)
        return [*hints, self.keymap.pair_hint("item.up", "item.down", "scroll")]

    def action_step(self, steps: int) -> None:
        """Go to another question."""
        self.index = min(max(self.index + steps, 0), len(self.items) - 1)
        self.redraw()

    def action_scroll_card(self, direction: int) -> None:
        """Scroll down (1) or up (-1)."""
        self.query_one(CardView).scroll_rows(direction)

    def action_back(self) -> None:
        """Go back to the result."""
        self.app.pop_screen()


def _revealed(item: QuizItem) -> CurrentCard:
    """Return the answer side of a question; one left open is graded as unanswered."""
    current = copy(item.card)
    current.revealed = True
    if current.is_graded and current.result is None:
        current.grade_answer(None, current.shown_at)
    return current
