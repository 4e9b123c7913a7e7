"""An exam: items in any order within a time, feedback at the end.

Answers are saved at once as drafts in the session record, and become reviews when the exam
is submitted. So a crash loses none, and each item is one review however often its answer
was changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flashcards.domain.cards import SessionKind
from flashcards.domain.clock import moment as moment_at
from flashcards.errors import CardChangedError
from flashcards.grading.answers import GradedAnswer, from_plain, is_number, to_plain
from flashcards.grading.record import AnswerRecord, from_json, to_json
from flashcards.study.quiz.result import build_result, to_quiz_item
from flashcards.study.session.base_session import BaseSession
from flashcards.study.session.card_actions import make_due
from flashcards.study.session.current_card import CurrentCard
from flashcards.study.session.rating import build_answer, rating_label
from flashcards.study.session.session_log import SESSION_OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.study.quiz.result import QuizResult
    from flashcards.study.session.context import DeferredRecord, SessionContext


@dataclass(slots=True)
class ExamItem:
    """One item with its answer."""

    card_id: int
    flagged: bool = False
    """Whether the learner wants to come back to it."""
    record: AnswerRecord | None = None
    """The answer; None before there is one."""
    milliseconds: int = 0
    """Time spent on it."""
    answered_at: int = 0
    reps: int = 0
    """Reviews of the card when it was answered."""
    typed: str = ""
    """The text of an answer that is still being typed."""
    chosen: GradedAnswer | None = None
    """An answer that is still being ticked, ordered or paired."""


class ExamSession(BaseSession):
    """An exam over its items. Show `current`, `answer` or skip it, then `submit`."""

    kind = SessionKind.EXAM

    def __init__(
        self,
        context: SessionContext,
        items: Sequence[int],
        *,
        session_record: DeferredRecord,
        ends_at: int,
        cram: bool = False,
        drafts: str | None = None,
    ) -> None:
        """Start an exam, or resume one from its drafts.

        Args:
            context: What sessions work with.
            items: The cards in the order of asking.
            session_record: Its row in the store.
            ends_at: The instant at which the time is up.
            cram: Whether its answers leave the schedule alone.
            drafts: The drafts of an exam that is resumed, as JSON.
        """
        super().__init__(context)
        self._session_record = session_record
        self.ends_at = ends_at
        """The instant at which the time is up, in Unix milliseconds."""
        self.cram = cram
        self.items = tuple(ExamItem(card_id) for card_id in items)
        """The items in the order of asking."""
        self.index = 0
        """The index of the current item in `items`."""
        self.is_over = not items
        """Whether the exam was submitted."""
        self._shown_at = context.moment().at
        was_submitted = self._restore_drafts(drafts) if drafts else False
        if was_submitted or self.seconds_left <= 0:
            self.submit()
        elif items:
            self._show_item()

    @property
    def seconds_left(self) -> float:
        """Seconds until the time is up, never below 0."""
        return max(0.0, (self.ends_at - self._context.moment().at) / 1000)

    @property
    def answered_count(self) -> int:
        """Items that have an answer."""
        return sum(item.record is not None for item in self.items)

    @property
    def answered_card_ids(self) -> frozenset[int]:
        """The cards of the items that have an answer."""
        return frozenset(item.card_id for item in self.items if item.record is not None)

    @property
    def flagged_count(self) -> int:
        """Items to come back to."""
        return sum(item.flagged for item in self.items)

    def answer(self, answer: GradedAnswer) -> None:
        """Save the answer to the current item, in place of any before, and show the next item.

        An answer after the time is up does not count: the exam is submitted without it.
        """
        if self.submit_if_expired() or self.current is None:
            return
        item, current = self.items[self.index], self.current
        self._count_time()
        current.grade_answer(answer, self._context.moment().at)
        item.record, item.typed, item.chosen = current.record(), "", None
        item.answered_at = self._context.moment().at
        item.reps = current.row.memory.reps
        self._go_to_next()

    def save_typed(self, text: str) -> None:
        """Save the text that is being typed for the current item; it is not an answer yet.

        A resumed exam shows it again.

        Raises:
            StoreError: it could not be saved.
        """
        if self.current is None or self.submit_if_expired():
            return
        item = self.items[self.index]
        if item.typed != text:
            item.typed = text
            self._count_time()
            self._save_drafts()

    def save_chosen(self, choice: GradedAnswer | None) -> None:
        """Save what is ticked, ordered or paired for the current item; it is not an answer yet.

        Raises:
            StoreError: it could not be saved.
        """
        if self.current is None or self.submit_if_expired():
            return
        item = self.items[self.index]
        answered = item.record.given if item.record else None
        chosen = None if choice == answered else choice
        if item.chosen != chosen:
            item.chosen = chosen
            self._count_time()
            self._save_drafts()

    def skip(self) -> None:
        """Show the next item and leave the current one as it is."""
        if not self.submit_if_expired():
            self._count_time()
            self._go_to_next()

    def toggle_flag(self) -> None:
        """Flag the current item to come back to it, or remove the flag."""
        if self.current and not self.submit_if_expired():
            item = self.items[self.index]
            item.flagged = not item.flagged
            self._save_drafts()

    def go_to(self, index: int) -> None:
        """Show an item by its index from 0."""
        if (
            0 <= index < len(self.items)
            and not self.is_over
            and not self.submit_if_expired()
        ):
            self._count_time()
            self.index = index
            self._show_item()
            self._save_drafts()

    def go_back(self) -> None:
        """Show the item before."""
        self.go_to(self.index - 1)

    def submit_if_expired(self) -> bool:
        """Submit the exam if its time is up; return whether it is over."""
        if not self.is_over and self.seconds_left <= 0:
            self.submit()
        return self.is_over

    def submit(self) -> QuizResult:
        """End the exam, record its answers as reviews, and return the result."""
        if not self.is_over:
            self._count_time()
            self.is_over = True
            self.current = None
            # If a crash interrupts this, the next start submits the rest.
            self._save_drafts()
            if not self.cram:
                self._record_answers()
            if self._session_record.record_id is not None:
                now = self._context.moment().at
                self._context.store().finish_session_record(
                    self._session_record.record_id, now
                )
        return self.compute_result()

    def leave(self) -> None:
        """Leave the exam; it can be resumed today while it has time left."""
        if not self.is_over:
            self._count_time()
            self._save_drafts()

    def compute_result(self) -> QuizResult:
        """Return the result; items without an answer count as wrong."""
        return build_result(
            [
                to_quiz_item(self._to_answered_card(item), item.milliseconds)
                for item in self.items
            ]
        )

    def make_wrong_due(self) -> str | None:
        """Make the items that were not right due today; return the label of the change.

        None where no item can be made due. Undo reverts it.
        """
        if self.cram or not self.is_over:
            return None
        wrong = [item.row for item in self.compute_result().not_right]
        change = make_due(self._context, self._session_record, wrong)
        return change.label if change else None

    def undo(self) -> str | None:
        """Undo making the wrong items due; None where that was not the last change."""
        last = self._context.reader.log.undoable(SESSION_OPERATIONS)
        if last is None or (last.kind, last.record_id) != (
            "due",
            self._session_record.record_id,
        ):
            return None
        done = self._context.store().undo(SESSION_OPERATIONS, self._context.moment())
        return done.label if done else None

    def _go_to_next(self) -> None:
        """Show the next item without an answer, or else the next item."""
        count = len(self.items)
        following = [(self.index + step) % count for step in range(1, count + 1)]
        ahead = [index for index in following if index > self.index]
        open_items = [index for index in following if self.items[index].record is None]
        next_items = [index for index in ahead if index in open_items] or open_items
        self.index = (next_items or [following[0]])[0]
        self._show_item()
        self._save_drafts()

    def _show_item(self) -> None:
        item = self.items[self.index]
        now = self._context.moment().at
        row = self._context.reader.cards.get(item.card_id)
        self.current = CurrentCard.from_row(
            row, now - item.milliseconds, self._context.reader
        )
        self._shown_at = now
        if item.record:
            # A draft shows the answer and not its score.
            self.current.given_answer = item.record.given
            self.current.confidence = item.record.confidence
        if item.chosen and self.current.accepts(item.chosen):
            self.current.given_answer = item.chosen

    def _count_time(self) -> None:
        if self.current and self.items:
            spent = self._context.moment().at - self._shown_at
            self.items[self.index].milliseconds += max(0, spent)
            self._shown_at = self._context.moment().at

    def _to_answered_card(self, item: ExamItem) -> CurrentCard:
        row = self._context.reader.cards.get(item.card_id)
        at = item.answered_at - item.milliseconds
        card = CurrentCard.from_row(row, at, self._context.reader)
        if item.record:
            card.restore_answer(item.record)
        return card

    def _record_answers(self) -> None:
        record_id = self._session_record.ensure_id()
        recorded = (
            self._context.reader.log.session_reviews(record_id) if record_id else []
        )
        done = {review.card_id for review in recorded}
        for item in self.items:
            card = self._to_answered_card(item)
            is_same = card.row.memory.reps == item.reps and not card.row.retired
            if item.record is None or item.card_id in done or not is_same:
                continue
            settings = self._context.settings
            at = moment_at(item.answered_at, settings.zone, settings.rollover_hour)
            answer = build_answer(self._context, card, card.suggested_rating, at)
            try:
                self._context.record_answer(
                    replace(answer, duration_ms=item.milliseconds),
                    record_id=record_id,
                    next_card_id=None,
                    label=rating_label(answer.rating, card.row),
                )
            except CardChangedError:
                # Another window rated it since; that answer counts.
                continue

    def _save_drafts(self) -> None:
        record_id = self._session_record.ensure_id()
        if record_id is not None:
            self._context.store().save_drafts(record_id, self._to_drafts())

    def _to_drafts(self) -> str:
        items = [
            {
                "card": item.card_id,
                "flagged": item.flagged,
                "answer": to_json(item.record) if item.record else None,
                "milliseconds": item.milliseconds,
                "answered_at": item.answered_at,
                "reps": item.reps,
                "typed": item.typed,
                "chosen": to_plain(item.chosen) if item.chosen else None,
            }
            for item in self.items
        ]
        return json.dumps(
            {"index": self.index, "handed_in": self.is_over, "items": items}
        )

    def _restore_drafts(self, drafts: str) -> bool:
        """Restore the drafts, and return whether the exam was being submitted."""
        data: dict[str, Any] = json.loads(drafts)
        saved = {draft["card"]: draft for draft in data["items"]}
        for item in self.items:
            draft = saved.get(item.card_id)
            if draft:
                item.flagged = draft["flagged"]
                item.record = from_json(draft["answer"])
                item.milliseconds = draft["milliseconds"]
                item.answered_at = draft["answered_at"]
                item.reps = draft["reps"]
                item.typed = draft.get("typed", "")
                item.chosen = from_plain(draft.get("chosen") or {})
        if is_number(data["index"]):
            self.index = min(data["index"], max(0, len(self.items) - 1))
        return bool(data["handed_in"])
