"""The tables of the store, with the meaning of each column.

SQLModel evaluates the annotations when the classes are created, so this module must not
postpone them with `from __future__ import annotations`. Table classes do not check their
values; the constraints below make the database do it.
"""

from sqlalchemy import DDL, CheckConstraint, Index, LargeBinary, Table, event, text
from sqlmodel import SQLModel

from flashcards.store.tables.columns import column, key, uid_column
from flashcards.store.tables.log import Anchor, Retraction, Review
from flashcards.store.tables.origins import ForeignNoteType, NoteOrigin
from flashcards.store.tables.plan import (
    Forecast,
    Plan,
    PlanDayOff,
    PlanInterview,
    PlanNote,
    PlanTask,
    PlanWeight,
)
from flashcards.store.tables.ranges import RULES, index_name, large_tables

__all__ = (
    "Anchor",
    "Card",
    "Deck",
    "Forecast",
    "ForeignNoteType",
    "Link",
    "Note",
    "NoteOrigin",
    "Operation",
    "Plan",
    "PlanDayOff",
    "PlanInterview",
    "PlanNote",
    "PlanTask",
    "PlanWeight",
    "Report",
    "Requirement",
    "Retraction",
    "Review",
    "SessionRecord",
    "Source",
    "StoreIdentity",
    "table_of",
)

MEMORY_COLUMNS = (
    "state",
    "step",
    "stability",
    "difficulty",
    "due_day",
    "due_at",
    "last_day",
    "interval_seconds",
    "reps",
    "lapses",
)
"""The columns of `cards` that hold a `flashcards.domain.cards.Memory`, in its order."""

# For `IN` with more than two numbers SQLite builds a table each time it checks a row.
# Constraints compare with BETWEEN instead, which halves the time of writing a log.
LIVE = text("suspended = 0 AND retired = 0")
LIVE_NEW = text("state = 0 AND suspended = 0 AND retired = 0")


class Deck(SQLModel, table=True):
    """A deck: the notes of one deck file."""

    __tablename__ = "decks"
    __table_args__ = (
        CheckConstraint("key <> ''"),
        CheckConstraint("is_partial IN (0, 1) AND is_of_file IN (0, 1)"),
        CheckConstraint("retired IN (0, 1)"),
    )

    id: int | None = key()
    key: str = column("Path-like name, such as `metrics/classification`.", unique=True)
    title: str = column("Title that people see.")
    description: str = column("What the deck is about; may be empty.")
    version: str = column("Version in the file; may be empty.")
    license: str = column("License of the content; may be empty.")
    topics: str = column("JSON list of `[slug, title]` in teaching order.")
    path: str = column("File of the deck; may be empty.")
    digest: str = column("SHA-256 of that file in hex; empty if it must be read again.")
    is_partial: bool = column(
        "1 if the file may have only some notes of the deck, so that none is retired."
    )
    name: str = column(
        "Name of the deck in its own program, nested parts joined by `::`; empty if the "
        "file has the key."
    )
    is_of_file: bool = column("1 if the deck is named after its file.")
    given_key: str = column("Key of `--into`; empty without it.")
    given_format: str = column("Format of `--format`; empty without it.")
    format: str = column("Format of the file; empty if unknown.")
    options: str = column("Settings that affect what the reader finds.")
    reader_version: int = column(
        "Version of the reader; a newer one reads the file again."
    )
    retired: bool = column("1 once no file has the deck anymore.")


class Note(SQLModel, table=True):
    """A note: one thing to know, from which one or more cards are made."""

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint("key <> ''"),
        CheckConstraint("marked IN (0, 1) AND retired IN (0, 1)"),
        Index("notes_by_deck", "deck_id", "position"),
    )

    id: int | None = key()
    deck_id: int = column("Deck that the note is in.", foreign_key="decks.id")
    key: str = column("The note's id in its file, unique over all decks.", unique=True)
    kind: str = column("Kind of note: `basic`, `cloze`, `choice` ...")
    tier: str = column("`core`, `depth` or `stretch`.")
    topic: str = column("Slug of the topic within the deck; may be empty.")
    position: int = column(
        "Teaching order: 1,000,000 times the tier, plus the index in the file."
    )
    line: int = column("Line of the note in its file, 0 if unknown.")
    marked: bool = column("1 if the learner marked the note.")
    retired: bool = column("1 once no file has the note anymore.")
    digest: str = column("Digest of `content`, which shows whether the note changed.")
    tags: str = column(
        "Tags with a space before, between and after them; may be empty."
    )
    front: str = column("What the first card of the note asks.")
    content: str = column("The whole note as JSON.")
    searchable: str = column(
        "All texts of the note, with its key on the first line, folded for search."
    )


