"""What files say was learned of cards, against what the store knows of them.

Nothing is written here: what comes back goes into a `SyncPlan`.
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

_PART = 2000
"""Cards whose past is looked up at once."""
_LATEST = 1 << 48
"""The end of the instants that an identifier can hold, in the year 10889."""
_DECISIONS = (Reason.RESET, Reason.SOFTEN)
_LEAST_SOFTENED = 1.0
"""Days of stability that softening leaves."""
_UNKNOWN = StoredHistory(0, "", Memory(), [], [])
_AT = attrgetter("at")
_ROW: Callable[[PastReview], tuple[int, int, int, int]] = itemgetter(
    *map(PastReview._fields.index, ("day", "rating", "interval_seconds", "at"))
)
"""Returns a review as it is folded; an import of many spends its time here."""


def merge_histories(
    histories: Iterable[CardHistory],
    deck_of: Mapping[str, str],
    reader: Reader,
    settings: Settings,
    day_of: Callable[[int], int],
    moment: Moment,
) -> tuple[CardChanges, ...]:
    """Return what the store does not know yet of what was learned.

    A review is known by its card, instant and rating. All reviews of a card, known and new,
    are folded in the order of time; the learner's decision to begin anew or to soften stands.
    A memory that a file states counts where there are no reviews to tell it. Cards are
    hidden, buried or called leeches as the file says where it brings anything else of them.

    Args:
        histories: What files say, of cards that are stored or about to be; one of a card.
        deck_of: The deck key of each note that is about to be imported, by the note's key.
        reader: The store as it is before the import.
        settings: The options of decks.
        day_of: Returns the study day of an instant in Unix milliseconds.
        moment: Now.
    """
    replayers = _Replayers(settings, day_of)
    plans = []
    for part in _parts(histories):
        known = reader.history.of_cards([history.card for history in part])
        for history in part:
            past = known.get(history.card)
            deck = deck_of.get(note_key_of(history.card)) or (past.deck if past else "")
            plan = _Case(history, past, replayers.of(deck), moment).plan()
            if plan is not None:
                plans.append(plan)
    return tuple(plans)


def soften_histories(
    cards: Iterable[str], reader: Reader, moment: Moment
) -> tuple[CardChanges, ...]:
    """Return the plans that halve the stability of cards and make them due today.

    Difficulty stays, and so does the log. Stability is not halved below a day. New cards
    stay as they are.

    Args:
        cards: Keys of stored cards.
        reader: The store.
        moment: Now.
    """
    return _decided(cards, reader, moment, Reason.SOFTEN)


def reset_histories(
    cards: Iterable[str], reader: Reader, moment: Moment
) -> tuple[CardChanges, ...]:
    """Return the plans that make cards new again; their log stays.

    Args:
        cards: Keys of stored cards.
        reader: The store.
        moment: Now.
    """
    return _decided(cards, reader, moment, Reason.RESET)


class _Replayers:
    """One replayer for each deck."""

    def __init__(self, settings: Settings, day_of: Callable[[int], int]) -> None:
        self._settings = settings
        self._day_of = day_of
        self._known: dict[str, Replayer] = {}

    def of(self, deck: str) -> Replayer:
        """Return what folds the reviews of a deck's cards."""
        if deck not in self._known:
            self._known[deck] = Replayer(self._settings.options(deck), self._day_of)
        return self._known[deck]


class _Union(NamedTuple):
    """What the reviews of all sides come to."""

    memory: Memory
    reason: Reason
    """Why the log alone would not come to it."""


