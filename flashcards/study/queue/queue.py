"""Today's cards: which of them are asked, and which one next.

Learning cards whose time has come go first, then the line of reviews mixed with new cards,
then learning cards that are due soon. Nothing here reads a clock, a store or a setting.
"""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import LEARN_AHEAD_MINUTES, State
from flashcards.study.queue.order import by_retrievability, mixed, over_decks, together

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from flashcards.domain.cards import Memory, QueueCard
    from flashcards.domain.clock import Moment
    from flashcards.study.queue.limits import Allowance, Gate

LEARN_AHEAD_MS = LEARN_AHEAD_MINUTES * 60_000

LINKED_REACH = 1000
"""Cards whose links are looked up: nobody comes further on a day."""


class QueueCounts(NamedTuple):
    """Cards left, by what they are to the learner."""

    new: int
    learning: int
    """Cards in learning or relearning."""
    review: int

    @property
    def total(self) -> int:
        """All cards left."""
        return self.new + self.learning + self.review


class Queue:
    """The cards still to be asked. The card on the table is not among them."""

    def __init__(
        self,
        line: Iterable[QueueCard],
        learning: Iterable[QueueCard] = (),
        *,
        day: int,
        learn_ahead_ms: int = LEARN_AHEAD_MS,
        spare: Collection[int] = (),
    ) -> None:
        """Begin with new cards and reviews in the order of asking, and learning cards.

        Args:
            line: New cards and reviews.
            learning: Cards in learning or relearning.
            day: The study day.
            learn_ahead_ms: How far ahead a learning card may be asked.
            spare: Ids of cards at the end of the line that are asked only if there is
                time; they are not among the cards left.
        """
        self.day = day
        self._spare = set(spare)
        self._learn_ahead_ms = learn_ahead_ms
        self._line = OrderedDict((card.card_id, card) for card in line)
        self._learning = sorted(learning, key=self._time)
        self._first: list[QueueCard] = []
        self._answered_last = 0
        self._left = [0] * len(State)
        for card in self:
            self._left[card.state] += card.card_id not in self._spare

    def __iter__(self) -> Iterator[QueueCard]:
        """Yield every card left: put-back ones, learning cards, then the line."""
        yield from reversed(self._first)
        yield from self._learning
        yield from self._line.values()

    def __len__(self) -> int:
        return len(self._first) + len(self._learning) + len(self._line)

    @property
    def counts(self) -> QueueCounts:
        """How many cards are left, without spare ones."""
        new, learning, review, relearning = self._left
        return QueueCounts(new, learning + relearning, review)

    @property
    def waiting_until(self) -> int | None:
        """The instant of the next learning step, None where none is awaited."""
        times = (self._time(card)[0] for card in self._learning)
        return next((time for time in times if time), None)

    def next(self, at: int, *, started_only: bool = False) -> QueueCard | None:
        """Take the card to ask at this instant off the queue, or return None.

        None with cards left means that all of them wait for a learning step; with
        `started_only`, which asks for learning cards alone, that none of those can be asked.
        """
        card = self._choice(at, started_only=started_only)
        return None if card is None else self.take(card.card_id)

    def begun(self, at: int) -> int:
        """Return how many learning cards can be asked at this instant or by learning ahead."""
        ahead = at + self._learn_ahead_ms
        return sum(self._time(card)[0] <= ahead for card in self._learning)

    def take(self, card_id: int) -> QueueCard | None:
        """Take a card off the queue, or return None where it is not in it."""
        card = self._line.pop(card_id, None)
        if card is None:
            card = _pop(self._first, card_id) or _pop(self._learning, card_id)
        if card is not None:
            self._left[card.state] -= card_id not in self._spare
            self._spare.discard(card_id)
        return card

    def put_back(self, card: QueueCard) -> None:
        """Put a card in front of all others, as if it had never been taken."""
        self.take(card.card_id)
        self._first.append(card)
        self._left[card.state] += 1

    def put_last(self, card: QueueCard) -> None:
        """Put a card behind all others of the line, for practice without steps."""
        self.take(card.card_id)
        self._line[card.card_id] = card
        self._left[card.state] += 1

    def bring_up(self, note_id: int) -> bool:
        """Put a card of a note in front, and tell whether one of the line was found."""
        for card in self._line.values():
            if card.note_id == note_id:
                self.put_back(card)
                return True
        return False

    def answered(self, card: QueueCard, memory: Memory) -> None:
        """Let go of a card that was rated; one with a learning step today stays."""
        self.take(card.card_id)
        self._answered_last = card.card_id
        after = with_memory(card, memory)
        if (
            _is_learning(after)
            and after.due_day is not None
            and after.due_day <= self.day
        ):
            insort(self._learning, after, key=self._time)
            self._left[after.state] += 1

    def restore(self, card: QueueCard, memory: Memory) -> None:
        """Take an answer back: the card comes next, with the memory it had before."""
        self.put_back(with_memory(card, memory))

    def remove(
        self, card_ids: Collection[int] = (), note_id: int | None = None
    ) -> list[QueueCard]:
        """Take cards, or all cards of a note, off the queue and return those there were."""
        ids = set(card_ids)
        if note_id is not None:
            ids.update(card.card_id for card in self if card.note_id == note_id)
        taken = (self.take(card_id) for card_id in sorted(ids))
        return [card for card in taken if card is not None]

    def _choice(self, at: int, *, started_only: bool) -> QueueCard | None:
        for card in reversed(self._first):
            if _is_learning(card) or not started_only:
                return card
        soonest = self._learning[0] if self._learning else None
        if soonest is not None and self._time(soonest)[0] <= at:
            return soonest
        if self._line and not started_only:
            return next(iter(self._line.values()))
        ahead = [
            card
            for card in self._learning[:2]
            if self._time(card)[0] <= at + self._learn_ahead_ms
        ]
        # Not the same card twice in a row while another one may be asked.
        if len(ahead) > 1 and ahead[0].card_id == self._answered_last:
            return ahead[1]
        return ahead[0] if ahead else None

    def _time(self, card: QueueCard) -> tuple[int, int]:
        """Return when a learning card is due, with its id to break ties.

        A step that leads over the turn of the day counts in days: the card is due as soon
        as the new study day begins.
        """
        overnight = card.last_day is not None and card.last_day < self.day
        due_at = 0 if overnight or card.due_at is None else card.due_at
        return due_at, card.card_id


