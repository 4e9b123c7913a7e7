"""Migrates an older database by numbered steps, all in one transaction.

A new database is created from the model and needs no step. To change the
tables: change `flashcards.store.tables.model`, raise `SCHEMA_VERSION` in `files.py` by one, and add
the step that turns the version before into it. A step gets a connection inside a
transaction and must not commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flashcards.errors import StoreDamagedError, StoreError
from flashcards.store.error_translation import UNREADABLE, damaged, store_error
from flashcards.store.files import APPLICATION_ID, SCHEMA_VERSION, version_of
from flashcards.store.maintenance import backups
from flashcards.store.steps.add_anchors import add_anchors
from flashcards.store.steps.add_damage_indexes import add_damage_indexes
from flashcards.store.steps.add_deck_file_columns import describe_deck_files
from flashcards.store.steps.add_identity import add_identity, give_identity
from flashcards.store.steps.add_origins import add_origins
from flashcards.store.steps.add_plan_notes import add_plan_notes
from flashcards.store.steps.add_plan_tables import add_plan
from flashcards.store.steps.rebuild_search_texts import fold_search_texts

Step = Callable[[sqlite3.Connection], None]


def _add_quizzes(connection: sqlite3.Connection) -> None:
    for name, kind in (
        ("seed", "INTEGER"),
        ("items", "VARCHAR"),
        ("drafts", "VARCHAR"),
    ):
        connection.execute(f"ALTER TABLE sittings ADD COLUMN {name} {kind}")


STEPS: Mapping[int, Step] = {
    2: _add_quizzes,
    3: add_plan,
    4: add_anchors,
    5: describe_deck_files,
    6: add_identity,
    7: fold_search_texts,
    8: add_origins,
    9: add_damage_indexes,
    10: add_plan_notes,
}
"""The migrations, by the version that they lead to."""


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    schema: Callable[[], Sequence[str]],
    steps: Mapping[int, Step] = STEPS,
) -> None:
    """Create the tables of an empty database, or migrate those of an older one.

    Other programs wait meanwhile. A database with content is backed up first; a step
    that fails leaves it as it was.

    Args:
        connection: An open connection outside of a transaction.
        path: The file of that connection.
        schema: Returns the statements that create the current tables.
        steps: The migrations, by the version that they lead to.
    """
    latest = max([SCHEMA_VERSION, *steps])
    if version_of(connection, path, latest) == latest:
        return
    # Foreign keys cannot be switched inside a transaction, and tables being rebuilt break them.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another window may have migrated it while this one waited for the lock.
        _advance(
            connection,
            path,
            version_of(connection, path, latest),
            latest,
            schema,
            steps,
        )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def _advance(
    connection: sqlite3.Connection,
    path: Path,
    version: int,
    latest: int,
    schema: Callable[[], Sequence[str]],
    steps: Mapping[int, Step],
) -> None:
    if version == latest:
        return
    if version == 0:
        for statement in schema():
            connection.execute(statement)
        give_identity(connection)
    else:
        backup = backups.back_up_once(path, reason=f"before-version-{latest}")
        for number in range(version + 1, latest + 1):
            _take(connection, path, number, steps, backup)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {latest}")


def _take(
    connection: sqlite3.Connection,
    path: Path,
    number: int,
    steps: Mapping[int, Step],
    backup: Path,
) -> None:
    if number not in steps:
        raise StoreError(
            f"The store {path} cannot be brought up to date: the step to version {number} of "
            "its tables is missing from this program. Install flashcards again."
        )
    try:
        steps[number](connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            reason = f"rows point to nothing after the step to version {number}"
            raise damaged(path, reason)
    except UNREADABLE as error:
        raise _not_migrated(store_error(error, path), backup) from error
    except StoreDamagedError as error:
        raise _not_migrated(error, backup) from error


def _not_migrated(error: StoreError, backup: Path) -> StoreError:
    """Return the error of a step, with the backup made before it."""
    if not isinstance(error, StoreDamagedError):
        return error
    return StoreDamagedError(
        f"{error} The store was not changed. A copy of it as it is now: {backup}."
    )
