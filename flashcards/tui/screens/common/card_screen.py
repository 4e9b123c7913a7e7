"""The base of screens that ask cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from flashcards.tui.screens.common.answer_input import AnswerInput
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.widgets.answering.answer_card import AnswerCard
from flashcards.tui.widgets.rating_bar import RatingBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.domain.cards import Scope
    from flashcards.grading.answers import GradedAnswer
    from flashcards.study.session.base_session import BaseSession
    from flashcards.tui.keys.keymap import Hint


class CardScreen(BaseScreen):
    """A card to answer, with the rating bar below it."""

    HAS_PROGRESS: ClassVar[bool] = True

    def __init__(self, session: BaseSession, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self.answer_input = AnswerInput(
            self,
            session,
            submit=self.submit_answer,
            draft_changed=self.draft_changed,
        )

    def body(self) -> Iterable[Widget]:
        """Return the card and the rating bar."""
        with Vertical(id="table"):
            yield AnswerCard(self.answer_input)
            yield RatingBar()

    @property
    def key_names(self) -> tuple[str, ...]:
        """The keys of the screen, and those that answer."""
        return (self.NAME, "answer")

    @property
    def card(self) -> AnswerCard:
        """The card."""
        return self.query_one(AnswerCard)

    def submit_answer(self, answer: GradedAnswer) -> None:
        """Give an answer to the session and show what follows."""
        raise NotImplementedError

    def draft_changed(self) -> None:
        """React to a change of an answer that is not submitted; here, do nothing."""

    def help_hint(self) -> Hint:
        """Return how to get help; while letters are typed, by a key that is not a letter."""
        return self.answer_input.free_hint("everywhere.help")

    # Keys of the card that also act where they are clicked.

    def action_answer(self) -> None:
        """Submit the answer, or go to the input field."""
        if not self.card.focus_answer():
            self.card.action_answer()

    def action_tick(self) -> None:
        """Tick or hold the row under the cursor."""
        self.card.action_tick()

    def action_side(self) -> None:
        """Go to the other side of a match."""
        self.card.action_side()

    def action_blur_answer(self) -> None:
        """Stop typing, so that letters are keys again."""
        self.card.action_blur_answer()

    def action_unsure(self) -> None:
        """Change how sure the learner is, before answering."""
        self.answer_input.change_confidence(f"{self.NAME}.unsure")

    def action_scroll_card(self, direction: int) -> None:
        """Scroll a long card down (1) or up (-1)."""
        self.card.scroll_rows(direction)
