"""The tables of the study plan; `flashcards.store.tables.model` has all others, and its rules hold here.

SQLModel reads the annotations while the classes are made, so this module must not
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
    minutes: int = column("Minutes of a day of study.")
    target: float = column("Readiness wished for, 0 to 1.")
    weekdays_off: str = column("JSON list of free days of the week, Monday 0.")
    scope: str = column("JSON list of deck keys or leading parts; empty for all.")


class PlanInterview(SQLModel, table=True):
    """A date on which the learner wants to know everything."""

    __tablename__ = "plan_interviews"

    day: int = column("Study day of the interview.", primary_key=True)
    title: str = column("What it is, in the learner's words; may be empty.")


class PlanDayOff(SQLModel, table=True):
    """A single day that is planned to be free."""

    __tablename__ = "plan_days_off"

    day: int = column("Study day without study.", primary_key=True)


class PlanWeight(SQLModel, table=True):
    """How much the notes of some decks count."""

    __tablename__ = "plan_weights"
    __table_args__ = (CheckConstraint("weight >= 0"),)

    deck: str = column("Deck key or a leading part of deck keys.", primary_key=True)
    weight: float = column("Weight; 0 leaves the decks out.")


class PlanTask(SQLModel, table=True):
    """Something to do other than cards."""

    __tablename__ = "plan_tasks"
    __table_args__ = (
        CheckConstraint("kind IN ('read', 'watch', 'mock', 'quiz')"),
        CheckConstraint("minutes >= 0"),
    )

    name: str = column("Short name by which it is ticked off.", primary_key=True)
    place: int = column("Place in the list.")
    kind: str = column("`read`, `watch`, `mock` or `quiz`.")
    title: str = column("What to do.")
    minutes: int = column("Expected minutes; 0 where nobody knows.")
    day: int | None = column("Study day on which it is meant to be done.")
    done_day: int | None = column("Study day on which it was ticked off.")


class Forecast(SQLModel, table=True):
    """A prediction of readiness, saved to be compared with what came true."""

    __tablename__ = "forecasts"
    __table_args__ = (
        CheckConstraint("readiness BETWEEN 0 AND 1"),
        CheckConstraint("low <= readiness AND readiness <= high"),
        {"sqlite_with_rowid": False},
    )

    made_day: int = column("Study day on which it was made.", primary_key=True)
    target_day: int = column("Study day it speaks of.", primary_key=True)
    readiness: float = column("Predicted weighted recall, 0 to 1.")
    low: float = column("Lower end of the 90% band.")
    high: float = column("Upper end of the 90% band.")
    minutes: int = column("Minutes a day that it counted on.")
    cards: int = column("Cards in the scope of the plan.")
    is_full: bool = column("1 where the band came from the learner's own answers.")
