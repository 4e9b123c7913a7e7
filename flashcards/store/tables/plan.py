"""The tables of the study plan; their conventions are those of `flashcards.store.tables.model`.

SQLModel evaluates the annotations when the classes are created, so this module must not
postpone them with `from __future__ import annotations`.
"""

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from flashcards.store.tables.columns import column, key


class Plan(SQLModel, table=True):
    """The study plan; there is at most one row."""

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint("id = 1"),
        CheckConstraint("minutes >= 0"),
        CheckConstraint("target > 0 AND target <= 1"),
    )

    id: int | None = key("Always 1.")
    started_day: int = column("Study day on which the plan was made.")
    minutes: int = column("Minutes of study per day.")
    target: float = column("Target readiness, 0 to 1.")
    weekdays_off: str = column("JSON list of weekdays without study, Monday 0.")
    scope: str = column("JSON list of deck keys or leading parts; empty for all.")


class PlanInterview(SQLModel, table=True):
    """The date of an interview."""

    __tablename__ = "plan_interviews"

    day: int = column("Study day of the interview.", primary_key=True)
    title: str = column("Title in the learner's words; may be empty.")


class PlanNote(SQLModel, table=True):
    """What the learner noted about an interview that is over."""

    __tablename__ = "plan_notes"

    day: int = column("Study day of the interview.", primary_key=True)
    note: str = column("How it went, in the learner's words.")


class PlanDayOff(SQLModel, table=True):
    """A single day without study."""

    __tablename__ = "plan_days_off"

    day: int = column("Study day off.", primary_key=True)


class PlanWeight(SQLModel, table=True):
    """The weight of some decks."""

    __tablename__ = "plan_weights"
    __table_args__ = (CheckConstraint("weight >= 0"),)

    deck: str = column("Deck key or a leading part of deck keys.", primary_key=True)
    weight: float = column("Weight; 0 excludes the decks.")


class PlanTask(SQLModel, table=True):
    """A task other than cards."""

    __tablename__ = "plan_tasks"
    __table_args__ = (
        CheckConstraint("kind IN ('read', 'watch', 'mock', 'quiz')"),
        CheckConstraint("minutes >= 0"),
    )

    name: str = column("Short name for marking it as done.", primary_key=True)
    place: int = column("Index in the list.")
    kind: str = column("`read`, `watch`, `mock` or `quiz`.")
    title: str = column("What to do.")
    minutes: int = column("Expected minutes; 0 if unknown.")
    day: int | None = column("Study day on which it is planned.")
    done_day: int | None = column("Study day on which it was marked as done.")


class Forecast(SQLModel, table=True):
    """A readiness forecast, saved to be compared with the actual readiness."""

    __tablename__ = "forecasts"
    __table_args__ = (
        CheckConstraint("readiness BETWEEN 0 AND 1"),
        CheckConstraint("low <= readiness AND readiness <= high"),
        {"sqlite_with_rowid": False},
    )

    made_day: int = column("Study day on which it was made.", primary_key=True)
    target_day: int = column("Study day that it predicts.", primary_key=True)
    readiness: float = column("Predicted weighted recall, 0 to 1.")
    low: float = column("Lower end of the 90% band.")
    high: float = column("Upper end of the 90% band.")
    minutes: int = column("Minutes per day that it assumes.")
    cards: int = column("Cards in the scope of the plan.")
    is_full: bool = column("1 if the band comes from the learner's own answers.")