class _Case:
    """One card: what a file says of it, and what is known."""

    def __init__(
        self,
        history: CardHistory,
        past: StoredHistory | None,
        replayer: Replayer,
        moment: Moment,
    ) -> None:
        self._history = history
        self._past = past or _UNKNOWN
        self._is_stored = past is not None
        self._replayer = replayer
        self._moment = moment

    def plan(self) -> CardChanges | None:
        """Return what is to be added; None for nothing."""
        if self._past.reviews or self._past.anchors:
            plan = self._merged()
        else:
            plan = self._taken_over()
        history = self._history
        has_flags = (
            history.suspended or history.leech or history.buried_until is not None
        )
        if plan is None and (self._is_stored or not has_flags):
            return None
        return (plan or CardChanges(history.card))._replace(
            suspended=history.suspended,
            buried_until=history.buried_until,
            leech=history.leech,
            previous_memory=self._past.memory if self._is_stored else None,
        )

    def _taken_over(self) -> CardChanges | None:
        """Return the plan for a card of which nothing is known."""
        history = self._history
        reviews, kept = _distinct(history.reviews, ())
        anchors: Sequence[Anchor] = ()
        if history.anchors:
            anchors = [replace(one, after=kept[one.after]) for one in history.anchors]
        if not reviews and not anchors:
            stated = history.memory
            if stated is None or stated.state is State.NEW:
                return None
            anchors = [self._anchor(Reason.IMPORT, stated)]
        memory = self._folded(reviews, anchors)
        if history.is_exact and history.memory is not None:
            memory = history.memory
        return CardChanges(history.card, reviews, memory, anchors)

    def _folded(
        self, reviews: Sequence[PastReview], anchors: Sequence[Anchor]
    ) -> Memory:
        """Return what reviews and the anchors between them come to."""
        start, first, made_due = Memory(), 0, None
        for one in anchors:
            if one.reason is not Reason.DUE:
                start, first, made_due = one.memory, one.after, None
            elif one.after == len(reviews):
                made_due = one.memory
        rows = list(map(_ROW, reviews[first:] if first else reviews))
        return self._replayer.compute_memory(rows, FoldStart(start, made_due))

    def _merged(self) -> CardChanges | None:
        """Return the plan for a card that has a past here."""
        history, past = self._history, self._past
        known = ((one.at, one.rating) for one in past.reviews)
        reviews, _ = _distinct(history.reviews, known)
        uids = {anchor.uid for _, anchor in past.anchors}
        decisions = [
            one
            for one in history.anchors
            if one.reason in _DECISIONS and one.uid not in uids
        ]
        if not reviews and not decisions:
            return self._restated()
        union = self._union(reviews, decisions)
        anchors = []
        if not self._by_log(reviews).agrees_with(union.memory):
            anchors.append(self._anchor(union.reason, union.memory, len(reviews)))
        return CardChanges(history.card, reviews, union.memory, anchors)

    def _restated(self) -> CardChanges | None:
        """Return the plan for a card of which both sides have nothing but a memory."""
        stated, past = self._history.memory, self._past
        if stated is None or past.reviews or self._history.reviews:
            return None
        before = past.anchors[-1][1]
        is_newer = (stated.last_day or 0) > (before.memory.last_day or 0)
        if before.reason is not Reason.IMPORT or not is_newer:
            return None
        anchor = self._anchor(Reason.IMPORT, stated)
        return CardChanges(self._history.card, (), stated, [anchor])

    def _union(
        self, reviews: Sequence[PastReview], decisions: Sequence[Anchor]
    ) -> _Union:
        known = [anchor for _, anchor in self._past.anchors]
        every: list[PastReview | StoredReview] = sorted(
            [*self._past.reviews, *reviews], key=_AT
        )
        reason = Reason.MERGE
        start = max(
            (one for one in (*known, *decisions) if one.reason in _DECISIONS),
            key=_AT,
            default=None,
        )
        if start and start in decisions:
            reason = start.reason
        if start is None:
            # Reviews that are older than a stated memory tell where it came from.
            stated = [one for one in known if one.reason is Reason.IMPORT]
            if stated and (not every or every[0].at >= stated[-1].at):
                start = stated[-1]
        since = start.at if start else -1
        last = every[-1].at if every else -1
        due = [one for one in known if one.reason is Reason.DUE and one.at >= last]
        later = [one for one in every if one.at > since]
        anchored = FoldStart(
            start.memory if start else Memory(), due[-1].memory if due else None
        )
        return _Union(self._fold(later, anchored), reason)

    def _by_log(self, reviews: Sequence[PastReview]) -> Memory:
        """Return what the log will come to once the reviews stand at its end."""
        start, after = Memory(), 0
        for number, anchor in self._past.anchors:
            if anchor.reason is not Reason.DUE:
                start, after = anchor.memory, number
        before = [one for one in self._past.reviews if one.number > after]
        return self._fold([*before, *reviews], FoldStart(start))

    def _fold(
        self, reviews: Sequence[PastReview | StoredReview], anchored: FoldStart
    ) -> Memory:
        rows = [(one.day, one.rating, one.interval_seconds, one.at) for one in reviews]
        return self._replayer.compute_memory(rows, anchored)

    def _anchor(self, reason: Reason, memory: Memory, after: int = 0) -> Anchor:
        return Anchor(reason, memory, self._moment.at, self._moment.day, after)


def _distinct(
    reviews: Sequence[PastReview], known: Iterable[tuple[int, int]]
) -> tuple[Sequence[PastReview], Sequence[int]]:
    """Return the reviews that are new, and how many those are among the first 0, 1, 2 ..."""
    left = Counter(known)
    if not left and _is_in_time(reviews):
        return reviews, range(len(reviews) + 1)
    seen: set[object] = set()
    new: list[PastReview] = []
    counts = [0]
    for review in reviews:
        name = (review.at, review.rating)
        # Only what this program recorded can be two reviews of one instant.
        own = review.uid or name
        if own not in seen and 0 <= review.at < _LATEST:
            seen.add(own)
            if left and left[name] > 0:
                left[name] -= 1
            else:
                new.append(review)
        counts.append(len(new))
    return new, counts


def _is_in_time(reviews: Sequence[PastReview]) -> bool:
    """Tell whether each review is later than the one before, so that none is there twice."""
    if not reviews:
        return True
    times: Sequence[int]
    if isinstance(reviews, PackedReviews):
        times = reviews.instants
    else:
        times = [review.at for review in reviews]
    return times[0] >= 0 and times[-1] < _LATEST and all(map(lt, times, times[1:]))


def _decided(
    cards: Iterable[str], reader: Reader, moment: Moment, reason: Reason
) -> tuple[CardChanges, ...]:
    plans = []
    for part in _parts(cards):
        for card, past in reader.history.of_cards(part).items():
            before = past.memory
            if before.state is State.NEW:
                continue
            memory = Memory() if reason is Reason.RESET else _softer(before, moment)
            anchor = Anchor(reason, memory, moment.at, moment.day)
            plans.append(
                CardChanges(card, (), memory, [anchor], previous_memory=before)
            )
    return tuple(plans)


def _softer(memory: Memory, moment: Moment) -> Memory:
    before = memory.stability or 0.0
    return replace(
        memory,
        stability=min(before, max(before / 2, _LEAST_SOFTENED)) or None,
        due_day=min(memory.due_day or moment.day, moment.day),
        due_at=None if memory.due_at is None else min(memory.due_at, moment.at),
    )


def _parts(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while part := list(islice(remaining, _PART)):
        yield part
