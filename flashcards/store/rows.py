"""Rows that the store hands out and no other room needs to make."""

from __future__ import annotations

from typing import Any, NamedTuple

from flashcards.domain.cards import Anchor, Memory, Rating, Scope


class DeckCounts(NamedTuple):
    """Cards of a deck that could be asked on a day, before any limit."""

    deck_id: int
    key: str
    title: str
    new: int
    learning: int
    review: int


class Done(NamedTuple):
    """What was done in a deck on one study day."""

    new: int
    """Cards seen for the first time."""
    reviews: int
    """Answers to cards in state Review."""
    carried: int
    """Cards that were in learning when the day began, and were answered since."""
    milliseconds: int
    """An answer counts as a minute at most."""


class SearchRow(NamedTuple):
    """One card that a search found."""

    card: str
    note: str
    deck: str
    kind: str
    front: str
    state: int
    due_day: int | None
    suspended: bool
    card_id: int
    note_id: int


class SessionRow(NamedTuple):
    """One session record: how it was started, and its current card."""

    record_id: int
    kind: str
    scope: Scope
    minutes: float | None
    card_limit: int | None
    started_at: int
    study_day: int
    finished_at: int | None
    current_card_id: int | None
    seed: int | None = None
    items: str | None = None
    drafts: str | None = None


class KeptAnswer(NamedTuple):
    """A saved answer that counts, with its card."""

    card_id: int
    card: str
    note: str
    deck: str
    topic: str
    kind: str
    front: str
    day: int
    answer: str
    """Read by `flashcards.grading.record.from_json`."""
    rating: Rating


class OperationRow(NamedTuple):
    """One change that can be undone or redone."""

    operation_id: int
    uid: str
    kind: str
    label: str
    at: int
    study_day: int
    record_id: int | None
    undone: bool


class AnswerTime(NamedTuple):
    """How long answers take: of cards in one state, recalled or not."""

    state: int
    again: bool
    median_ms: int
    answers: int


class AnswerTotals(NamedTuple):
    """Answers that count, and the time they took."""

    answers: int
    milliseconds: int


class DayRow(NamedTuple):
    """The reviews of one study day."""

    day: int
    reviews: int
    milliseconds: int
    """An answer counts as a minute at most."""


class ReportRow(NamedTuple):
    """A learner's word that a note is wrong."""

    note: str
    card: str | None
    deck: str
    path: str
    line: int
    text: str
    at: int


class StoredCard(NamedTuple):
    """A card of a stored note, as an import needs to know it."""

    card_id: int
    face: str
    retired: bool


class StoredNote(NamedTuple):
    """A stored note, as an import needs to know it."""

    note_id: int
    key: str
    deck_id: int
    digest: str
    position: int
    line: int
    retired: bool
    cards: tuple[StoredCard, ...]


class StoredReview(NamedTuple):
    """A review that counts, as an import of reviews needs to know it."""

    number: int
    at: int
    day: int
    rating: int
    interval_seconds: int


class StoredHistory(NamedTuple):
    """What the store knows of the past of a card."""

    card_id: int
    deck: str
    memory: Memory
    reviews: list[StoredReview]
    """Those that count, in the order of the log."""
    anchors: list[tuple[int, Anchor]]
    """Anchors that were not withdrawn, oldest first, each with the last review in the log before it."""


class StoredDeck(NamedTuple):
    """A stored deck, as an import needs to know it."""

    deck_id: int
    key: str
    title: str
    description: str
    version: str
    license: str
    topics: str
    path: str
    digest: str
    is_partial: bool
    name: str
    is_of_file: bool
    given_key: str
    given_format: str
    format: str
    options: str
    reader_version: int
    retired: bool


class FigureCard(NamedTuple):
    """One card as figures and forecasts need to know it."""

    card_id: int
    note_id: int
    deck_id: int
    topic: str
    """Slug of the topic within the deck; may be empty."""
    position: int
    state: int
    due_day: int | None
    last_day: int | None
    stability: float | None
    difficulty: float | None
    reps: int
    lapses: int
    leech: int
    suspended: int
    retired: int


class LeechRow(NamedTuple):
    """A card that was forgotten again and again."""

    card: str
    deck: str
    front: str
    lapses: int


class FigureRows(NamedTuple):
    """All that statistics are computed from, as one state of the store holds it."""

    log: list[bytes]
    """As `Reader.review_log` packs it."""
    cards: list[tuple[Any, ...]]
    """In the fields of `FigureCard`, in teaching order."""
    decks: dict[int, tuple[str, str, Any]]
    """Key, title and topics (JSON) by number."""
    leeches: list[LeechRow]
    """Those with most lapses first."""
    anchored: dict[int, int]
    """The instant up to which the log alone does not explain the memory, by card."""