class Requirement(SQLModel, table=True):
    """A note that must be learned before another one is shown."""

    __tablename__ = "requirements"
    __table_args__ = ({"sqlite_with_rowid": False},)

    note_id: int = column("Note that waits.", foreign_key="notes.id", primary_key=True)
    required_key: str = column("Key of the note to learn first.", primary_key=True)


class Link(SQLModel, table=True):
    """A confusable or related note."""

    __tablename__ = "links"
    __table_args__ = (
        Index("links_by_target", "linked_key"),
        {"sqlite_with_rowid": False},
    )

    note_id: int = column(
        "Note with the link.", foreign_key="notes.id", primary_key=True
    )
    linked_key: str = column("Key of the linked note.", primary_key=True)


class Source(SQLModel, table=True):
    """An entry of the bibliography."""

    __tablename__ = "sources"

    key: str = column("Key by which notes cite the work.", primary_key=True)
    authors: str = column("Authors in short form.")
    year: int | None = column("Year of publication.")
    title: str = column("Title of the work.")
    venue: str = column("Where it appeared; may be empty.")
    url: str = column("Address; may be empty.")
    kind: str = column("Kind of work, such as `paper`; may be empty.")


class Card(SQLModel, table=True):
    """A card: one face of a note, with its memory."""

    __tablename__ = "cards"
    __table_args__ = (
        CheckConstraint("state BETWEEN 0 AND 3"),
        CheckConstraint("(state = 0) = (due_day IS NULL)"),
        CheckConstraint("stability IS NULL OR stability > 0"),
        CheckConstraint("difficulty IS NULL OR difficulty BETWEEN 1 AND 10"),
        CheckConstraint("interval_seconds >= 0 AND reps >= 0 AND lapses >= 0"),
        CheckConstraint(
            "suspended IN (0, 1) AND retired IN (0, 1) AND leech IN (0, 1)"
        ),
        Index("cards_by_note", "note_id"),
        Index(
            "cards_due",
            "deck_id",
            "state",
            "due_day",
            "buried_until",
            "note_id",
            "due_at",
            "last_day",
            "stability",
            "position",
            sqlite_where=LIVE,
        ),
        Index("cards_new", "position", "deck_id", "id", sqlite_where=LIVE_NEW),
    )

    id: int | None = key()
    note_id: int = column("Note that the card is a face of.", foreign_key="notes.id")
    deck_id: int = column(
        "Deck of the note, repeated for the queue.", foreign_key="decks.id"
    )
    position: int = column("Position of the note, repeated for the queue.")
    face: str = column("Empty, `reverse`, or `c1`, `c2` ... of a cloze.")
    key: str = column(
        "Stable text key: the key of the note, then `:face` if there is one.",
        unique=True,
    )
    state: int = column("0 New, 1 Learning, 2 Review, 3 Relearning.")
    step: int | None = column("Index of the learning or relearning step.")
    stability: float | None = column("Days until recall falls to 90%.")
    difficulty: float | None = column("1 to 10.")
    due_day: int | None = column(
        "Study day on which the card is due; NULL for a new card."
    )
    due_at: int | None = column("Instant of the next learning step.")
    last_day: int | None = column("Study day of the last review.")
    interval_seconds: int = column("Scheduled interval in seconds.")
    reps: int = column("Reviews so far.")
    lapses: int = column("Times that a card in Review was rated Again.")
    suspended: bool = column("1 if the card is hidden until it is restored.")
    retired: bool = column("1 once the note or face is gone; the reviews stay.")
    buried_until: int | None = column("Study day on which a buried card comes back.")
    leech: bool = column("1 if the card is a leech: forgotten again and again.")


