"""Content of one imported or exported file: decks with their notes, and review histories.

Every format reads a file into a bundle and writes one from it, so that importing and
exporting know no format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import Anchor, Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.domain.content import DeckContent, Problem, SourceEntry
    from flashcards.domain.study_plan import SavedForecast, StudyPlan


class PastReview(NamedTuple):
    """One review of a card, in this or another program."""

    at: int
    """Instant in Unix milliseconds, 0 to 2**48 - 1."""
    day: int
    """The study day, as a date ordinal."""
    rating: int
    """1 Again, 2 Hard, 3 Good, 4 Easy."""
    duration_ms: int
    state: int
    """State of the card before the review, numbered as in `flashcards.domain.cards.State`."""
    interval_seconds: int
    """The interval in seconds that the review scheduled, 0 if unknown."""
    uid: str = ""
    """Identifier unique over all machines; empty without one."""
    answer: str | None = None
    """The answer as JSON of `flashcards.grading.record`."""


@dataclass(frozen=True, slots=True)
class CardHistory:
    """The learning history of one card."""

    card: str
    """The card's key, such as `mcl-012` or `mcl-012:c2`."""
    reviews: Sequence[PastReview] = ()
    """Oldest first."""
    memory: Memory | None = None
    """The memory in the file; used if there are no reviews to replay."""
    is_exact: bool = False
    """Whether the memory is exactly the result of this program for these reviews."""
    anchors: Sequence[Anchor] = ()
    """Oldest first; `after` counts the reviews above."""
    suspended: bool = False
    buried_until: int | None = None
    leech: bool = False


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture or sound that notes refer to."""

    name: str
    """The file's name as notes write it, without any directory."""
    read: Callable[[], bytes]
    """Returns the bytes of the file; called for one file at a time."""


class NoteReport(NamedTuple):
    """A learner's report that a note is wrong."""

    note: str
    """The note's key."""
    card: str | None
    """The key of the card on which it was reported, None if unknown."""
    text: str
    at: int
    """Instant in Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class CollectionParts:
    """The parts of a full JSON export besides decks, histories and the study plan."""

    store_uid: str = ""
    """Identifier of the exported store; empty without one."""
    retired: tuple[DeckContent, ...] = ()
    """Decks with their retired notes."""
    forecasts: tuple[SavedForecast, ...] = ()
    reports: tuple[NoteReport, ...] = ()


NO_COLLECTION_PARTS = CollectionParts()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The content of one file."""

    decks: tuple[DeckContent, ...] = ()
    problems: tuple[Problem, ...] = ()
    """All problems, including what was left out."""
    histories: tuple[CardHistory, ...] = ()
    """Histories of the cards that have one."""
    marked: frozenset[str] = frozenset()
    """Ids of the notes that the learner marked."""
    media: tuple[MediaFile, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    plan: StudyPlan | None = None
    collection: CollectionParts = NO_COLLECTION_PARTS
    """The further parts of a full JSON export."""
