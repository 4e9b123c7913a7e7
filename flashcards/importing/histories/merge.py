"""Merge imported review histories with the stored ones.

Nothing is written here: the result becomes part of `ImportChanges`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from operator import attrgetter, itemgetter, lt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from flashcards.domain.bundle import PastReview
from flashcards.domain.cards import Anchor, FoldStart, Memory, Reason, State
from flashcards.domain.faces import note_key_of
from flashcards.domain.packed_reviews import PackedReviews
from flashcards.scheduling.replay import Replayer
from flashcards.store.comparison.import_changes import CardChanges
from flashcards.store.rows import StoredHistory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flashcards.domain.bundle import CardHistory
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredReview

_Item = TypeVar("_Item")

_CHUNK = 2000
"""Cards whose stored histories are read at once."""
_INSTANT_LIMIT = 1 << 48
"""Instants in Unix milliseconds are below this, in the year 10889, to fit in a uid."""
_DECISIONS = (Reason.RESET, Reason.SOFTEN)
_LEAST_SOFTENED = 1.0
"""Least stability after softening, in days."""
_NO_HISTORY = StoredHistory(0, "", Memory(), [], [])
_AT = attrgetter("at")
_ROW: Callable[[PastReview], tuple[int, int, int, int]] = itemgetter(
    *map(PastReview._fields.index, ("day", "rating", "interval_seconds", "at"))
)
"""Return a review as the replay takes it; large imports spend their time here."""


def merge_histories(
    histories: Iterable[CardHistory],
    deck_of: Mapping[str, str],
    reader: Reader,
    settings: Settings,
    day_of: Callable[[int], int],
    moment: Moment,
) -> tuple[CardChanges, ...]:
    """Return what imported histories add to the stored ones.

    A review is identified by its card, instant and rating. All reviews of a card, stored
    and new, are replayed by time; resetting and softening by the learner still apply.
    A memory that a file states counts only if there are no reviews to compute it from.
    Cards are suspended, buried or marked as leeches as in the file, if anything else of
    them is new.

    Args:
        histories: Imported histories of cards that are stored or about to be, one per card.
        deck_of: The deck key of each note that is about to be imported, by the note's key.
        reader: The store before the import.
        settings: The options of decks.
        day_of: Returns the study day of an instant in Unix milliseconds.
        moment: Now.
    """
    replayers = _Replayers(settings, day_of)
    changes = []
    for chunk in _chunks(histories):
        stored = reader.history.of_cards([history.card for history in chunk])
        for history in chunk:
            past = stored.get(history.card)
            deck = deck_of.get(note_key_of(history.card)) or (past.deck if past else "")
            card = _CardMerge(history, past, replayers.of_deck(deck), moment).merge()
            if card is not None:
                changes.append(card)
    return tuple(changes)


def soften_histories(
    cards: Iterable[str], reader: Reader, moment: Moment
) -> tuple[CardChanges, ...]:
    """Return the changes that halve the stability of cards and make them due today.

    Difficulty stays, and so does the log. Stability is not halved below a day. New cards
    stay as they are.

    Args:
        cards: Keys of stored cards.
        reader: The store.
        moment: Now.
    """
    return _add_anchors(cards, reader, moment, Reason.SOFTEN)


def reset_histories(
    cards: Iterable[str], reader: Reader, moment: Moment
) -> tuple[CardChanges, ...]:
    """Return the changes that make cards new again; their log stays.

    Args:
        cards: Keys of stored cards.
        reader: The store.
        moment: Now.
    """
    return _add_anchors(cards, reader, moment, Reason.RESET)


class _Replayers:
    """One replayer for each deck."""

    def __init__(self, settings: Settings, day_of: Callable[[int], int]) -> None:
        self._settings = settings
        self._day_of = day_of
        self._known: dict[str, Replayer] = {}

    def of_deck(self, deck: str) -> Replayer:
        """Return the replayer for the cards of a deck."""
        if deck not in self._known:
            self._known[deck] = Replayer(self._settings.options(deck), self._day_of)
        return self._known[deck]


class _MergedMemory(NamedTuple):
    """The memory from all reviews of a card, stored and imported."""

    memory: Memory
    reason: Reason
    """The reason of the anchor, if the log alone would give another memory."""


class _CardMerge:
    """Merges the imported history of one card with the stored one."""

    def __init__(
        self,
        history: CardHistory,
        past: StoredHistory | None,
        replayer: Replayer,
        moment: Moment,
    ) -> None:
        self._history = history
        self._past = past or _NO_HISTORY
        self._is_stored = past is not None
        self._replayer = replayer
        self._moment = moment

    def merge(self) -> CardChanges | None:
        """Return what to add to the card; None if nothing is new."""
        if self._past.reviews or self._past.anchors:
            changes = self._merge_with_past()
        else:
            changes = self._adopt()
        history = self._history
        has_flags = (
            history.suspended or history.leech or history.buried_until is not None
        )
        if changes is None and (self._is_stored or not has_flags):
            return None
        return (changes or CardChanges(history.card))._replace(
            suspended=history.suspended,
            buried_until=history.buried_until,
            leech=history.leech,
            previous_memory=self._past.memory if self._is_stored else None,
        )

    def _adopt(self) -> CardChanges | None:
        """Return the changes for a card without a stored history."""
        history = self._history
        reviews, counts = _new_reviews(history.reviews, ())
        anchors: Sequence[Anchor] = ()
        if history.anchors:
            anchors = [
                replace(anchor, after=counts[anchor.after])
                for anchor in history.anchors
            ]
        if not reviews and not anchors:
            stated = history.memory
            if stated is None or stated.state is State.NEW:
                return None
            anchors = [self._anchor(Reason.IMPORT, stated)]
        memory = self._replay_with_anchors(reviews, anchors)
        if history.is_exact and history.memory is not None:
            memory = history.memory
        return CardChanges(history.card, reviews, memory, anchors)

    def _replay_with_anchors(
        self, reviews: Sequence[PastReview], anchors: Sequence[Anchor]
    ) -> Memory:
        """Return the memory after reviews and the anchors between them."""
        start, first, made_due = Memory(), 0, None
        for anchor in anchors:
            if anchor.reason is not Reason.DUE:
                start, first, made_due = anchor.memory, anchor.after, None
            elif anchor.after == len(reviews):
                made_due = anchor.memory
        rows = list(map(_ROW, reviews[first:] if first else reviews))
        return self._replayer.compute_memory(rows, FoldStart(start, made_due))

    def _merge_with_past(self) -> CardChanges | None:
        """Return the changes for a card with a stored history."""
        history, past = self._history, self._past
        stored = ((review.at, review.rating) for review in past.reviews)
        reviews, _ = _new_reviews(history.reviews, stored)
        uids = {anchor.uid for _, anchor in past.anchors}
        decisions = [
            anchor
            for anchor in history.anchors
            if anchor.reason in _DECISIONS and anchor.uid not in uids
        ]
        if not reviews and not decisions:
            return self._newer_stated_memory()
        merged = self._merge_memory(reviews, decisions)
        anchors = []
        if not self._memory_by_log(reviews).agrees_with(merged.memory):
            anchors.append(self._anchor(merged.reason, merged.memory, len(reviews)))
        return CardChanges(history.card, reviews, merged.memory, anchors)

    def _newer_stated_memory(self) -> CardChanges | None:
        """Return the changes for a card of which both sides have only a memory."""
        stated, past = self._history.memory, self._past
        if stated is None or past.reviews or self._history.reviews:
            return None
        before = past.anchors[-1][1]
        is_newer = (stated.last_day or 0) > (before.memory.last_day or 0)
        if before.reason is not Reason.IMPORT or not is_newer:
            return None
        anchor = self._anchor(Reason.IMPORT, stated)
        return CardChanges(self._history.card, (), stated, [anchor])

    def _merge_memory(
        self, reviews: Sequence[PastReview], decisions: Sequence[Anchor]
    ) -> _MergedMemory:
        stored = [anchor for _, anchor in self._past.anchors]
        all_reviews: list[PastReview | StoredReview] = sorted(
            [*self._past.reviews, *reviews], key=_AT
        )
        reason = Reason.MERGE
        start = max(
            (each for each in (*stored, *decisions) if each.reason in _DECISIONS),
            key=_AT,
            default=None,
        )
        if start and start in decisions:
            reason = start.reason
        if start is None:
            # Older reviews than a stated memory are the ones it was computed from.
            stated = [anchor for anchor in stored if anchor.reason is Reason.IMPORT]
            if stated and (not all_reviews or all_reviews[0].at >= stated[-1].at):
                start = stated[-1]
        since = start.at if start else -1
        last = all_reviews[-1].at if all_reviews else -1
        due = [
            anchor
            for anchor in stored
            if anchor.reason is Reason.DUE and anchor.at >= last
        ]
        later = [review for review in all_reviews if review.at > since]
        anchored = FoldStart(
            start.memory if start else Memory(), due[-1].memory if due else None
        )
        return _MergedMemory(self._replay(later, anchored), reason)

    def _memory_by_log(self, reviews: Sequence[PastReview]) -> Memory:
        """Return the memory from the log once the reviews are at its end."""
        start, after = Memory(), 0
        for number, anchor in self._past.anchors:
            if anchor.reason is not Reason.DUE:
                start, after = anchor.memory, number
        before = [review for review in self._past.reviews if review.number > after]
        return self._replay([*before, *reviews], FoldStart(start))

    def _replay(
        self, reviews: Sequence[PastReview | StoredReview], anchored: FoldStart
    ) -> Memory:
        rows = [
            (review.day, review.rating, review.interval_seconds, review.at)
            for review in reviews
        ]
        return self._replayer.compute_memory(rows, anchored)

    def _anchor(self, reason: Reason, memory: Memory, after: int = 0) -> Anchor:
        return Anchor(reason, memory, self._moment.at, self._moment.day, after)


def _new_reviews(
    reviews: Sequence[PastReview], stored: Iterable[tuple[int, int]]
) -> tuple[Sequence[PastReview], Sequence[int]]:
    """Return the new reviews, and how many of the first 0, 1, 2 ... reviews are new."""
    unmatched = Counter(stored)
    if not unmatched and _is_strictly_ordered(reviews):
        return reviews, range(len(reviews) + 1)
    seen: set[object] = set()
    new: list[PastReview] = []
    counts = [0]
    for review in reviews:
        name = (review.at, review.rating)
        # Only this program can record two reviews of one instant; they differ by uid.
        identity = review.uid or name
        if identity not in seen and 0 <= review.at < _INSTANT_LIMIT:
            seen.add(identity)
            if unmatched and unmatched[name] > 0:
                unmatched[name] -= 1
            else:
                new.append(review)
        counts.append(len(new))
    return new, counts


def _is_strictly_ordered(reviews: Sequence[PastReview]) -> bool:
    """Return whether each review is later than the one before, so that none is a duplicate."""
    if not reviews:
        return True
    times: Sequence[int]
    if isinstance(reviews, PackedReviews):
        times = reviews.instants
    else:
        times = [review.at for review in reviews]
    return (
        times[0] >= 0 and times[-1] < _INSTANT_LIMIT and all(map(lt, times, times[1:]))
    )


def _add_anchors(
    cards: Iterable[str], reader: Reader, moment: Moment, reason: Reason
) -> tuple[CardChanges, ...]:
    changes = []
    for chunk in _chunks(cards):
        for card, past in reader.history.of_cards(chunk).items():
            before = past.memory
            if before.state is State.NEW:
                continue
            memory = Memory() if reason is Reason.RESET else _soften(before, moment)
            anchor = Anchor(reason, memory, moment.at, moment.day)
            changes.append(
                CardChanges(card, (), memory, [anchor], previous_memory=before)
            )
    return tuple(changes)


def _soften(memory: Memory, moment: Moment) -> Memory:
    before = memory.stability or 0.0
    return replace(
        memory,
        stability=min(before, max(before / 2, _LEAST_SOFTENED)) or None,
        due_day=min(memory.due_day or moment.day, moment.day),
        due_at=None if memory.due_at is None else min(memory.due_at, moment.at),
    )


def _chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
