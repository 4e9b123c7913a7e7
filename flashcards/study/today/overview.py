"""The tree of decks with the cards of today and their predicted seconds, for home and `due`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope, State
from flashcards.study.queue.limits import cap_counts
from flashcards.study.queue.load import load_allowance, load_queue
from flashcards.study.queue.queue import QueueCounts
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.store.reader import Reader
    from flashcards.store.rows import DeckCounts
    from flashcards.study.queue.limits import Allowance
    from flashcards.study.queue.pace import Pace
    from flashcards.study.queue.queue import Queue


@dataclass(frozen=True, slots=True)
class Branch:
    """A deck, or an area of decks, with the cards that today's limits allow."""

    key: str
    title: str
    """The deck's title; for an area the last part of its key, capitalized."""
    counts: QueueCounts
    seconds: float
    """Predicted seconds of those cards."""
    branches: tuple[Branch, ...] = ()
    is_deck: bool = True


@dataclass(frozen=True, slots=True)
class Overview:
    """All cards of a study day."""

    day: int
    counts: QueueCounts
    seconds: float
    areas: tuple[Branch, ...]
    """The areas, which are the first parts of deck keys, by title."""

    @property
    def decks(self) -> tuple[Branch, ...]:
        """All decks, without areas, in the order of the tree."""
        return tuple(deck for area in self.areas for deck in _list_decks(area))


def load_overview(
    reader: Reader, settings: Settings, pace: Pace, moment: Moment
) -> Overview:
    """Return the cards of today, for every deck and in all.

    With a study plan these are the cards that fit into the minutes left of its day; without
    one, what is due within today's limits.
    """
    left = load_allowance(reader, settings, moment.day)
    raw = reader.queue.due_counts(moment.day, left.new[""])
    plan = reader.plan.load()
    if plan is not None and plan.next_interview(moment.day):
        queue = load_queue(reader, settings, Scope(), moment)
        counts = _count_by_key(queue, {row.deck_id: row.key for row in raw})
    else:
        counts = _apply_limits(raw, left)
    areas = _Tree(counts, pace, {row.key: row for row in raw}).areas()
    whole = counts[""]
    return Overview(
        day=moment.day, counts=whole, seconds=pace.seconds(whole), areas=areas
    )


def count_due_elsewhere(
    reader: Reader, settings: Settings, pace: Pace, moment: Moment, scope: Scope
) -> int:
    """Return how many cards are asked today outside of a scope."""
    if scope == Scope():
        return 0
    whole = load_overview(reader, settings, pace, moment).counts.total
    here = load_queue(reader, settings, scope, moment).counts.total
    return max(0, whole - here)


def _apply_limits(raw: Sequence[DeckCounts], left: Allowance) -> dict[str, QueueCounts]:
    """Return what is due within the limits, for every deck, every prefix and "" for all."""
    new = _cap_each_key({row.key: row.new for row in raw}, left.new)
    review = _cap_each_key({row.key: row.review for row in raw}, left.reviews)
    learning = _sum_below({row.key: row.learning for row in raw})
    return {
        key: QueueCounts(new.get(key, 0), steps, review.get(key, 0))
        for key, steps in learning.items()
    }


def _count_by_key(queue: Queue, decks: Mapping[int, str]) -> dict[str, QueueCounts]:
    """Return the cards of a queue, for every deck, every prefix and "" for all."""
    cards = {
        state: Counter(decks[card.deck_id] for card in queue if card.state == state)
        for state in State
    }
    sums = {
        state: _sum_below({key: by_deck[key] for key in decks.values()})
        for state, by_deck in cards.items()
    }
    return {
        key: QueueCounts(
            new=sums[State.NEW][key],
            learning=sums[State.LEARNING][key] + sums[State.RELEARNING][key],
            review=sums[State.REVIEW][key],
        )
        for key in sums[State.NEW]
    }


def predict_tomorrow(
    reader: Reader, settings: Settings, pace: Pace, today: Overview
) -> tuple[QueueCounts, float]:
    """Return the cards of the next study day after today is done, and their seconds."""
    new, reviews = settings.limits()[""]
    most_new = today.counts.new + new
    now = reader.queue.due_counts(today.day, most_new)
    then = reader.queue.due_counts(today.day + 1, most_new)
    falling = sum(row.review for row in then) - sum(row.review for row in now)
    fresh = sum(row.new for row in then) - today.counts.new
    counts = QueueCounts(max(min(fresh, new), 0), 0, max(min(falling, reviews), 0))
    return counts, pace.seconds(counts)


@dataclass
class _Tree:
    counts: Mapping[str, QueueCounts]
    pace: Pace
    rows: Mapping[str, DeckCounts]
    children: dict[str, list[str]] = field(default_factory=dict)

    def areas(self) -> tuple[Branch, ...]:
        for key in sorted(self.counts):
            if key:
                self.children.setdefault(key.rpartition("/")[0], []).append(key)
        return self._branches("")

    def _branches(self, parent: str) -> tuple[Branch, ...]:
        branches = [self._branch(key) for key in self.children.get(parent, ())]
        return tuple(sorted(branches, key=lambda branch: branch.title.casefold()))

    def _branch(self, key: str) -> Branch:
        row = self.rows.get(key)
        counts = self.counts[key]
        return Branch(
            key=key,
            title=row.title if row else title_from_key(key),
            counts=counts,
            seconds=self.pace.seconds(counts),
            branches=self._branches(key),
            is_deck=row is not None,
        )


def title_from_key(key: str) -> str:
    """Return the title of an area without a deck of its own, such as `Metrics`."""
    words = key.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _cap_each_key(counts: Mapping[str, int], room: Mapping[str, int]) -> dict[str, int]:
    """Return how many cards a session of each key would ask.

    The limits above a deck apply to its own session too.
    """
    return {
        key: min(
            count, *(room.get(above, count) for above in ("", *list_prefixes(key)))
        )
        for key, count in cap_counts(counts, room).items()
    }


def _sum_below(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the sum of every deck, every prefix and "" for all."""
    return cap_counts(counts, {})


def _list_decks(branch: Branch) -> Sequence[Branch]:
    own = (branch,) if branch.is_deck else ()
    return [*own, *(deck for child in branch.branches for deck in _list_decks(child))]
