"""Today's queue: which card is asked next.

Learning cards whose step is due go first, then the line of reviews mixed with new cards,
then learning cards that are due soon. Nothing here reads a clock, a store or a setting.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import LEARN_AHEAD_MINUTES, State
from flashcards.study.queue.cards_left import CardsLeft, QueueCounts

if TYPE_CHECKING:
    from collections.abc import (
        Collection,
        Iterable,
        Iterator,
        Sequence,
    )

    from flashcards.domain.cards import Memory, QueueCard
    from flashcards.study.queue.day_budget import DayBudget

LEARN_AHEAD_MS = LEARN_AHEAD_MINUTES * 60_000


@dataclass(slots=True)
class QueueUpdate:
    """What an answer changes in the queue once it is recorded."""

    answered: QueueCard
    """The card as it was when it was asked."""
    step: QueueCard | None = None
    """The same card with the learning step that it has left today, None for no step."""
    to_back: bool = False
    """Whether practice asks the card again after all others."""
    to_front: QueueCard | None = None
    """Another card that is asked next, None for no such card."""


class Queue:
    """The cards still to be asked, without the current card."""

    def __init__(
        self,
        line: Iterable[QueueCard],
        learning: Iterable[QueueCard] = (),
        *,
        day: int,
        learn_ahead_ms: int = LEARN_AHEAD_MS,
        spare: Collection[int] = (),
        repeats: bool = True,
    ) -> None:
        """Queue new cards and reviews in the order of asking, and learning cards.

        Args:
            line: New cards and reviews.
            learning: Cards in learning or relearning.
            day: The study day.
            learn_ahead_ms: How far ahead a learning card may be asked.
            spare: Ids of cards at the end of the line that are asked only if there is
                time; they are not counted as cards left.
            repeats: Whether an answered card can be asked again.
        """
        self.day = day
        self.repeats = repeats
        """Whether an answered card can be asked again; in a quiz it cannot."""
        self._spare = set(spare)
        self._learn_ahead_ms = learn_ahead_ms
        self._line = OrderedDict((card.card_id, card) for card in line)
        self._learning = sorted(learning, key=self._time)
        self._front: list[QueueCard] = []
        self._answered_last = 0
        self._left = [0] * len(State)
        for card in self:
            self._left[card.state] += card.card_id not in self._spare

    def __iter__(self) -> Iterator[QueueCard]:
        """Yield every card left: those in front, learning cards, then the line."""
        yield from reversed(self._front)
        yield from self._learning
        yield from self._line.values()

    def __len__(self) -> int:
        return len(self._front) + len(self._learning) + len(self._line)

    @property
    def counts(self) -> QueueCounts:
        """How many cards are left, without spare ones."""
        new, learning, review, relearning = self._left
        return QueueCounts(new, learning + relearning, review)

    def list_left(self, at: int, budget: DayBudget | None = None) -> list[QueueCard]:
        """Return the cards that are left to ask at an instant, without spare ones.

        Args:
            at: The instant.
            budget: The budget of a plan's day: cards that do not fit into it are left out.
        """
        latest = at + self._learn_ahead_ms
        learning = [card for card in self._learning if self._time(card)[0] <= latest]
        line = [card for card in self._line.values() if card.card_id not in self._spare]
        if budget is not None:
            room = budget.seconds_left - budget.sum_charges(self._learning)
            line = line[: budget.count_fitting(line, room)]
            learning = learning if budget.allows_steps else []
        return [*self._front, *learning, *line]

    def count_left(self, at: int, budget: DayBudget | None = None) -> CardsLeft:
        """Return how many cards are left to ask at an instant; see `list_left`."""
        if budget is None:
            latest = at + self._learn_ahead_ms
            is_late = [self._time(card)[0] > latest for card in self._learning]
            counts = self.counts
            counts = counts._replace(learning=counts.learning - sum(is_late))
        else:
            states = Counter(card.state for card in self.list_left(at, budget))
            counts = QueueCounts(
                states[State.NEW],
                states[State.LEARNING] + states[State.RELEARNING],
                states[State.REVIEW],
            )
        waiting = self.counts.learning - counts.learning
        later = (self._time(card)[0] for card in self._learning)
        comes_back = waiting and (budget is None or budget.allows_steps)
        until = (
            next((time for time in later if time > at), None) if comes_back else None
        )
        return CardsLeft(counts, waiting, until)

    def keep_only(self, card_ids: Collection[int]) -> None:
        """Remove all other cards."""
        self.remove([card.card_id for card in self if card.card_id not in card_ids])

    def peek(
        self,
        at: int,
        *,
        started_only: bool = False,
        update: QueueUpdate | None = None,
    ) -> QueueCard | None:
        """Return the card to ask at an instant; the queue does not change.

        None with cards left means that all of them wait for a learning step, or with
        `started_only` that no learning card can be asked.

        Args:
            at: The instant.
            started_only: Choose among learning cards alone.
            update: The update after which the card is asked, None for the queue as it is.
        """
        front = self._without(update, self._front)
        if update and update.to_front:
            front.append(update.to_front)
        for card in reversed(front):
            if _is_learning(card) or not started_only:
                return card
        learning = self.list_learning(update)
        if learning and self._time(learning[0])[0] <= at:
            return learning[0]
        first = None if started_only else self._first_in_line(update)
        return first or self._learned_ahead(at, learning, update)

    def pop_next(self, at: int, *, started_only: bool = False) -> QueueCard | None:
        """Remove the card to ask at an instant and return it; see `peek`."""
        card = self.peek(at, started_only=started_only)
        return None if card is None else self.pop(card.card_id)

    def count_askable_steps(self, at: int, update: QueueUpdate | None = None) -> int:
        """Return how many learning cards can be asked at an instant or by learning ahead.

        Args:
            at: The instant.
            update: The update after which they are counted.
        """
        latest = at + self._learn_ahead_ms
        cards = self.list_learning(update)
        return sum(self._time(card)[0] <= latest for card in cards)

    def get(self, card_id: int) -> QueueCard | None:
        """Return a card of the queue, None where it is not in it."""
        card = self._line.get(card_id)
        others = (*self._front, *self._learning) if card is None else ()
        return next((other for other in others if other.card_id == card_id), card)

    def find_in_line(self, note_id: int) -> QueueCard | None:
        """Return the first new card or review of a note, None where there is none."""
        cards = self._line.values()
        return next((card for card in cards if card.note_id == note_id), None)

    def pop(self, card_id: int) -> QueueCard | None:
        """Remove a card and return it, None where it is not in the queue."""
        card = self._line.pop(card_id, None)
        if card is None:
            card = _pop(self._front, card_id) or _pop(self._learning, card_id)
        if card is not None:
            self._left[card.state] -= card_id not in self._spare
            self._spare.discard(card_id)
        return card

    def push_front(self, card: QueueCard) -> None:
        """Put a card before all others, wherever it was."""
        self.pop(card.card_id)
        self._front.append(card)
        self._left[card.state] += 1

    def push_back(self, card: QueueCard) -> None:
        """Put a card at the end of the line, wherever it was."""
        self.pop(card.card_id)
        self._line[card.card_id] = card
        self._left[card.state] += 1

    def after_answer(self, card: QueueCard, memory: Memory) -> QueueUpdate:
        """Return what an answer changes that leaves a card with this memory.

        A card with a learning step today stays in the queue.
        """
        after = with_memory(card, memory)
        has_step = (
            self.repeats
            and _is_learning(after)
            and after.due_day is not None
            and after.due_day <= self.day
        )
        return QueueUpdate(card, step=after if has_step else None)

    def apply(self, update: QueueUpdate) -> None:
        """Change the queue by an answer that was recorded."""
        self.pop(update.answered.card_id)
        self._answered_last = update.answered.card_id
        if update.step:
            insort(self._learning, update.step, key=self._time)
            self._left[update.step.state] += 1
        if update.to_back:
            self.push_back(update.answered)
        if update.to_front:
            self.push_front(update.to_front)

    def record_answer(self, card: QueueCard, memory: Memory) -> None:
        """Remove a card that was rated; one with a learning step today stays."""
        self.apply(self.after_answer(card, memory))

    def remove(
        self, card_ids: Collection[int] = (), note_id: int | None = None
    ) -> list[QueueCard]:
        """Remove cards, or all cards of a note, and return those that were in the queue."""
        ids = set(card_ids)
        if note_id is not None:
            ids.update(card.card_id for card in self if card.note_id == note_id)
        removed = (self.pop(card_id) for card_id in sorted(ids))
        return [card for card in removed if card is not None]

    def _without(
        self, update: QueueUpdate | None, cards: Iterable[QueueCard]
    ) -> list[QueueCard]:
        """Return cards without those that an update takes elsewhere."""
        moved = _moved_ids(update)
        return [card for card in cards if card.card_id not in moved]

    def list_learning(self, update: QueueUpdate | None = None) -> list[QueueCard]:
        """Return the cards in learning, by due time, without those put in front.

        Args:
            update: The update after which they are listed; None for the queue as it is.
        """
        if update is None:
            return self._learning
        learning = self._without(update, self._learning)
        if update.step:
            insort(learning, update.step, key=self._time)
        return learning

    def _first_in_line(self, update: QueueUpdate | None) -> QueueCard | None:
        moved = _moved_ids(update)
        for card in self._line.values():
            if card.card_id not in moved:
                return card
        return update.answered if update and update.to_back else None

    def _learned_ahead(
        self, at: int, learning: Sequence[QueueCard], update: QueueUpdate | None
    ) -> QueueCard | None:
        latest = at + self._learn_ahead_ms
        last = update.answered.card_id if update else self._answered_last
        ahead = [card for card in learning[:2] if self._time(card)[0] <= latest]
        # Not the same card twice in a row while another one may be asked.
        if len(ahead) > 1 and ahead[0].card_id == last:
            return ahead[1]
        return ahead[0] if ahead else None

    def _time(self, card: QueueCard) -> tuple[int, int]:
        """Return when a learning card is due, with its id to break ties.

        A step that crosses the start of a study day counts in days: the card is due as
        soon as the new day begins.
        """
        overnight = card.last_day is not None and card.last_day < self.day
        due_at = 0 if overnight or card.due_at is None else card.due_at
        return due_at, card.card_id


def with_memory(card: QueueCard, memory: Memory) -> QueueCard:
    """Return the queue's view of a card with another memory."""
    return card._replace(
        state=int(memory.state),
        due_day=memory.due_day,
        due_at=memory.due_at,
        last_day=memory.last_day,
        stability=memory.stability,
    )


def _is_learning(card: QueueCard) -> bool:
    return card.state in (State.LEARNING, State.RELEARNING)


def _moved_ids(update: QueueUpdate | None) -> tuple[int, ...]:
    if update is None:
        return ()
    if update.to_front is None:
        return (update.answered.card_id,)
    return update.answered.card_id, update.to_front.card_id


def _pop(cards: list[QueueCard], card_id: int) -> QueueCard | None:
    for index, card in enumerate(cards):
        if card.card_id == card_id:
            return cards.pop(index)
    return None
