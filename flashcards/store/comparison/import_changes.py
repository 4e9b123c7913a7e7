"""The changes of an import as values, from `compare_bundle` to `Store.apply`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flashcards.domain.bundle import NoteReport, PastReview
from flashcards.domain.cards import Anchor, Memory
from flashcards.domain.content import DeckContent, Note, Problem, SourceEntry
from flashcards.domain.note_json import note_to_json
from flashcards.domain.study_plan import SavedForecast, StudyPlan
from flashcards.store.maintenance.soundness import digest_of
from flashcards.store.rows import StoredDeck, StoredNote

_VISIBLE_COLUMNS = ("title", "description", "version", "license", "topics")
"""The first columns of `deck_values`: the ones that people see."""


@dataclass(frozen=True, slots=True)
class StoredState:
    """What the store has of the decks and notes of an import."""

    base: str
    """Identifies the imports that are not undone; changes apply to that state only."""
    decks: Mapping[str, StoredDeck]
    notes: Mapping[str, StoredNote]
    sources: Mapping[str, SourceEntry]


class PlacedNote(NamedTuple):
    """A note of a file with its position in teaching order, ready to be stored."""

    note: Note
    position: int


def stored_form(note: Note) -> tuple[str, str]:
    """Return a note as it is stored, and the digest that detects changes of it.

    Computed when needed, so that a large import does not hold it for all notes at once.
    """
    content = note_to_json(note)
    return content, digest_of(content)


class NoteChange(NamedTuple):
    """A stored note and its new values; `placed` is None if the note is retired."""

    stored: StoredNote
    placed: PlacedNote | None
    same_content: bool


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many notes of a deck are added, changed and so on, and how many cards."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    """Notes from another deck; their cards keep their history."""
    returned: int = 0
    """Retired notes that are in their file again."""
    retired: int = 0
    new_cards: int = 0
    retired_cards: int = 0

    def __add__(self, other: ImportCounts) -> ImportCounts:
        """Return the sums."""
        return ImportCounts(
            *(getattr(self, n) + getattr(other, n) for n in ImportCounts.__slots__)
        )


@dataclass(frozen=True, slots=True)
class DeckChanges:
    """What happens to one deck."""

    key: str
    stored: StoredDeck | None
    content: DeckContent | None
    """The deck as its file has it; None if the deck is retired."""
    counts: ImportCounts = field(default_factory=ImportCounts)
    added: tuple[PlacedNote, ...] = ()
    changes: tuple[NoteChange, ...] = ()
    source: str = ""
    """The file of the notes; the last one if several files have some."""
    same: tuple[NoteChange, ...] = ()
    """Unchanged notes of other programs, whose fields there may have changed."""

    @property
    def is_empty(self) -> bool:
        """Whether the store has everything already."""
        return (
            not self.added
            and not self.changes
            and self.stored is not None
            and self.content is not None
            and not self.stored.retired
            and deck_values(self.content) == self.stored[2:-1]
        )

    @property
    def is_provenance_only(self) -> bool:
        """Whether at most the provenance of deck and notes changes.

        That is the file, how it was read, and the lines of notes: nothing that is shown.
        """
        if self.stored is None or self.content is None or self.stored.retired:
            return False
        visible = len(_VISIBLE_COLUMNS)
        return (
            self.counts == ImportCounts(unchanged=self.counts.unchanged)
            and deck_values(self.content)[:visible] == self.stored[2 : 2 + visible]
            and all(map(_keeps_position, self.changes))
        )


def _keeps_position(change: NoteChange) -> bool:
    placed = change.placed
    return placed is not None and placed.position == change.stored.position


class CardChanges(NamedTuple):
    """What an import adds to the history of one card."""

    card: str
    """The card's key."""
    reviews: Sequence[PastReview] = ()
    """Reviews that the log does not have yet, in its order."""
    memory: Memory | None = None
    """The memory after the import; None if it does not change."""
    anchors: Sequence[Anchor] = ()
    """Anchors to add, in order; `after` counts the reviews above."""
    suspended: bool = False
    """Whether to suspend the card; a suspended card stays suspended."""
    buried_until: int | None = None
    leech: bool = False
    previous_memory: Memory | None = None
    """The memory that these changes were computed from; None for a card that was not stored."""


class RetiredNote(NamedTuple):
    """A retired note, imported for the sake of its log."""

    deck: DeckContent
    """The deck that it was in, without notes; created as a retired deck if it is missing."""
    placed: PlacedNote


@dataclass(frozen=True, slots=True)
class CollectionData:
    """What only a full JSON export adds besides decks and review histories."""

    retired: tuple[RetiredNote, ...] = ()
    plan: StudyPlan | None = None
    forecasts: tuple[SavedForecast, ...] = ()
    reports: tuple[NoteReport, ...] = ()


NO_COLLECTION_DATA = CollectionData()


@dataclass(frozen=True, slots=True)
class ImportChanges:
    """What an import would change, and the problems that the comparison found."""

    base: str
    decks: tuple[DeckChanges, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    """Entries of the bibliography that are new or changed."""
    histories: tuple[CardChanges, ...] = ()
    """Changes of review histories, for cards of these decks or stored before."""
    marked: frozenset[str] = frozenset()
    """Keys of notes to mark."""
    collection_data: CollectionData = NO_COLLECTION_DATA

    @property
    def has_learning(self) -> bool:
        """Whether it changes more than decks and notes."""
        return (
            bool(self.histories or self.marked)
            or self.collection_data != NO_COLLECTION_DATA
        )

    @property
    def counts(self) -> ImportCounts:
        """The counts of all decks together."""
        return sum((deck.counts for deck in self.decks), ImportCounts())

    @property
    def is_empty(self) -> bool:
        """Whether applying it would leave the store as it is."""
        return not (self.sources or self.has_learning) and all(
            deck.is_empty for deck in self.decks
        )

    @property
    def is_provenance_only(self) -> bool:
        """Whether at most the provenance of decks changes, which needs no undo."""
        return not (self.sources or self.has_learning) and all(
            deck.is_provenance_only for deck in self.decks
        )


@dataclass(frozen=True, slots=True)
class AppliedImport:
    """What an import did."""

    operation_id: int | None
    """The operation to undo; None if nothing changed."""
    counts: ImportCounts
    decks: Mapping[str, ImportCounts]


def deck_values(deck: DeckContent) -> tuple[str | int, ...]:
    """Return the stored columns of a deck after its key, in the order of `StoredDeck`."""
    topics = json.dumps(deck.topics, ensure_ascii=False, separators=(",", ":"))
    return (
        deck.title,
        deck.description,
        deck.version,
        deck.license,
        topics,
        deck.path,
        deck.digest,
        deck.is_partial,
        deck.name,
        deck.is_of_file,
        *deck.read_options,
    )
