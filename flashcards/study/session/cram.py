"""Practice that leaves the schedule alone: answers are counted, and forgotten after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.domain.cards import Rating
from flashcards.grading.record import AnswerRecord
from flashcards.study.queue.load import queue_card
from flashcards.study.session.confusions import queue_confused_note
from flashcards.study.session.current_card import (
    CurrentCard,
    LoggedAnswer,
    RatingResult,
)
from flashcards.study.session.rating import answer_of, label_of
from flashcards.study.session.session import ReviewSession

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow
    from flashcards.study.session.current_card import Preview
    from flashcards.study.session.session import SetAside


class CramSession(ReviewSession):
    """A session that keeps no answer; a card rated Again comes round once more.

    Burying, suspending, marking and reporting are kept as in any session.
    """

    cram = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Begin as any session does."""
        self._changes: list[int] = []
        super().__init__(*arguments, **options)

    def toggle_mark(self) -> str | None:
        """Mark the note, or take its mark off; return the label of the change."""
        return self._noted(super().toggle_mark())

    def report(self, text: str) -> str | None:
        """Keep the learner's word that the note is wrong; return the label of the change."""
        return self._noted(super().report(text))

    def _set_aside(self, change: SetAside, *, note: bool) -> str | None:
        return self._noted(super()._set_aside(change, note=note))

    def _noted(self, label: str | None) -> str | None:
        """Remember after how many answers a change was made, so that undo finds it."""
        if label is not None:
            self._changes.append(len(self._given))
        return label

    def previews(self) -> dict[Rating, Preview]:
        """Return nothing: no rating changes when the card is due."""
        return {}

    def rate(self, rating: Rating) -> RatingResult | None:
        """Count the rating and put the next card on the table."""
        shown = self.current
        if shown is None or not shown.revealed:
            return None
        row = shown.row
        answer = answer_of(self._context, shown, rating)
        self._given.append(LoggedAnswer.of(row, answer))
        if answer.rating is Rating.AGAIN:
            self._queue.put_last(queue_card(row))
        queue_confused_note(self._context, self._queue, shown)
        self._put(self._next())
        return RatingResult(label_of(answer.rating, row))

    @property
    def can_undo(self) -> bool:
        """Whether anything of this practice can be taken back."""
        return bool(self._given or self._changes)

    def undo(self) -> str | None:
        """Take back the last answer or change of this practice; None where there is none."""
        if self._changes and self._changes[-1] == len(self._given):
            self._changes.pop()
            return super().undo()
        if not self._given:
            return None
        last = self._given.pop()
        self._return_current()
        self._queue.take(last.card_id)
        row = self._context.reader.cards.get(last.card_id)
        self.current = self._shown(row, self._context.moment().at, revealed=True)
        self.current.retake(last.record or AnswerRecord(None))
        return label_of(last.rating, row)

    def redo(self) -> str | None:
        """Return None: practice has nothing to do again."""
        return None

    def _shown(self, row: CardRow, at: int, *, revealed: bool = False) -> CurrentCard:
        # A card that comes round again is asked with other numbers, in another order.
        repeats = sum(one.card_id == row.card_id for one in self._given)
        return CurrentCard.of(
            row, at, self._context.reader, revealed=revealed, repeats=repeats
        )
