"""Step to the table of what was noted about interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# A table of its own, because older changes of the plan are undone by whole rows of
# `plan_interviews`.
_STATEMENT = """
    CREATE TABLE plan_notes (
        day INTEGER NOT NULL,
        note VARCHAR NOT NULL,
        PRIMARY KEY (day)
    )
"""


def add_plan_notes(connection: sqlite3.Connection) -> None:
    """Create the table."""
    connection.execute(_STATEMENT)