class SessionRecord(SQLModel, table=True):
    """The record of a study session."""

    __tablename__ = "sittings"
    __table_args__ = (
        CheckConstraint("kind <> ''"),
        Index("sittings_by_day", "study_day"),
    )

    id: int | None = key()
    uid: str = uid_column()
    kind: str = column("`review`, `quiz`, `exam`, `diagnostic` or `more`.")
    scope: str = column("JSON of the decks, tags and topics of the session.")
    minutes: float | None = column("Minutes after which it ends; NULL without a limit.")
    card_limit: int | None = column("Cards after which it ends; NULL without a limit.")
    started_at: int = column("Instant of its start.")
    study_day: int = column("Study day of its start.")
    finished_at: int | None = column(
        "Instant of its end; NULL while it can be resumed."
    )
    current_card_id: int | None = column("Current card.", foreign_key="cards.id")
    seed: int | None = column("Seed of a quiz or exam; NULL for a review.")
    items: str | None = column(
        "JSON list of the cards of a quiz or exam, in order; NULL for a review."
    )
    drafts: str | None = column(
        "JSON of the answers to an exam, by card, before it is submitted; NULL for none."
    )


class Operation(SQLModel, table=True):
    """An operation: one change that can be undone and redone."""

    __tablename__ = "operations"
    __table_args__ = (
        CheckConstraint("kind <> ''"),
        CheckConstraint("undone BETWEEN 0 AND 2"),
        Index("operations_by_kind", "kind", "undone", "id"),
        Index("operations_undone", "id", sqlite_where=text("undone = 1")),
    )

    id: int | None = key()
    uid: str = uid_column()
    kind: str = column(
        "`review`, `bury`, `suspend`, `mark`, `due`, `report`, `plan`, `import`, or "
        "`history` for an import with review histories."
    )
    label: str = column("Description of the change for people.")
    at: int = column("Instant of the change.")
    study_day: int = column("Study day of the change.")
    sitting_id: int | None = column(
        "Session that it belongs to.", foreign_key="sittings.id"
    )
    payload: bytes = column(
        "JSON of the values before and after, compressed if it is long.",
        sa_type=LargeBinary,
    )
    undone: int = column(
        "1 while the change is undone, 2 once it cannot be redone anymore."
    )


class Report(SQLModel, table=True):
    """A learner's report that a note is wrong."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("withdrawn IN (0, 1)"),
        Index("reports_by_note", "note_id"),
    )

    id: int | None = key()
    note_id: int = column("Note that is reported.", foreign_key="notes.id")
    card_id: int | None = column(
        "Card on which it was reported.", foreign_key="cards.id"
    )
    text: str = column("What is wrong, in the learner's words.")
    at: int = column("Instant of the report.")
    operation_id: int | None = column(
        "Operation that reported it.", foreign_key="operations.id"
    )
    withdrawn: bool = column("1 once the report was undone.")


class StoreIdentity(SQLModel, table=True):
    """The identity of the store: one row, created with the store and present in every copy."""

    __tablename__ = "store_identity"
    __table_args__ = (CheckConstraint("id = 1"), CheckConstraint("uid <> ''"))

    id: int | None = key("Always 1.")
    uid: str = column("Random hexadecimal digits, unique to this store.")


def table_of(model: type[SQLModel]) -> Table:
    """Return the table of a model, for statements that need no objects."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _refuse_changes(model: type[SQLModel]) -> None:
    table = table_of(model)
    for verb in ("UPDATE", "DELETE"):
        trigger = (
            f"CREATE TRIGGER {table.name}_refuse_{verb.lower()} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} are only ever added to'); END"
        )
        event.listen(table, "after_create", DDL(trigger))  # type: ignore[no-untyped-call]


_refuse_changes(Review)
_refuse_changes(Retraction)


def _index_damaged_rows(name: str) -> None:
    table = SQLModel.metadata.tables[name]
    Index(index_name(name), table.c.id, sqlite_where=text(RULES[name].damaged))


for _name in large_tables():
    _index_damaged_rows(_name)
