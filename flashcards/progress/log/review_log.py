"""The review log as NumPy columns, with derived figures for each review.

Rows are ordered card by card, oldest first. Every figure is computed for all rows at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.cards import DAY_SECONDS, State
from flashcards.scheduling.vectors import VectorFormulas

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from flashcards.progress.log.card_table import CardTable

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Truths = NDArray[np.bool_]

COLUMNS = 7
MATURE_DAYS = 21
"""A card with an interval of so many days or more is mature."""

_NEVER = np.iinfo(np.int64).max
"""Later than any review."""

Weights = tuple[float, ...]


@dataclass(frozen=True)
class Log:
    """Reviews that were not undone, as columns of equal length."""

    card: Integers
    at: Integers
    day: Integers
    rating: Integers
    milliseconds: Integers
    """At most a minute."""
    state: Integers
    """State of the card before the review."""
    interval: Integers
    """Seconds until the next review, as scheduled by this one."""

    def __len__(self) -> int:
        return len(self.card)

    @classmethod
    def from_rows(cls, rows: Integers | Sequence[Sequence[int]]) -> Log:
        """Return the log of rows with the fields of this class, in the order of storing."""
        columns = np.asarray(rows, dtype=np.int64).reshape(-1, COLUMNS).T
        return cls(*np.ascontiguousarray(columns)[:, _card_order(*columns[:2])])

    @classmethod
    def from_slices(cls, slices: Sequence[bytes]) -> Log:
        """Return the log of the packed slices of `FigureReader.review_log`."""
        words = np.frombuffer(b"".join(slices), dtype=">i8").reshape(-1, 3)
        first, at, last = words.T.astype(np.int64)
        order = _card_order(first >> 32, at)
        first, at, last = first[order], at[order], last[order]
        return cls(
            card=first >> 32,
            at=at,
            day=last >> 21,
            rating=last & 7,
            milliseconds=last >> 5 & 0xFFFF,
            state=last >> 3 & 3,
            interval=first & 0xFFFFFFFF,
        )

    def select(self, chosen: Truths) -> Log:
        """Return the rows where `chosen` is true, which must hold all rows of a card or none."""
        return Log(
            *(
                column[chosen]
                for column in (
                    self.card,
                    self.at,
                    self.day,
                    self.rating,
                    self.milliseconds,
                    self.state,
                    self.interval,
                )
            )
        )

    def select_cards(self, cards: Collection[int] | Integers) -> Log:
        """Return the reviews of some cards."""
        ids = np.fromiter(cards, dtype=np.int64, count=len(cards))
        return self.select(np.isin(self.card, ids))

    def without_cards(self, cards: Collection[int]) -> Log:
        """Return the reviews of all cards except some."""
        ids = np.fromiter(cards, dtype=np.int64, count=len(cards))
        return self.select(np.isin(self.card, ids, invert=True))

    @cached_property
    def is_first(self) -> Truths:
        """Whether a review is the first of its card."""
        first = np.ones(len(self), dtype=bool)
        first[1:] = self.card[1:] != self.card[:-1]
        return first

    @cached_property
    def elapsed(self) -> Integers:
        """Study days since the previous review of the card, 0 for its first."""
        elapsed = np.zeros(len(self), dtype=np.int64)
        elapsed[1:] = self.day[1:] - self.day[:-1]
        elapsed[self.is_first] = 0
        return elapsed

    @cached_property
    def opens_day(self) -> Truths:
        """Whether a review is the first of its card on its study day.

        A study day before the previous one, after a change of time zone, counts as the same.
        """
        result: Truths = self.is_first | (self.elapsed > 0)
        return result

    @cached_property
    def interval_before(self) -> Integers:
        """Whole days that the previous review had scheduled; 0 for a first review."""
        before = np.zeros(len(self), dtype=np.int64)
        before[1:] = self.interval[:-1] // DAY_SECONDS
        before[self.is_first] = 0
        return before

    @cached_property
    def tests_memory(self) -> Truths:
        """Whether a review counts for retention: a card in Review, first asked that day."""
        result: Truths = self.opens_day & (self.state == State.REVIEW)
        return result

    @cached_property
    def is_mature(self) -> Truths:
        """Whether the card had an interval of 21 days or more before the review."""
        result: Truths = self.interval_before >= MATURE_DAYS
        return result

    @cached_property
    def index_in_card(self) -> Integers:
        """The number of earlier reviews of the same card."""
        index = np.arange(len(self))
        starts = index[self.is_first]
        return np.asarray(index - np.repeat(starts, np.diff([*starts, len(self)])))


def median(values: Floats | Integers) -> float | None:
    """Return the median; None without values."""
    if not len(values):
        return None
    # numpy.median loads masked arrays, which takes a quarter as long as importing NumPy.
    low, high = (len(values) - 1) // 2, len(values) // 2
    parted = np.partition(values, (low, high))
    return float(parted[low] + parted[high]) / 2


def _card_order(card: Integers, at: Integers) -> Integers:
    """Return the order of rows card by card, oldest first, ties as stored."""
    # Sorting here takes a third of the time that the database needs.
    return np.lexsort((at, card))


def predicted_recall(
    log: Log,
    cards: CardTable,
    weights_of: Callable[[int], Weights],
    anchored: Mapping[int, int] = MappingProxyType({}),
) -> Floats:
    """Return the recall that the model predicted for each review, NaN for first reviews.

    Args:
        log: The reviews.
        cards: All cards of the log; their decks have weights.
        weights_of: Returns the weights of a deck by its number.
        anchored: By card the instant from which the log does not explain its memory;
            reviews from then on get NaN.
    """
    recall = _predicted(log, cards, weights_of)
    if anchored:
        since = [anchored.get(int(card), _NEVER) for card in log.card[log.is_first]]
        recall[log.at >= np.array(since)[np.cumsum(log.is_first) - 1]] = np.nan
    return recall


def _predicted(
    log: Log, cards: CardTable, weights_of: Callable[[int], Weights]
) -> Floats:
    decks = {deck: weights_of(deck) for deck in set(cards.deck_id.tolist())}
    sets = list(dict.fromkeys(decks.values()))
    if len(sets) == 1:
        return _replay(log, VectorFormulas(sets[0]))
    recall = np.full(len(log), np.nan)
    deck = cards.deck_id[cards.find_rows(log.card)] if len(log) else log.card
    for weights in sets:
        own = [number for number, other in decks.items() if other == weights]
        chosen = np.isin(deck, own)
        recall[chosen] = _replay(log.select(chosen), VectorFormulas(weights))
    return recall


def _replay(log: Log, formulas: VectorFormulas) -> Floats:
    """Return the recall before each review, replaying all cards in parallel."""
    recall = np.full(len(log), np.nan)
    order = np.argsort(log.index_in_card, kind="stable")
    ends = (
        np.cumsum(np.bincount(log.index_in_card)) if len(log) else np.zeros(0, np.int64)
    )
    owner = np.cumsum(log.is_first) - 1
    stability = np.zeros(int(log.is_first.sum()))
    difficulty = np.zeros_like(stability)
    start = 0
    for turn, end in enumerate(ends):
        rows = order[start:end]
        start = end
        who, rating = owner[rows], log.rating[rows]
        if turn == 0:
            stability[who], difficulty[who] = formulas.first(rating)
            continue
        elapsed = log.elapsed[rows].astype(np.float64)
        s, d = stability[who], difficulty[who]
        recall[rows] = formulas.retrievability(s, np.maximum(elapsed, 0))
        stability[who], difficulty[who] = formulas.following(s, d, elapsed, rating)
    return recall
