"""The answers of a session: recorded in the store, or counted for practice alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import ANSWER_CAP_MS, Rating
from flashcards.grading.record import AnswerRecord, from_json
from flashcards.study.queue.load import to_queue_card
from flashcards.study.queue.queue import QueueUpdate
from flashcards.study.session.context import DeferredRecord
from flashcards.study.session.current_card import LoggedAnswer, Preview, RatingResult
from flashcards.study.session.rating import (
    build_answer,
    cap_rating,
    preview_ratings,
    rating_label,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import Answer, CardRow
    from flashcards.store.rows import OperationRow
    from flashcards.study.queue.queue import Queue
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import CurrentCard

SESSION_OPERATIONS = ("review", "bury", "suspend", "mark", "due", "report")
"""What undo reverts inside a session; an import waits for the `undo` command."""


class PreparedRating(NamedTuple):
    """A rating that is ready to be recorded."""

    row: CardRow
    logged: LoggedAnswer
    update: QueueUpdate
    result: RatingResult
    answer: Answer | None = None
    """What the store records; None in practice."""

    def applied_to(self, row: CardRow) -> CardRow:
        """Return the card as it is once the rating is recorded."""
        if self.answer is None:
            return row
        leech = row.leech or self.answer.leech
        return replace(row, memory=self.answer.after, leech=leech)


class UndoneStep(NamedTuple):
    """A step that was undone or redone."""

    kind: str
    """The kind of its operation, one of `SESSION_OPERATIONS`."""
    label: str
    card_ids: tuple[int, ...] = ()
    operation_id: int = 0
    """0 for an answer of a practice."""
    record: AnswerRecord | None = None
    """The answer of a review that was undone."""


class SessionLog:
    """The answers of a session, each recorded in the store."""

    is_practice = False
    """Whether answers leave the schedule alone."""

    def __init__(
        self,
        context: SessionContext,
        session_record: DeferredRecord | None = None,
        answers: Sequence[LoggedAnswer] = (),
        *,
        own_steps_only: bool = False,
    ) -> None:
        """Record answers.

        Args:
            context: What sessions work with.
            session_record: The row of the session.
            answers: Answers of the session before it was interrupted.
            own_steps_only: Whether undo stops at the first step of this session.
        """
        self.session_record = session_record or DeferredRecord()
        self.answers = list(answers)
        """The answers so far, oldest first."""
        self._context = context
        self._own_steps_only = own_steps_only

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        log = self._context.reader.log
        return self._may_revert(log.undoable(SESSION_OPERATIONS))

    def preview_ratings(self, current: CurrentCard) -> dict[Rating, Preview]:
        """Return what each rating of a card does; empty where none changes its due day."""
        memories = preview_ratings(self._context, current).memories
        return {rating: Preview(memory) for rating, memory in memories.items()}

    def count_answers(self, card_id: int) -> int:
        """Return how often this session asked a card without recording it."""
        return 0

    def prepare(
        self, current: CurrentCard, rating: Rating, queue: Queue
    ) -> PreparedRating:
        """Return a rating of the current card as it will be recorded."""
        answer = build_answer(self._context, current, rating)
        result = RatingResult(
            rating_label(answer.rating, current.row),
            wait_seconds=answer.after.interval_seconds,
            leech=answer.leech,
            lapses=answer.after.lapses,
        )
        return PreparedRating(
            row=current.row,
            logged=LoggedAnswer.from_answer(current.row, answer),
            update=queue.after_answer(to_queue_card(current.row), answer.after),
            result=result,
            answer=answer,
        )

    def record(self, rating: PreparedRating, next_card_id: int | None) -> None:
        """Record a rating, with the card that is asked next.

        Raises:
            CardChangedError: another window answered the card first.
            StoreError: it could not be recorded; nothing changed.
        """
        if rating.answer is not None:
            answer = rating.answer
            self._context.record_answer(
                answer,
                record_id=self.session_record.ensure_id(),
                next_card_id=next_card_id,
                label=rating.result.label,
            )
            load = self._context.daily_load(answer.day)
            load.place(answer.card_id, rating.row.kind, answer.after)
        self.answers.append(rating.logged)

    def note_change(self) -> None:
        """Note that a change other than an answer was made by this session."""

    def undo(self) -> UndoneStep | None:
        """Undo the last answer or change; None where there is none."""
        if self._own_steps_only and not self.can_undo:
            return None
        return self._undo_stored()

    def redo(self) -> UndoneStep | None:
        """Redo what was undone last; None where there is nothing."""
        log = self._context.reader.log
        if self._own_steps_only and not self._may_revert(
            log.redoable(SESSION_OPERATIONS)
        ):
            return None
        done = self._context.store().redo(SESSION_OPERATIONS, self._context.moment())
        if done is None:
            return None
        step = self._step_of(done)
        if step.kind == "review":
            for card_id in step.card_ids:
                row = self._context.reader.cards.get(card_id)
                review = log.reviews(card_id)[-1]
                self.answers.append(LoggedAnswer.from_review(row, review))
        return step

    def finish(self) -> None:
        """End the session record, where one was made."""
        row_id = self.session_record.record_id
        if row_id is not None:
            now = self._context.moment().at
            self._context.store().finish_session_record(row_id, now)

    def _undo_stored(self) -> UndoneStep | None:
        done = self._context.store().undo(SESSION_OPERATIONS, self._context.moment())
        if done is None:
            return None
        step = self._step_of(done)
        if step.kind != "review":
            return step
        self._remove_last(step.card_ids)
        text = self._context.reader.log.answer_of_operation(done.operation_id)
        return step._replace(record=from_json(text) or AnswerRecord(None))

    def _may_revert(self, last: OperationRow | None) -> bool:
        if last is None or not self._own_steps_only:
            return last is not None
        own = self.session_record.record_id
        return own is not None and last.record_id == own

    def _step_of(self, done: OperationRow) -> UndoneStep:
        # A mark or a report moves no card.
        card_ids = (
            ()
            if done.kind in ("mark", "report")
            else self._context.reader.log.cards_of_operation(done.operation_id)
        )
        return UndoneStep(done.kind, done.label, tuple(card_ids), done.operation_id)

    def _remove_last(self, card_ids: Sequence[int]) -> None:
        for index in range(len(self.answers) - 1, -1, -1):
            if self.answers[index].card_id in card_ids:
                del self.answers[index]
                return


class PracticeLog(SessionLog):
    """The answers of a practice: counted, and gone when it ends.

    Burying, suspending, marking and reporting are saved as in any session.
    """

    is_practice = True

    def __init__(self, context: SessionContext) -> None:
        """Count answers."""
        super().__init__(context)
        self._changes: list[int] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer or a change of this practice to undo."""
        return bool(self.answers or self._changes)

    def preview_ratings(self, current: CurrentCard) -> dict[Rating, Preview]:
        """Return nothing: no rating changes when the card is due."""
        return {}

    def count_answers(self, card_id: int) -> int:
        """Return how often this practice asked a card."""
        return sum(answer.card_id == card_id for answer in self.answers)

    def prepare(
        self, current: CurrentCard, rating: Rating, queue: Queue
    ) -> PreparedRating:
        """Return a rating as it is counted; a card rated Again is asked again after all others."""
        counted, row = cap_rating(current, rating), current.row
        spent = max(0, self._context.moment().at - current.shown_at)
        record = current.record()
        has_record = record.given is not None or bool(record.confidence)
        logged = LoggedAnswer(
            card_id=row.card_id,
            key=row.key,
            rating=counted,
            state=row.memory.state,
            duration_ms=min(spent, ANSWER_CAP_MS),
            record=record if has_record else None,
        )
        is_repeated = queue.repeats and counted is Rating.AGAIN
        return PreparedRating(
            row=row,
            logged=logged,
            update=QueueUpdate(to_queue_card(row), to_back=is_repeated),
            result=RatingResult(rating_label(counted, row)),
        )

    def note_change(self) -> None:
        """Note after how many answers a change was made, so that undo finds it."""
        self._changes.append(len(self.answers))

    def undo(self) -> UndoneStep | None:
        """Undo the last answer or change of this practice; None where there is none."""
        if self._changes and self._changes[-1] == len(self.answers):
            step = self._undo_stored()
            self._changes.pop()
            return step
        if not self.answers:
            return None
        last = self.answers.pop()
        row = self._context.reader.cards.get(last.card_id)
        return UndoneStep(
            "review",
            rating_label(last.rating, row),
            (last.card_id,),
            record=last.record or AnswerRecord(None),
        )

    def redo(self) -> UndoneStep | None:
        """Return None: a practice records nothing that could be redone."""
        return None
