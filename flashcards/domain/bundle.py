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
    """One answer that was given to a card, here or in another program."""

    at: int
    """Instant in Unix milliseconds, from 0 to what 48 bits hold."""
    day: int
    """The study day, as a date ordinal."""
    rating: int
    """1 Again, 2 Hard, 3 Good, 4 Easy."""
    duration_ms: int
    state: int
    """State of the card before the review, numbered as in `flashcards.domain.cards.State`."""
    interval_seconds: int
    """The wait that the review scheduled, 0 where nobody knows."""
    uid: str = ""
    """Identifier unique over all machines, where the review has one."""
    answer: str | None = None
    """The answer as it was given, as `flashcards.grading.record` keeps it."""


@dataclass(frozen=True, slots=True)
class CardHistory:
    """What was learned of one card."""

    card: str
    """The card's key, such as `mcl-012` or `mcl-012:c2`."""
    reviews: Sequence[PastReview] = ()
    """Oldest first."""
    memory: Memory | None = None
    """The memory that the file states; it counts where there are no reviews to replay."""
    is_exact: bool = False
    """Whether the memory is what this program made of these reviews, to the last digit."""
    anchors: Sequence[Anchor] = ()
    """Oldest first; `after` counts the reviews above."""
    suspended: bool = False
    buried_until: int | None = None
    leech: bool = False


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture or sound that notes name."""

    name: str
    """The file's name as notes write it, without any directory."""
    read: Callable[[], bytes]
    """Returns the file's bytes; asked for one file at a time."""


class NoteReport(NamedTuple):
    """A learner's report that a note is wrong."""

    note: str
    """The note's key."""
    card: str | None
    """The key of the card on which it was reported, where that is known."""
    text: str
    at: int
    """Instant in Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class CollectionParts:
    """What only a full JSON export holds besides decks, histories and the study plan."""

    store_uid: str = ""
    """Identifier of the store that was exported; empty where the file has none."""
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
    """Every problem found, and everything that was left out."""
    histories: tuple[CardHistory, ...] = ()
    """Only of cards of which anything was learned."""
    marked: frozenset[str] = frozenset()
    """Ids of the notes that the learner marked."""
    media: tuple[MediaFile, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    plan: StudyPlan | None = None
    collection: CollectionParts = NO_COLLECTION_PARTS
    """What only a full JSON export holds."""
