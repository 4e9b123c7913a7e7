"""The card on the table, and what is said to it before it is rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flashcards.domain.cards import Rating
from flashcards.grading.lines import parse_line
from flashcards.study.card_info import find_most_missed
from flashcards.study.session.kinds import REVIEW

if TYPE_CHECKING:
    from flashcards.grading.answers import GivenAnswer
    from flashcards.grading.lines import Confidence
    from flashcards.study.card_info import MissedPoint
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import CurrentCard


class BaseSession:
    """What every session has: one card at a time, and the learner's words to it."""

    kind: ClassVar[str] = REVIEW
    """The kind of the sitting, one of `flashcards.study.session.kinds`."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        context.reload_study_plan()
        self.current: CurrentCard | None = None
        """The card on the table; None when the session is over."""

    @property
    def asks_confidence(self) -> bool:
        """Whether the learner wants to be asked how sure they are."""
        return self._context.settings.confidence

    def reveal(self) -> None:
        """Turn the card over; a graded kind is then rated without an answer."""
        if self.current:
            self.current.revealed = True

    def set_confidence(self, confidence: Confidence) -> None:
        """Note how sure the learner is; said twice, or after the answer, it is not noted."""
        shown = self.current
        if shown and not shown.revealed:
            shown.confidence = "" if shown.confidence == confidence else confidence

    def parse(self, line: str) -> GivenAnswer | str | None:
        """Return the answer that a typed line spells, or a sentence that says what is expected.

        None where no graded card is on the table.
        """
        if self.current is None:
            return None
        return parse_line(self.current.note, self.current.presentation, line)

    def best_rating(self) -> Rating:
        """Return the best rating that the card on the table can get."""
        result = self.current.result if self.current else None
        return (result.at_most if result else None) or Rating.EASY

    def suggested(self) -> Rating:
        """Return the rating that is suggested for the card on the table."""
        wanted = self.current.suggested if self.current else Rating.GOOD
        return min(wanted, self.best_rating())

    def missed_most(self) -> MissedPoint | None:
        """Return the point of the recall on the table that was missed most so far."""
        if self.current is None:
            return None
        row, note = self.current.row, self.current.note
        return find_most_missed(self._context.reader, row.card_id, note)
