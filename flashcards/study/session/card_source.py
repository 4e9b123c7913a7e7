"""The next card of a session: from its queue, as the store has it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import State
from flashcards.study.queue.day_budget import GRACE_SECONDS
from flashcards.study.queue.load import to_queue_card
from flashcards.study.session.context import Budget
from flashcards.study.session.session_progress import compute_seconds_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import CardRow, QueueCard
    from flashcards.study.queue.cards_left import CardsLeft
    from flashcards.study.queue.day_budget import DayBudget
    from flashcards.study.queue.pace import Pace
    from flashcards.study.queue.queue import Queue, QueueUpdate
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import (
        CurrentCard,
        Ending,
        LoggedAnswer,
    )


class NextCard(NamedTuple):
    """The card to show next."""

    row: CardRow | None
    """None where the session ends."""
    ending: Ending
    """Why the session ends; empty while it does not."""


class _SessionClock(NamedTuple):
    """The minutes of a session: whether they allow another card."""

    queue: Queue
    pace: Pace
    seconds: float
    """Left of the minutes; below 0 once they are over, inf for no limit."""

    @property
    def allows_steps(self) -> bool:
        """Whether there is time for learning steps."""
        return self.seconds > -GRACE_SECONDS

    def allows_line(self, at: int, update: QueueUpdate | None) -> bool:
        """Return whether there is time for more than the learning steps that can be asked."""
        steps = self.queue.count_askable_steps(at, update)
        return self.seconds > steps * self.pace.learning


class _DayClock(NamedTuple):
    """The minutes of a plan's day: whether they allow another card."""

    queue: Queue
    budget: DayBudget

    @property
    def allows_steps(self) -> bool:
        """Whether there is time for learning steps."""
        return self.budget.allows_steps

    def allows_line(self, _: int, update: QueueUpdate | None) -> bool:
        """Return whether there is time for more than the learning steps of earlier days."""
        return self.budget.allows_line(self.queue.list_learning(update))


class CardSource:
    """Chooses the cards of a session from its queue, until a budget is spent."""

    def __init__(
        self,
        context: SessionContext,
        queue: Queue,
        budget: Budget | None = None,
        *,
        own_cards_only: bool = False,
    ) -> None:
        """Choose from a queue.

        Args:
            context: What sessions work with.
            queue: The cards still to be asked.
            budget: When the session ends by itself; never for None.
            own_cards_only: Whether no card from outside of the queue may be asked.
        """
        self.queue = queue
        self.budget = budget or Budget()
        self._context = context
        self._own_cards_only = own_cards_only

    def peek(
        self, answers: Sequence[LoggedAnswer], update: QueueUpdate | None = None
    ) -> NextCard:
        """Return the card to show after some answers, and leave it in the queue.

        Cards that another window answered, hid or retired are updated in the queue on the
        way: that is so whatever becomes of the answer that is being recorded.

        Args:
            answers: The answers of the session, the one being recorded included.
            update: What that answer will change in the queue; None for no such answer.
        """
        if self.budget.cards and len(answers) >= self.budget.cards:
            return NextCard(None, "limit")
        at = self._context.moment().at
        clock = self._read_clock(answers, update)
        while True:
            is_full = not clock.allows_line(at, update)
            card = (
                self.queue.peek(at, started_only=is_full, update=update)
                if clock.allows_steps
                else None
            )
            if card is None:
                is_cut = is_full and bool(len(self.queue))
                return NextCard(None, "minutes" if is_cut else "empty")
            row = self._read(card, update)
            if row is not None:
                return NextCard(row, "")

    def count_left(self) -> CardsLeft:
        """Return the cards left, without the current card."""
        return self.queue.count_left(self._context.moment().at, self._day_budget())

    def _day_budget(self) -> DayBudget | None:
        if not self.budget.is_day:
            return None
        return self._context.day_budget(self._context.moment().day)

    def _read_clock(
        self, answers: Sequence[LoggedAnswer], update: QueueUpdate | None
    ) -> _SessionClock | _DayClock:
        budget = self._day_budget()
        if budget is None:
            seconds = compute_seconds_left(self.budget, answers)
            return _SessionClock(self.queue, self._context.pace, seconds)
        if update is not None:
            # The store does not have this answer yet.
            budget = budget.after(update.answered, answers[-1].duration_ms / 1000)
        return _DayClock(self.queue, budget)

    def read_askable(self, card: QueueCard) -> CardRow | None:
        """Return a card of the queue as it is stored.

        None where its note is damaged or another window answered, hid or retired it; then
        the queue has it no longer, or as a learning step.
        """
        row = self._context.reader.cards.get_sound(card.card_id)
        if row is None or _is_hidden(row, self._context.moment().day):
            self.queue.pop(card.card_id)
            return None
        if to_queue_card(row)._replace(position=card.position) != card:
            # At most a learning step is left of it today.
            self.queue.record_answer(card, row.memory)
            return None
        return row

    def find_confused_card(self, current: CurrentCard) -> QueueCard | None:
        """Return a card of the note that a wrong answer confused with this one.

        That is a note that the answer took for this one, or else one that is linked to it.
        A note that the answer named may be asked before it is due, unless it was seen today.
        """
        if current.result is None or current.result.is_right:
            return None
        confused = current.result.misconceptions
        keys = [*confused, *current.note.links]
        numbers = self._context.reader.content.note_numbers(keys) if keys else {}
        for key in keys:
            note_id = numbers.get(key)
            card = self.queue.find_in_line(note_id) if note_id else None
            if card is None and note_id and key in confused:
                card = self._find_early(note_id)
            if card is not None and card.card_id != current.row.card_id:
                return card
        return None

    def _find_early(self, note_id: int) -> QueueCard | None:
        """Return a card of a note that is not due yet, unless it was seen today."""
        if self._own_cards_only:
            return None
        today = self._context.moment().day
        for row in self._context.reader.cards.of_note(note_id):
            if row.memory.state is State.REVIEW and not _is_hidden(row, today):
                return None if row.memory.last_day == today else to_queue_card(row)
        return None

    def _read(self, card: QueueCard, update: QueueUpdate | None) -> CardRow | None:
        if update is None:
            return self.read_askable(card)
        if card == update.step:
            # The store does not have this answer yet.
            return self._context.reader.cards.get(card.card_id)
        row = self.read_askable(card)
        if row is None and card == update.to_front:
            update.to_front = None
        if row is None and update.to_back and card == update.answered:
            update.to_back = False
        return row


def _is_hidden(row: CardRow, day: int) -> bool:
    is_buried = row.buried_until is not None and row.buried_until > day
    return row.retired or row.suspended or is_buried
