"""A quiz with feedback after each answer: chosen items, each asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import SessionKind
from flashcards.study.quiz.result import build_result, to_quiz_items
from flashcards.study.session.card_actions import make_due
from flashcards.study.session.session import ReviewSession

if TYPE_CHECKING:
    from flashcards.study.quiz.result import QuizResult


class QuizSession(ReviewSession):
    """A quiz: a review session over its items, with a result.

    Show `current`, `answer` it, `rate` it; `rate(current.suggested)` takes the suggestion.
    """

    kind = SessionKind.QUIZ

    def compute_result(self) -> QuizResult:
        """Return the result of the answers so far."""
        return build_result(to_quiz_items(self._log.answers, self._context.reader))

    def make_wrong_due(self) -> str | None:
        """Make the items that were not right due today; return the label of the change.

        None where no item can be made due, and in practice. Undo reverts it.
        """
        if self.cram:
            return None
        wrong = [item.row for item in self.compute_result().not_right]
        change = make_due(self._context, self._log.session_record, wrong)
        return change.label if change else None
