"""The tables of the review log; its conventions are those of `flashcards.store.tables.model`.

SQLModel evaluates the annotations when the classes are created, so this module must not
postpone them with `from __future__ import annotations`.
"""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from flashcards.store.tables.columns import column, key, memory_column, uid_column

HAS_SESSION = text("sitting_id IS NOT NULL")


class Review(SQLModel, table=True):
    """A review: one answer. Rows are only added; a review counts unless it was retracted."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 4"),
        CheckConstraint("state BETWEEN 0 AND 3"),
        CheckConstraint("duration_ms >= 0 AND interval_seconds >= 0"),
        Index("reviews_by_card", "card_id", "reviewed_at"),
        Index("reviews_by_day", "study_day", "duration_ms"),
        Index("reviews_by_operation", "operation_id"),
        Index("reviews_by_sitting", "sitting_id", sqlite_where=HAS_SESSION),
    )

    id: int | None = key()
    uid: str = uid_column()
    card_id: int = column("Card that was answered.", foreign_key="cards.id")
    sitting_id: int | None = column(
        "Session that it belongs to.", foreign_key="sittings.id"
    )
    operation_id: int | None = column(
        "Operation that recorded it.", foreign_key="operations.id"
    )
    reviewed_at: int = column("Instant of the rating.")
    study_day: int = column("Study day of the rating.")
    rating: int = column("1 Again, 2 Hard, 3 Good, 4 Easy.")
    duration_ms: int = column("Time from showing the question to the rating.")
    state: int = column("State of the card before the review.")
    interval_seconds: int = column("Interval in seconds that the review scheduled.")
    answer: str | None = column("The answer as JSON, if it was saved.")


class Retraction(SQLModel, table=True):
    """A review that was undone and no longer counts. Rows are only added."""

    __tablename__ = "retractions"

    review_id: int = column(
        "Review that was undone.", foreign_key="reviews.id", primary_key=True
    )
    retracted_at: int = column("Instant of the undo.")
    operation_id: int | None = column(
        "Operation that was undone.", foreign_key="operations.id"
    )


class Anchor(SQLModel, table=True):
    """A memory state that replaces the replay of a card's earlier reviews."""

    __tablename__ = "anchors"
    __table_args__ = (
        CheckConstraint("reason IN ('import', 'merge', 'reset', 'soften', 'due')"),
        CheckConstraint("after_review >= 0"),
        CheckConstraint("state BETWEEN 0 AND 3"),
        CheckConstraint("(state = 0) = (due_day IS NULL)"),
        CheckConstraint("stability IS NULL OR stability > 0"),
        CheckConstraint("difficulty IS NULL OR difficulty BETWEEN 1 AND 10"),
        CheckConstraint("interval_seconds >= 0 AND reps >= 0 AND lapses >= 0"),
        CheckConstraint("withdrawn IN (0, 1)"),
        Index("anchors_by_card", "card_id"),
        Index("anchors_by_operation", "operation_id"),
    )

    id: int | None = key()
    uid: str = uid_column()
    card_id: int = column("Card with this memory.", foreign_key="cards.id")
    after_review: int = column(
        "Last review in the log at that time, 0 for none; later reviews are replayed on top."
    )
    at: int = column("Instant from which it applies.")
    study_day: int = column("Study day of that instant.")
    reason: str = column("`import`, `merge`, `reset`, `soften` or `due`.")
    state: int = memory_column()
    step: int | None = memory_column()
    stability: float | None = memory_column()
    difficulty: float | None = memory_column()
    due_day: int | None = memory_column()
    due_at: int | None = memory_column()
    last_day: int | None = memory_column()
    interval_seconds: int = memory_column()
    reps: int = memory_column()
    lapses: int = memory_column()
    operation_id: int | None = column(
        "Operation that set it.", foreign_key="operations.id"
    )
    withdrawn: bool = column("1 once it was undone.")
