"""Values about cards: state, rating, memory, and the rows that readers return.

Everything here is a plain value of the standard library, so that reading what is due
loads neither the database mapper nor the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY_SECONDS = 86_400
ANSWER_CAP_MS = 60_000
"""A longer answer counts as a minute, because the learner was away."""
LEAST_ANSWER_MS = 1_000
"""The least predicted time of an answer. Shorter times come from piped input, not from people."""
LEARN_AHEAD_MINUTES = 20
"""Default of how far ahead a learning card may be asked."""
TIER_STEP = 1_000_000
"""Distance of the tiers in teaching order; within a tier notes are in the order of the file."""

_ROUNDING = 1e-6


class State(IntEnum):
    """The learning state of a card, numbered as in the `fsrs` package; New is 0."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Rating(IntEnum):
    """How well a card was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def tier_of(position: int) -> int:
    """Return the tier of a note by its position in teaching order: core 0, depth 1, stretch 2."""
    return position // TIER_STEP


@dataclass(frozen=True, slots=True)
class Memory:
    """Scheduling state of one card: the result of replaying its reviews."""

    state: State = State.NEW
    step: int | None = None
    """Index of the learning or relearning step, None outside of them."""
    stability: float | None = None
    """Days until recall falls to 90%; None before the first review."""
    difficulty: float | None = None
    """1 to 10; None before the first review."""
    due_day: int | None = None
    """The study day on which the card is asked next; None for a new card."""
    due_at: int | None = None
    """The instant (Unix ms) of the next step, while in learning or relearning."""
    last_day: int | None = None
    """The study day of the last review."""
    interval_seconds: int = 0
    """The scheduled wait: a multiple of 86,400 in state Review, a step otherwise."""
    reps: int = 0
    """Reviews so far."""
    lapses: int = 0
    """Times that a card in Review was rated Again."""

    @property
    def interval_days(self) -> int:
        """The scheduled wait in whole days, 0 for a learning step."""
        return self.interval_seconds // DAY_SECONDS

    def agrees_with(self, replayed: Memory) -> bool:
        """Return whether this equals the replay of the card's reviews, up to rounding."""
        return (
            _EXACT(self) == _EXACT(replayed)
            and _is_close(self.stability, replayed.stability)
            and _is_close(self.difficulty, replayed.difficulty)
            and (self.state is not State.REVIEW or _WAIT(self) == _WAIT(replayed))
        )


_EXACT = attrgetter("state", "step", "last_day", "reps", "lapses")
_WAIT = attrgetter("interval_seconds", "due_day")


class Reason(StrEnum):
    """Why the memory of a card is not only the replay of its reviews."""

    IMPORT = "import"
    """Another program stated the memory, without the reviews that led to it."""
    MERGE = "merge"
    """Reviews were imported that are older than ones of the log."""
    RESET = "reset"
    """The learner reset the card."""
    SOFTEN = "soften"
    """The card was reworded, and the learner trusts half of the memory."""
    DUE = "due"
    """The card was made due; everything else follows from the reviews."""


class SessionKind(StrEnum):
    """What a session is; the value is how the store spells it."""

    REVIEW = "review"
    """Due cards, or a practice of any cards."""
    QUIZ = "quiz"
    EXAM = "exam"
    DIAGNOSTIC = "diagnostic"
    MORE = "more"
    """Cards beyond today's; what they leave for later today does not count as today's."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A memory state that replaces the replay of a card's earlier reviews."""

    reason: Reason
    memory: Memory
    at: int
    """Instant in Unix milliseconds."""
    day: int
    """The study day."""
    after: int = 0
    """How many of the reviews in the same history come before it."""
    uid: str = ""


class FoldStart(NamedTuple):
    """Where the replay of a card's reviews starts, and a due day that replaces its result."""

    start: Memory = Memory()
    """The memory before the reviews that are replayed."""
    made_due: Memory | None = None
    """Has the due day of a card that was made due and not asked since."""


FROM_THE_START = FoldStart()
"""The replay starts with a new card."""


def _is_close(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) <= _ROUNDING * max(abs(first), abs(second))


class QueueCard(NamedTuple):
    """One card that may be asked today, with what the queue needs."""

    card_id: int
    note_id: int
    deck_id: int
    state: int
    due_day: int | None
    due_at: int | None
    last_day: int | None
    stability: float | None
    position: int
    """Teaching order of new cards: tier, then index in the file; comparable across decks."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A selection of cards: all, or those of some decks, topics and tags."""

    decks: tuple[str, ...] = ()
    """Deck keys or their leading parts (`metrics` means every `metrics/...`)."""
    tags: tuple[str, ...] = ()
    """A note needs at least one of them."""
    topics: tuple[str, ...] = ()
    """Slugs of topics within decks; a note needs one of them."""


class QuizCard(NamedTuple):
    """One card that a quiz may ask."""

    card: QueueCard
    kind: str
    topic: str
    lapses: int


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card with its note, for showing it."""

    card_id: int
    key: str
    """Stable text key: the note's id, with `:reverse` or `:c2` for further siblings."""
    note_id: int
    note_key: str
    deck_id: int
    deck: str
    kind: str
    face: str
    """Which face of the note is asked: empty, `reverse`, or `c1`, `c2` ... of a cloze."""
    content: str
    """The note as JSON, read by `flashcards.domain.note_json.note_from_json`."""
    memory: Memory
    suspended: bool = False
    buried_until: int | None = None
    """The study day on which a buried card comes back."""
    marked: bool = False
    leech: bool = False
    retired: bool = False
    topic_title: str = ""
    source_label: str = ""
    """Citation as it is shown, such as `Opitz & Burst 2019, sec. 2`; may be empty."""
    path: str = ""
    """The deck file the note came from, where known."""
    line: int = 0
    """The note's line in that file, 0 where unknown."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review that was not undone."""

    uid: str
    card_id: int
    at: int
    day: int
    rating: Rating
    duration_ms: int
    state: State
    """The card's state before the review."""
    interval_seconds: int
    """The wait that the review scheduled."""
    answer: str | None = None
    """The answer as JSON, read by `flashcards.grading.record.from_json`."""


@dataclass(frozen=True, slots=True)
class ReviewHistory:
    """Reviews and anchors from which a card's memory is replayed."""

    card_id: int
    reviews: Sequence[ReviewRow]
    """Reviews after the newest anchor that were not undone, oldest first."""
    anchored: FoldStart = FROM_THE_START


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One deck in use, with counts that do not depend on the time."""

    deck_id: int
    key: str
    title: str
    notes: int
    cards: int
    new: int
    suspended: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A rating of a card, with the memory before and after; not saved yet."""

    card_id: int
    key: str
    """The card's text key, because the id could be that of another card in another store."""
    rating: Rating
    at: int
    day: int
    duration_ms: int
    before: Memory
    after: Memory
    leech: bool = False
    """True if this answer makes the card a leech or reports it again."""
    given: str | None = None
    """The answer as JSON, from `flashcards.grading.record.to_json`; None without one."""
