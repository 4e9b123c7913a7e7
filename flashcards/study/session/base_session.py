"""The current card of a session, and the answer to it before it is rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flashcards.domain.cards import Rating, SessionKind
from flashcards.grading.lines import parse_line
from flashcards.study.card_info import find_most_missed

if TYPE_CHECKING:
    from flashcards.grading.answers import GradedAnswer
    from flashcards.grading.lines import Confidence
    from flashcards.study.card_info import MissedPoint
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import CurrentCard


class BaseSession:
    """What every session has: one card at a time, its answer, and the suggested rating."""

    kind: ClassVar[SessionKind] = SessionKind.REVIEW
    """The kind of the session."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        context.reload_study_plan()
        self.current: CurrentCard | None = None
        """The card that is shown; None when the session is over."""

    @property
    def asks_confidence(self) -> bool:
        """Whether the learner wants to be asked how sure they are."""
        return self._context.settings.confidence

    def reveal(self) -> None:
        """Show the answer; a card of a graded kind is then rated without an answer."""
        if self.current:
            self.current.revealed = True

    def set_confidence(self, confidence: Confidence) -> None:
        """Save how sure the learner is; the same value again clears it.

        After the answer is shown nothing changes.
        """
        current = self.current
        if current and not current.revealed:
            is_same = current.confidence == confidence
            current.confidence = "" if is_same else confidence

    def parse_answer(self, line: str) -> GradedAnswer | str | None:
        """Return the answer in a typed line, or a sentence that says what is expected.

        None where the session is over.
        """
        if self.current is None:
            return None
        return parse_line(self.current.note, self.current.presentation, line)

    @property
    def best_rating(self) -> Rating:
        """The best rating that the current card can get."""
        result = self.current.result if self.current else None
        return (result.at_most if result else None) or Rating.EASY

    @property
    def suggested_rating(self) -> Rating:
        """The rating that is suggested for the current card."""
        suggested = self.current.suggested_rating if self.current else Rating.GOOD
        return min(suggested, self.best_rating)

    def find_most_missed(self) -> MissedPoint | None:
        """Return the point of the current recall card that was missed most so far."""
        if self.current is None:
            return None
        row, note = self.current.row, self.current.note
        return find_most_missed(self._context.reader, row.card_id, note)
