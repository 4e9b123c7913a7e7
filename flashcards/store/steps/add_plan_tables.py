"""Step to the tables with the study plan and the forecasts made under it."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE plans (
        id INTEGER NOT NULL,
        started_day INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        target FLOAT NOT NULL,
        weekdays_off VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CHECK (id = 1),
        CHECK (minutes >= 0),
        CHECK (target > 0 AND target <= 1)
    )
    """,
    """
    CREATE TABLE plan_interviews (
        day INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        PRIMARY KEY (day)
    )
    """,
    """
    CREATE TABLE plan_days_off (
        day INTEGER NOT NULL,
        PRIMARY KEY (day)
    )
    """,
    """
    CREATE TABLE plan_weights (
        deck VARCHAR NOT NULL,
        weight FLOAT NOT NULL,
        PRIMARY KEY (deck),
        CHECK (weight >= 0)
    )
    """,
    """
    CREATE TABLE plan_tasks (
        name VARCHAR NOT NULL,
        place INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        minutes INTEGER NOT NULL,
        day INTEGER,
        done_day INTEGER,
        PRIMARY KEY (name),
        CHECK (kind IN ('read', 'watch', 'mock', 'quiz')),
        CHECK (minutes >= 0)
    )
    """,
    """
    CREATE TABLE forecasts (
        made_day INTEGER NOT NULL,
        target_day INTEGER NOT NULL,
        readiness FLOAT NOT NULL,
        low FLOAT NOT NULL,
        high FLOAT NOT NULL,
        minutes INTEGER NOT NULL,
        cards INTEGER NOT NULL,
        is_full BOOLEAN NOT NULL,
        PRIMARY KEY (made_day, target_day),
        CHECK (readiness BETWEEN 0 AND 1),
        CHECK (low <= readiness AND readiness <= high)
    )
     WITHOUT ROWID
    """,
)


def add_plan(connection: sqlite3.Connection) -> None:
    """Create the tables of the plan."""
    for statement in _STATEMENTS:
        connection.execute(statement)
