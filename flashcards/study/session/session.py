"""A sitting without a screen: one card at a time, each answer kept before the next.

The session decides what is asked and what an answer does; a screen or a line mode shows
`current` and calls one method for each key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating
from flashcards.errors import CardChangedError, FlashcardsError
from flashcards.grading.record import AnswerRecord, from_json
from flashcards.study.queue.load import queue_card
from flashcards.study.session.base_session import BaseSession
from flashcards.study.session.card_actions import bury, report, suspend, toggle_mark
from flashcards.study.session.confusions import queue_confused_note
from flashcards.study.session.context import Budget, DeferredRecord
from flashcards.study.session.current_card import (
    CurrentCard,
    LoggedAnswer,
    Preview,
    RatingResult,
    summarise,
)
from flashcards.study.session.rating import answer_of, label_of
from flashcards.study.session.session_progress import (
    FINISHING,
    progress_of,
    seconds_left,
    seconds_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.domain.cards import Answer, CardRow, QueueCard
    from flashcards.domain.clock import Moment
    from flashcards.grading.answers import GivenAnswer
    from flashcards.grading.result import Result
    from flashcards.study.queue.queue import Queue
    from flashcards.study.session.card_actions import ActionResult
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import Ending, SessionProgress, Summary

    SetAside = Callable[..., ActionResult]

SESSION_OPERATIONS = ("review", "bury", "suspend", "mark", "due", "report")
"""What undo takes back inside a session; an import waits for the `undo` command."""


class ReviewSession(BaseSession):
    """A sitting over a queue of cards. See `CramSession` for one that leaves no trace."""

    cram = False

    def __init__(
        self,
        context: SessionContext,
        queue: Queue,
        *,
        sitting: DeferredRecord | None = None,
        budget: Budget | None = None,
        given: Sequence[LoggedAnswer] = (),
        first_card_id: int | None = None,
    ) -> None:
        """Begin, or go on after `given` answers with the card that was on the table."""
        super().__init__(context)
        self._queue = queue
        self._sitting = sitting or DeferredRecord()
        self._budget = budget or Budget()
        self._given = list(given)
        self._removed: dict[int, list[QueueCard]] = {}
        self._previewed: tuple[CurrentCard, Moment] | None = None
        self._leech: CardRow | None = None
        self.ending: Ending = ""
        """Why the session is over; empty while it is not."""
        first = queue.take(first_card_id) if first_card_id else None
        self._put((self._asked(first) if first else None) or self._next())

    @property
    def progress(self) -> SessionProgress:
        """How far the session is, in cards and predicted seconds."""
        state = self.current.row.memory.state if self.current else None
        return progress_of(
            self._given, self._queue.counts, state, self._context.pace, self._budget
        )

    def previews(self) -> dict[Rating, Preview]:
        """Return what each rating of the current card will do; empty when over."""
        if self.current is None:
            return {}
        if self._previewed is None or self._previewed[0] is not self.current:
            self._previewed = (self.current, self._context.moment())
        memories = self._context.preview(self.current.row, self._rating_moment())
        return {
            rating: Preview(memory, memory.interval_seconds)
            for rating, memory in memories.items()
        }

    def summary(self) -> Summary:
        """Return what the session came to so far."""
        state = self.current.row.memory.state if self.current else None
        counts = self._queue.counts
        return summarise(
            self._given,
            ending=self.ending,
            cram=self.cram,
            left=counts.total + (1 if self.current else 0),
            seconds_left=seconds_of(counts, state, self._context.pace),
            waiting_until=self._queue.waiting_until,
            row=self._context.reader.cards.get,
        )

    def answer(self, given: GivenAnswer | None) -> Result | None:
        """Grade an answer to the card on the table and turn it over; keep nothing yet.

        Given again before the rating it takes the place of the answer before, as when
        points are ticked. None stands for no answer, which is wrong.

        Returns:
            What the answer came to, or None where no graded card is on the table.
        """
        if self.current is None or not self.current.is_graded:
            return None
        return self.current.take(given, self._context.moment().at)

    def rate(self, rating: Rating) -> RatingResult | None:
        """Keep the rating of the revealed card and put the next one on the table.

        Where a required point was missed, a better rating than Hard counts as Hard.

        Returns:
            What became of it, or None where no card is turned over.

        Raises:
            StoreError: the answer could not be kept; the card stays on the table.
        """
        shown = self.current
        if shown is None or not shown.revealed:
            return None
        answer = answer_of(self._context, shown, rating, self._rating_moment())
        label = label_of(answer.rating, shown.row)
        card = queue_card(shown.row)
        self._queue.answered(card, answer.after)
        self._given.append(LoggedAnswer.of(shown.row, answer))
        queue_confused_note(self._context, self._queue, shown)
        following = None
        try:
            following = self._next(unsaved=card.card_id)
            self._keep(answer, following, label)
        except CardChangedError:
            self._step_back(card, following)
            self._asked(card)
            self._put(self._next())
            return RatingResult(label, changed_elsewhere=True)
        except FlashcardsError:
            self._step_back(card, following)
            raise
        if following and following.card_id == card.card_id:
            following = self._context.reader.cards.get(card.card_id)
        load = self._context.load(answer.day)
        load.place(card.card_id, shown.row.kind, answer.after)
        self._put(following)
        self._leech = shown.row if answer.leech else None
        return RatingResult(
            label,
            wait_seconds=answer.after.interval_seconds,
            leech=answer.leech,
            lapses=answer.after.lapses,
        )

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would take anything back."""
        return self._context.reader.log.undoable(SESSION_OPERATIONS) is not None

    def undo(self) -> str | None:
        """Take back the last answer or change, and return its label; None for nothing.

        Goes back beyond this session and beyond a restart, but not past an import.
        """
        done = self._context.store().undo(SESSION_OPERATIONS, self._context.moment())
        if done is None:
            return None
        if done.kind in ("mark", "report"):
            self.reload_current()
            return done.label
        self._return_current()
        card_ids = self._context.reader.log.cards_of_operation(done.operation_id)
        if done.kind == "review":
            self._forget(card_ids)
            self._take_back(done.operation_id, card_ids)
        else:
            if done.kind == "due":
                self._queue.remove(card_ids)
            for card in reversed(self._removed.pop(done.operation_id, ())):
                self._queue.put_back(card)
            self._put(self._next())
        return done.label

    def redo(self) -> str | None:
        """Do again what was taken back last, and return its label; None for nothing."""
        done = self._context.store().redo(SESSION_OPERATIONS, self._context.moment())
        if done is None:
            return None
        if done.kind in ("mark", "report"):
            self.reload_current()
            return done.label
        self._return_current()
        card_ids = self._context.reader.log.cards_of_operation(done.operation_id)
        if done.kind == "review":
            for card_id in card_ids:
                row = self._context.reader.cards.get(card_id)
                self._queue.answered(queue_card(row), row.memory)
                self._remember(row)
        elif done.kind == "due":
            for card_id in card_ids:
                self._queue.put_back(
                    queue_card(self._context.reader.cards.get(card_id))
                )
        elif done.kind in ("bury", "suspend"):
            self._removed[done.operation_id] = self._queue.remove(card_ids)
        self._put(self._next())
        return done.label

    def bury_card(self) -> str | None:
        """Hide the card until the next study day; return the label of the change."""
        return self._set_aside(bury, note=False)

    def bury_note(self) -> str | None:
        """Hide all cards of the note until the next study day."""
        return self._set_aside(bury, note=True)

    def suspend_card(self) -> str | None:
        """Hide the card until it is restored."""
        return self._set_aside(suspend, note=False)

    def suspend_note(self) -> str | None:
        """Hide all cards of the note until they are restored."""
        return self._set_aside(suspend, note=True)

    def set_leech_aside(self) -> str | None:
        """Suspend the leech that was rated last; where it was none, the card on the table."""
        if self._leech is None:
            return self.suspend_card()
        row, self._leech = self._leech, None
        done = suspend(self._context, self._sitting, row, note=False)
        self._removed[done.operation_id] = self._queue.remove(done.card_ids)
        return done.label

    def toggle_mark(self) -> str | None:
        """Mark the note, or take its mark off; return the label of the change."""
        if self.current is None:
            return None
        change = toggle_mark(self._context, self._sitting, self.current.row)
        self.reload_current()
        return change.label

    def report(self, text: str) -> str | None:
        """Keep the learner's word that the note is wrong; return the label of the change."""
        if self.current is None or not text.strip():
            return None
        return report(self._context, self._sitting, self.current.row, text).label

    def reload_current(self) -> None:
        """Read the card on the table again, after its note was edited.

        Where the edit took the card away, the next one is put on the table.
        """
        if self.current is None:
            return
        row = self._context.reader.cards.get(self.current.row.card_id)
        if row.retired:
            self._put(self._next())
            return
        before = self.current
        self.current = self._shown(row, before.shown_at, revealed=before.revealed)
        self.current.retake(before.record())

    def leave(self) -> None:
        """End the sitting; what was answered is kept already."""
        row_id = self._sitting.made
        if row_id is not None:
            self._context.store().finish_session_record(
                row_id, self._context.moment().at
            )

    # How cards come and go.

    def _next(self, unsaved: int = 0) -> CardRow | None:
        """Take the next card off the queue, or say why there is none.

        The card with the id `unsaved` is being rated: the store does not know it yet.
        """
        if self._budget.cards and len(self._given) >= self._budget.cards:
            self.ending = "limit"
            return None
        while (card := self._taken()) is not None:
            row = (
                self._context.reader.cards.get(unsaved)
                if card.card_id == unsaved
                else self._asked(card)
            )
            if row is not None:
                self.ending = ""
                return row
        self.ending = "minutes" if self._is_full() else "empty"
        return None

    def _is_full(self) -> bool:
        """Return whether the minutes are needed for the cards that are begun already."""
        owed = (
            self._queue.begun(self._context.moment().at) * self._context.pace.learning
        )
        return seconds_left(self._budget, self._given) <= owed

    def _taken(self) -> QueueCard | None:
        """Take the next card off the queue; none where what is begun takes too long."""
        if seconds_left(self._budget, self._given) <= -FINISHING:
            return None
        return self._queue.next(self._context.moment().at, started_only=self._is_full())

    def _asked(self, card: QueueCard) -> CardRow | None:
        """Return the card as it is stored.

        None where another window dealt with it, or where its note is damaged.
        """
        row = self._context.reader.cards.get_sound(card.card_id)
        if row is None:
            return None
        today = self._context.moment().day
        is_buried = row.buried_until is not None and row.buried_until > today
        if row.retired or row.suspended or is_buried:
            return None
        if queue_card(row)._replace(position=card.position) != card:
            # Rated elsewhere: what is left of it today is at most a learning step.
            self._queue.answered(card, row.memory)
            return None
        return row

    def _put(self, row: CardRow | None) -> None:
        self.current = self._shown(row, self._context.moment().at) if row else None

    def _shown(self, row: CardRow, at: int, *, revealed: bool = False) -> CurrentCard:
        return CurrentCard.of(row, at, self._context.reader, revealed=revealed)

    def _return_current(self) -> None:
        if self.current:
            self._queue.put_back(queue_card(self.current.row))
        self.current = None
        self.ending = ""

    def _take_back(self, operation_id: int, card_ids: Sequence[int]) -> None:
        """Put the card whose review was taken back on the table, as it was answered."""
        row = self._context.reader.cards.get(card_ids[0]) if card_ids else None
        if row is None or row.retired or row.suspended:
            self._put(self._next())
            return
        self._queue.take(row.card_id)
        self.current = self._shown(row, self._context.moment().at, revealed=True)
        text = self._context.reader.log.answer_of_operation(operation_id)
        self.current.retake(from_json(text) or AnswerRecord(None))

    def _step_back(self, card: QueueCard, following: CardRow | None) -> None:
        """Undo what a rating that was not kept has done to the queue and the count."""
        self._given.pop()
        self._queue.remove([card.card_id])
        if following and following.card_id != card.card_id:
            self._queue.put_back(queue_card(following))
        self.ending = ""

    def _rating_moment(self) -> Moment:
        """Return now, on the study day whose intervals the card on the table shows.

        What was shown is what is kept, though the day may turn before the rating.
        """
        now = self._context.moment()
        if self._previewed is None or self._previewed[0] is not self.current:
            return now
        seen = self._previewed[1]
        return replace(now, day=seen.day, day_ends_at=seen.day_ends_at)

    def _set_aside(self, change: SetAside, *, note: bool) -> str | None:
        if self.current is None:
            return None
        row = self.current.row
        done = change(self._context, self._sitting, row, note=note)
        gone = [queue_card(row), *self._queue.remove(done.card_ids)]
        self._removed[done.operation_id] = gone
        self._put(self._next())
        return done.label

    # What is kept and counted.

    def _keep(self, answer: Answer, following: CardRow | None, label: str) -> None:
        self._context.store().record(
            answer,
            sitting_id=self._sitting.row_id(),
            next_card_id=following.card_id if following else None,
            label=label,
        )

    def _forget(self, card_ids: Sequence[int]) -> None:
        """Take the answer of an undone review out of the session's count."""
        for index in range(len(self._given) - 1, -1, -1):
            if self._given[index].card_id in card_ids:
                del self._given[index]
                return

    def _remember(self, row: CardRow) -> None:
        last = self._context.reader.log.reviews(row.card_id)[-1]
        self._given.append(LoggedAnswer.of_review(row, last))
