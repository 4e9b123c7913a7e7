"""A quiz with feedback after each answer: chosen items, each asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.study.queue.queue import Queue
from flashcards.study.quiz.result import items_given, result_of
from flashcards.study.session.card_actions import make_due
from flashcards.study.session.cram import CramSession
from flashcards.study.session.kinds import QUIZ
from flashcards.study.session.session import SESSION_OPERATIONS, ReviewSession

if TYPE_CHECKING:
    from flashcards.domain.cards import Memory, QueueCard
    from flashcards.study.quiz.result import QuizResult


class QuizQueue(Queue):
    """The items of a quiz: none comes round again, whatever its learning steps are."""

    def answered(self, card: QueueCard, memory: Memory) -> None:
        """Let go of an item."""
        self.take(card.card_id)

    def put_last(self, card: QueueCard) -> None:
        """Let go of an item that practice would ask once more."""
        self.take(card.card_id)


class QuizSession(ReviewSession):
    """A quiz: a review session over its items, with a result.

    Show `current`, `answer` it, `rate` it; `rate(current.suggested)` takes the suggestion.
    """

    kind = QUIZ

    def result(self) -> QuizResult:
        """Return what the answers so far come to."""
        return result_of(items_given(self._given, self._context.reader))

    def make_wrong_due(self) -> str | None:
        """Make the items that were not right due today; return the label of the change.

        None where there is none to be made due. Undo takes it back.
        """
        wrong = [item.row for item in self.result().not_right]
        change = make_due(self._context, self._sitting, wrong)
        return change.label if change else None

    @property
    def can_undo(self) -> bool:
        """Whether anything of this quiz can be taken back."""
        last = self._context.reader.log.undoable(SESSION_OPERATIONS)
        return last is not None and self._is_own(last.sitting_id)

    def undo(self) -> str | None:
        """Take back the last answer or change of this quiz; None where there is none."""
        return super().undo() if self.can_undo else None

    def redo(self) -> str | None:
        """Do again what was taken back last in this quiz; None for nothing."""
        last = self._context.reader.log.redoable(SESSION_OPERATIONS)
        return super().redo() if last and self._is_own(last.sitting_id) else None

    def _ask_early(self, note_id: int) -> bool:
        """Return False: a quiz asks its own items and no others."""
        return False

    def _is_own(self, sitting_id: int | None) -> bool:
        return sitting_id is not None and sitting_id == self._sitting.made


class CramQuizSession(CramSession):
    """A quiz that leaves the schedule alone."""

    kind = QUIZ

    def result(self) -> QuizResult:
        """Return what the answers so far come to."""
        return result_of(items_given(self._given, self._context.reader))

    def make_wrong_due(self) -> str | None:
        """Return None: practice changes nothing."""
        return None

    def _ask_early(self, note_id: int) -> bool:
        """Return False: a quiz asks its own items and no others."""
        return False