def build_queue(
    learning: Sequence[QueueCard],
    due: Sequence[QueueCard],
    new: Iterable[QueueCard],
    *,
    moment: Moment,
    allowance: Allowance,
    seen_notes: Mapping[int, Collection[int]],
    links: Callable[[Collection[int]], Mapping[int, Collection[int]]] | None = None,
    learn_ahead_ms: int = LEARN_AHEAD_MS,
) -> Queue:
    """Return today's queue: gathered, limited, without siblings, in order.

    Args:
        learning: Cards in learning or relearning; always asked, they know no limit.
        due: Cards in Review that are due, in any order.
        new: New cards in teaching order; only as many as needed are looked at.
        moment: Now.
        allowance: What is left of today's limits.
        seen_notes: Cards reviewed today, by note.
        links: Returns the linked notes of some notes; asked for those in the queue.
        learn_ahead_ms: How far ahead a learning card may be asked when nothing else is left.
    """
    today = [
        card for card in learning if card.due_day is None or card.due_day <= moment.day
    ]
    notes = {card.note_id for card in today}
    reviews = _admitted(
        by_retrievability(due, moment.day), allowance.review_gate(), notes, seen_notes
    )
    fresh = _admitted(new, allowance.new_gate(), notes, seen_notes)
    line = mixed(reviews, over_decks(fresh))
    if links is not None:
        near = [card.note_id for card in line[:LINKED_REACH]]
        line = together(line, links(near))
    return Queue(line, today, day=moment.day, learn_ahead_ms=learn_ahead_ms)


def with_memory(card: QueueCard, memory: Memory) -> QueueCard:
    """Return the queue's view of a card with another memory."""
    return card._replace(
        state=int(memory.state),
        due_day=memory.due_day,
        due_at=memory.due_at,
        last_day=memory.last_day,
        stability=memory.stability,
    )


def _admitted(
    cards: Iterable[QueueCard],
    gate: Gate,
    notes: set[int],
    seen_notes: Mapping[int, Collection[int]],
) -> list[QueueCard]:
    """Return the cards that may be asked today, and add their notes to `notes`."""
    admitted: list[QueueCard] = []
    for card in cards:
        if gate.is_shut:
            break
        note_id = card.note_id
        if note_id in notes or not gate.has_room(card.deck_id):
            continue
        seen = seen_notes.get(note_id)
        if seen and any(card_id != card.card_id for card_id in seen):
            continue
        notes.add(note_id)
        admitted.append(card)
        gate.enter(card.deck_id)
    return admitted


def _is_learning(card: QueueCard) -> bool:
    return card.state in (State.LEARNING, State.RELEARNING)


def _pop(cards: list[QueueCard], card_id: int) -> QueueCard | None:
    for index, card in enumerate(cards):
        if card.card_id == card_id:
            return cards.pop(index)
    return None
