"""A session without a screen: one card at a time, each answer recorded before the next.

The session decides what is asked and what an answer does; a screen or a line mode shows
`current` and calls one method for each key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.errors import CardChangedError
from flashcards.grading.record import AnswerRecord
from flashcards.study.queue.load import to_queue_card
from flashcards.study.session.base_session import BaseSession
from flashcards.study.session.card_actions import bury, report, suspend, toggle_mark
from flashcards.study.session.current_card import (
    CurrentCard,
    RatingResult,
    summarize,
)
from flashcards.study.session.session_progress import compute_progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.cards import CardRow, QueueCard, Rating, State
    from flashcards.grading.answers import GradedAnswer
    from flashcards.grading.result import Result
    from flashcards.study.session.card_actions import ActionResult
    from flashcards.study.session.card_source import CardSource, NextCard
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import (
        Ending,
        Preview,
        SessionProgress,
        Summary,
    )
    from flashcards.study.session.session_log import SessionLog, UndoneStep

    HideCards = Callable[..., ActionResult]


class ReviewSession(BaseSession):
    """A session over a queue of cards.

    Its source chooses the cards; its log records the answers, or only counts them where
    the session is a practice.
    """

    def __init__(
        self,
        context: SessionContext,
        source: CardSource,
        log: SessionLog,
        first_card_id: int | None = None,
    ) -> None:
        """Show the first card.

        Args:
            context: What sessions work with.
            source: Chooses the cards.
            log: Records the answers; it has those of a session that is resumed.
            first_card_id: The card that was shown when the session was interrupted.
        """
        super().__init__(context)
        self._source = source
        self._queue = source.queue
        self._log = log
        self._hidden: dict[int, list[QueueCard]] = {}
        self._leech: CardRow | None = None
        self.ending: Ending = ""
        """Why the session is over; empty while it is not."""
        first = self._queue.get(first_card_id) if first_card_id else None
        row = source.read_askable(first) if first else None
        if row is None:
            self._advance()
        else:
            self._show(row)

    @property
    def cram(self) -> bool:
        """Whether the session is a practice that leaves the schedule alone."""
        return self._log.is_practice

    @property
    def answered_card_ids(self) -> frozenset[int]:
        """The cards that were answered."""
        return frozenset(answer.card_id for answer in self._log.answers)

    @property
    def progress(self) -> SessionProgress:
        """How far the session is, in cards and predicted seconds."""
        return compute_progress(
            self._log.answers,
            self._source.count_left(),
            self._current_state,
            self._context.pace,
            self._source.budget,
            repeats=self._queue.repeats,
        )

    def preview_ratings(self) -> dict[Rating, Preview]:
        """Return what each rating of the current card will do; empty when over."""
        return {} if self.current is None else self._log.preview_ratings(self.current)

    def summarize(self) -> Summary:
        """Return the summary of the session so far."""
        return summarize(
            self._log.answers,
            ending=self.ending,
            cram=self.cram,
            left=self._source.count_left().with_current(self._current_state),
            row=self._context.reader.cards.get,
        )

    def answer(self, answer: GradedAnswer | None) -> Result | None:
        """Grade an answer to the current card and reveal it; nothing is recorded yet.

        Another answer before the rating replaces it, as when points are ticked. None stands for no answer, which is wrong.

        Returns:
            The result, or None where there is no current card that is graded.
        """
        if self.current is None or not self.current.is_graded:
            return None
        return self.current.grade_answer(answer, self._context.moment().at)

    def rate(self, rating: Rating) -> RatingResult | None:
        """Record the rating of the revealed card and show the next card.

        Where a required point was missed, a better rating than Hard counts as Hard.

        Returns:
            What the rating did, or None where no card is revealed.

        Raises:
            StoreError: the answer could not be recorded; the session is as it was before.
        """
        current = self.current
        if current is None or not current.revealed:
            return None
        prepared = self._log.prepare(current, rating, self._queue)
        update = prepared.update
        update.to_front = self._source.find_confused_card(current)
        following = self._source.peek([*self._log.answers, prepared.logged], update)
        try:
            self._log.record(prepared, following.row.card_id if following.row else None)
        except CardChangedError:
            self._source.read_askable(to_queue_card(current.row))
            self._advance()
            return RatingResult(prepared.result.label, changed_elsewhere=True)
        self._queue.apply(update)
        if following.row and following.row.card_id == current.row.card_id:
            # It was read before its answer was recorded.
            following = following._replace(row=prepared.applied_to(following.row))
        self._show_next(following)
        self._leech = current.row if prepared.result.leech else None
        return prepared.result

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._log.can_undo

    def undo(self) -> str | None:
        """Undo the last answer or change and return its label; None for nothing to undo.

        Goes back beyond this session and beyond a restart, but not past an import.
        """
        step = self._log.undo()
        if step is None:
            return None
        if step.kind in ("mark", "report"):
            self.reload_current()
            return step.label
        self._return_current()
        if step.kind == "review":
            self._show_answered(step)
            return step.label
        if step.kind == "due":
            self._queue.remove(step.card_ids)
        for card in reversed(self._hidden.pop(step.operation_id, ())):
            self._queue.push_front(card)
        self._advance()
        return step.label

    def redo(self) -> str | None:
        """Redo what was undone last and return its label; None for nothing to redo."""
        step = self._log.redo()
        if step is None:
            return None
        if step.kind in ("mark", "report"):
            self.reload_current()
            return step.label
        self._return_current()
        if step.kind in ("bury", "suspend"):
            self._hidden[step.operation_id] = self._queue.remove(step.card_ids)
        else:
            self._requeue(step)
        self._advance()
        return step.label

    def bury_card(self) -> str | None:
        """Hide the card until the next study day; return the label of the change."""
        return self._hide(bury, note=False)

    def bury_note(self) -> str | None:
        """Hide all cards of the note until the next study day."""
        return self._hide(bury, note=True)

    def suspend_card(self) -> str | None:
        """Hide the card until it is restored."""
        return self._hide(suspend, note=False)

    def suspend_note(self) -> str | None:
        """Hide all cards of the note until they are restored."""
        return self._hide(suspend, note=True)

    def suspend_leech(self) -> str | None:
        """Suspend the leech that was rated last; without one, the current card."""
        if self._leech is None:
            return self.suspend_card()
        change = suspend(
            self._context, self._log.session_record, self._leech, note=False
        )
        self._leech = None
        self._hidden[change.operation_id] = self._queue.remove(change.card_ids)
        self._log.note_change()
        return change.label

    def toggle_mark(self) -> str | None:
        """Mark the note, or remove its mark; return the label of the change."""
        if self.current is None:
            return None
        change = toggle_mark(self._context, self._log.session_record, self.current.row)
        self._log.note_change()
        self.reload_current()
        return change.label

    def report(self, text: str) -> str | None:
        """Save the learner's report of an error in the note; return the label of the change."""
        if self.current is None or not text.strip():
            return None
        change = report(self._context, self._log.session_record, self.current.row, text)
        self._log.note_change()
        return change.label

    def reload_current(self) -> None:
        """Read the current card again, after its note was edited.

        Where the edit removed the card, the next one is shown.
        """
        if self.current is None:
            return
        row = self._context.reader.cards.get(self.current.row.card_id)
        if row.retired:
            self._advance()
            return
        before = self.current
        shown = self._show(row, before.shown_at, revealed=before.revealed)
        shown.restore_answer(before.record())

    def leave(self) -> None:
        """End the session; its answers are recorded already."""
        self._log.finish()

    @property
    def _current_state(self) -> State | None:
        return self.current.row.memory.state if self.current else None

    def _advance(self) -> None:
        """Show the next card, or end the session."""
        self._show_next(self._source.peek(self._log.answers))

    def _show_next(self, following: NextCard) -> None:
        self.ending = following.ending
        if following.row is None:
            self.current = None
        else:
            self._show(following.row)

    def _show(
        self, row: CardRow, at: int | None = None, *, revealed: bool = False
    ) -> CurrentCard:
        """Show a card, from now on or since an instant, and remove it from the queue."""
        self._queue.pop(row.card_id)
        self.current = CurrentCard.from_row(
            row,
            self._context.moment().at if at is None else at,
            self._context.reader,
            revealed=revealed,
            repeats=self._log.count_answers(row.card_id),
        )
        return self.current

    def _show_answered(self, step: UndoneStep) -> None:
        """Show the card whose review was undone, with its answer."""
        cards = self._context.reader.cards
        row = cards.get(step.card_ids[0]) if step.card_ids else None
        if row is None or row.retired or row.suspended:
            self._advance()
            return
        shown = self._show(row, revealed=True)
        shown.restore_answer(step.record or AnswerRecord(None))

    def _return_current(self) -> None:
        if self.current:
            self._queue.push_front(to_queue_card(self.current.row))
        self.current = None
        self.ending = ""

    def _requeue(self, step: UndoneStep) -> None:
        """Queue the cards of an answer or of a due day that was redone."""
        for card_id in step.card_ids:
            row = self._context.reader.cards.get(card_id)
            if step.kind == "review":
                self._queue.record_answer(to_queue_card(row), row.memory)
            else:
                self._queue.push_front(to_queue_card(row))

    def _hide(self, hide: HideCards, *, note: bool) -> str | None:
        if self.current is None:
            return None
        row = self.current.row
        change = hide(self._context, self._log.session_record, row, note=note)
        hidden = [to_queue_card(row), *self._queue.remove(change.card_ids)]
        self._hidden[change.operation_id] = hidden
        self._log.note_change()
        self._advance()
        return change.label
