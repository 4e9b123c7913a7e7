"""What an import would do: the values that `sync.plan_sync` finds and `Store.apply` carries out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flashcards.domain.bundle import NoteReport, PastReview
from flashcards.domain.cards import Anchor, Memory
from flashcards.domain.content import (
    DeckContent,
    Note,
    Problem,
    SourceEntry,
    note_to_json,
)
from flashcards.domain.study_plan import SavedForecast, StudyPlan
from flashcards.store.rows import StoredDeck, StoredNote
from flashcards.store.upkeep.soundness import digest_of

_SHOWN_OF_DECK = ("title", "description", "version", "license", "topics")
"""The first columns of `deck_values`: what people see of a deck."""


@dataclass(frozen=True, slots=True)
class StoredState:
    """What the store holds of the decks and notes of an import."""

    base: str
    """Names the imports that are in force; a plan is good for that state alone."""
    decks: Mapping[str, StoredDeck]
    notes: Mapping[str, StoredNote]
    sources: Mapping[str, SourceEntry]


class PlacedNote(NamedTuple):
    """A note as its file has it, ready to be stored."""

    note: Note
    position: int


def stored_form(note: Note) -> tuple[str, str]:
    """Return what a note is stored as, and the digest by which a changed one is known.

    Computed when it is needed: an import of many new notes need not hold it for all at once.
    """
    content = note_to_json(note)
    return content, digest_of(content)


class NoteChange(NamedTuple):
    """A stored note that gets new values; `planned` is None where it is retired."""

    known: StoredNote
    planned: PlacedNote | None
    same_content: bool


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Notes of a deck by what the import does to them, and the cards made and retired."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    """Notes that come from another deck; their cards keep their history."""
    returned: int = 0
    """Notes that were retired and are back."""
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
    known: StoredDeck | None
    content: DeckContent | None
    """None where the deck is retired."""
    counts: ImportCounts = field(default_factory=ImportCounts)
    added: tuple[PlacedNote, ...] = ()
    changes: tuple[NoteChange, ...] = ()
    source: str = ""
    """The file whose notes these are; the last one where several have some."""
    same: tuple[NoteChange, ...] = ()
    """Notes from other programs that say what is stored, though they may have other fields."""

    @property
    def changes_nothing(self) -> bool:
        """Whether the store is already as the file is."""
        return (
            not self.added
            and not self.changes
            and self.known is not None
            and self.content is not None
            and not self.known.retired
            and deck_values(self.content) == self.known[2:-1]
        )

    @property
    def changes_records_only(self) -> bool:
        """Whether at most the record of where deck and notes were read changes.

        That is the file, how it was read, and the lines of notes: nothing that is shown.
        """
        if self.known is None or self.content is None or self.known.retired:
            return False
        shown = len(_SHOWN_OF_DECK)
        return (
            self.counts == ImportCounts(unchanged=self.counts.unchanged)
            and deck_values(self.content)[:shown] == self.known[2 : 2 + shown]
            and all(map(_stays_in_place, self.changes))
        )


def _stays_in_place(change: NoteChange) -> bool:
    planned = change.planned
    return planned is not None and planned.position == change.known.position


class CardChanges(NamedTuple):
    """What an import adds to the past of one card."""

    card: str
    """The card's key."""
    reviews: Sequence[PastReview] = ()
    """Reviews that are not in the log yet, in the order in which they go there."""
    memory: Memory | None = None
    """The memory afterwards; None where it stays."""
    anchors: Sequence[Anchor] = ()
    """Anchors to set, in order; `after` counts the reviews above."""
    suspended: bool = False
    """Whether to hide the card; one that is hidden stays so."""
    buried_until: int | None = None
    leech: bool = False
    before: Memory | None = None
    """The memory for which this was planned; None for a card that was not stored."""


class RetiredNote(NamedTuple):
    """A note that is gone from its deck, kept for its log."""

    deck: DeckContent
    """The deck that it was in, without notes; made as a retired one where there is none."""
    planned: PlacedNote


@dataclass(frozen=True, slots=True)
class CollectionData:
    """What only the format of everything brings besides decks and learning."""

    retired: tuple[RetiredNote, ...] = ()
    plan: StudyPlan | None = None
    forecasts: tuple[SavedForecast, ...] = ()
    reports: tuple[NoteReport, ...] = ()


NO_COLLECTION_DATA = CollectionData()


@dataclass(frozen=True, slots=True)
class ImportChanges:
    """What an import would do, deck by deck, and why some notes are left out."""

    base: str
    decks: tuple[DeckChanges, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    """Entries of the bibliography that are new or changed."""
    histories: tuple[CardChanges, ...] = ()
    """What was learned of cards, of these decks or stored before."""
    marked: frozenset[str] = frozenset()
    """Keys of notes to mark."""
    rest: CollectionData = NO_COLLECTION_DATA

    @property
    def brings_learning(self) -> bool:
        """Whether it changes more than decks and notes."""
        return bool(self.histories or self.marked) or self.rest != NO_COLLECTION_DATA

    @property
    def counts(self) -> ImportCounts:
        """The counts of all decks together."""
        return sum((deck.counts for deck in self.decks), ImportCounts())

    @property
    def changes_nothing(self) -> bool:
        """Whether carrying it out would leave the store as it is."""
        return not (self.sources or self.brings_learning) and all(
            deck.changes_nothing for deck in self.decks
        )

    @property
    def changes_records_only(self) -> bool:
        """Whether at most the record of where decks were read changes; nothing to undo."""
        return not (self.sources or self.brings_learning) and all(
            deck.changes_records_only for deck in self.decks
        )


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    operation_id: int | None
    """The operation that takes it back; None where nothing changed."""
    counts: ImportCounts
    decks: Mapping[str, ImportCounts]


def deck_values(deck: DeckContent) -> tuple[str | int, ...]:
    """Return what is stored of a deck besides its key, in the order of `StoredDeck`."""
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
