"""Checks a store for damage: the file, the tables, and cards against their log."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple

from flashcards.disk.private import is_open_to_others
from flashcards.domain.cards import Memory, ReviewHistory
from flashcards.errors import StoreDamagedError
from flashcards.store.error_translation import translated
from flashcards.store.files import SCHEMA_VERSION, open_for_reading, version_of
from flashcards.store.maintenance import backups
from flashcards.store.maintenance.locks import share
from flashcards.store.maintenance.soundness import is_sound, tolerant_text
from flashcards.store.maintenance.wrong_values import wrong_rows
from flashcards.store.reader import Reader
from flashcards.store.tables.schema import lacks, repairs, strange_values, structure_of
from flashcards.text.safe_text import one_line

Replay = Callable[[ReviewHistory], Memory]
"""Computes the memory of a card from its review history."""

SAMPLE = 500
OLDEST_BACKUP = timedelta(days=7)

_BUSY_SECONDS = 5.0
_MOST = 20
"""Findings of one check at most."""
_RESTORE = "Bring back a backup with `flashcards restore`."
_REPORT = "Please report this; a backup can be brought back with `flashcards restore`."
_RECREATE = "`flashcards doctor --repair` makes it as it was."
_REPAIR = "`flashcards doctor --repair` computes every card from its reviews again."

_INCONSISTENT = {
    "the note `{}` has no card": """
        SELECT key FROM notes WHERE id NOT IN (SELECT note_id FROM cards)
    """,
    "the card `{}` is in another deck than its note": """
        SELECT cards.key FROM cards JOIN notes ON notes.id = note_id
        WHERE cards.deck_id <> notes.deck_id AND cards.retired = 0
    """,
    "the card `{}` is in use though its note is retired": """
        SELECT cards.key FROM cards JOIN notes ON notes.id = note_id
        WHERE notes.retired = 1 AND cards.retired = 0
    """,
    "the deck `{}` is retired though it has notes in use": """
        SELECT key FROM decks WHERE retired = 1
        AND id IN (SELECT deck_id FROM notes WHERE retired = 0)
    """,
}
_JSON = {
    "reviews": ("answer",),
    "note_types": ("definition",),
}
"""Columns that hold JSON, in addition to those of `store.tables.ranges`."""
_TABLES_OF_EVERY_VERSION = ("decks", "notes", "cards", "reviews", "operations")
_COUNTED = attrgetter("reps", "last_day")
"""Values that do not depend on settings."""

_REVIEWED = """
    WITH reviewed AS (
        SELECT id FROM cards
        WHERE reps > 0 OR state > 0 OR id IN (SELECT card_id FROM reviews)
        OR id IN (SELECT card_id FROM anchors WHERE withdrawn = 0)
    )
    SELECT id FROM reviewed
    WHERE id % max(1, (SELECT count(*) FROM reviewed) / :sample) = 0
    ORDER BY id LIMIT :sample
"""


class DoctorFinding(NamedTuple):
    """An error, a warning, or something that was not checked."""

    severity: Literal["error", "warning", "unchecked"]
    check: str
    """`file`, `tables`, `schema`, `values`, `notes`, `memory`, `backups`, `media` or `home`."""
    message: str
    remedy: str


def examine(
    path: Path,
    *,
    at: int,
    replay: Replay | None = None,
    sample: int = SAMPLE,
    thorough: bool = True,
) -> list[DoctorFinding]:
    """Return the problems of a store; an empty list if it is undamaged.

    Args:
        path: The database file.
        at: The current instant in Unix milliseconds, for the age of the backups.
        replay: Computes a memory from reviews; without it memories are not checked.
        sample: How many cards are compared with their reviews.
        thorough: Also check every entry of the indexes, which takes some seconds for a
            large store.

    Raises:
        StoreError: The store could not be checked: it is locked, unreadable or of a newer
            version.
    """
    try:
        with share(path), translated(path), closing(_open(path)) as connection:
            findings = list(_check_file(connection, thorough=thorough))
            if not findings:
                version = version_of(connection, path)
                if version != SCHEMA_VERSION:
                    missing = _missing_tables(connection)
                    findings = missing or [_outdated(path, version)]
                else:
                    findings = _check_rows(path, connection)
        if not findings and replay:
            findings = _check_memories(path, replay, sample)
    except StoreDamagedError as error:
        # The message of the error would recommend `flashcards doctor` again.
        reason = one_line(str(error.__cause__ or error))
        return [
            DoctorFinding("error", "file", f"The file is damaged: {reason}.", _RESTORE)
        ]
    return [*findings, *_check_backups(path, at)]


def damage_of(path: Path) -> str:
    """Return the first error of a store as a sentence, empty if it is undamaged.

    Raises:
        StoreError: The store could not be checked.
    """
    errors = (
        finding.message
        for finding in examine(path, at=0, thorough=False)
        if finding.severity == "error"
    )
    return next(errors, "")


def _open(path: Path) -> sqlite3.Connection:
    connection = open_for_reading(path, _BUSY_SECONDS)
    connection.text_factory = tolerant_text
    return connection


def _missing_tables(connection: sqlite3.Connection) -> list[DoctorFinding]:
    """Return an error for each missing table that every version has."""
    tables = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        )
    }
    return [
        DoctorFinding("error", "schema", f"The table {name} is missing.", _RESTORE)
        for name in _TABLES_OF_EVERY_VERSION
        if name not in tables
    ]


def _outdated(path: Path, version: int) -> DoctorFinding:
    return DoctorFinding(
        "unchecked",
        "tables",
        f"The tables are of version {version}, which this program brings to version "
        f"{SCHEMA_VERSION} when it starts; cards and memories were not examined.",
        "Start `flashcards` once, then examine the store again.",
    )


def _check_rows(path: Path, connection: sqlite3.Connection) -> list[DoctorFinding]:
    """Return the problems of the structure and the rows of a store of this version."""
    structure = structure_of(connection)
    missing = [
        DoctorFinding("error", "schema", sentence, _RESTORE)
        for sentence in lacks(structure)
    ]
    if missing:
        return missing
    return [
        *(
            DoctorFinding("error", "schema", sentence, _RECREATE)
            for sentence in repairs(structure)
        ),
        *(DoctorFinding("error", "values", *row) for row in wrong_rows(connection)),
        *(
            DoctorFinding("error", "values", sentence, _RESTORE)
            for sentence in strange_values(connection)
        ),
        *_check_json(connection),
        *_check_notes(connection),
        *_check_references(connection),
    ][:_MOST]


def _check_json(connection: sqlite3.Connection) -> Iterator[DoctorFinding]:
    for table, columns in _JSON.items():
        for name in columns:
            query = f"SELECT count(*) FROM {table} WHERE {name} IS NOT NULL AND NOT json_valid({name})"  # noqa: S608 - constants
            (count,) = connection.execute(query).fetchone()
            if count:
                message = (
                    f"The column {name} of the table {table} holds {count:,} texts "
                    "that cannot be read."
                )
                yield DoctorFinding("error", "values", message, _RESTORE)


def _check_notes(connection: sqlite3.Connection) -> Iterator[DoctorFinding]:
    rows = connection.execute(
        "SELECT notes.key, content, notes.digest, path FROM notes "
        "JOIN decks ON decks.id = deck_id"
    )
    for key, content, digest, path in rows:
        if not is_sound(content, digest):
            message = f"The note `{key}` is not as it was saved, so it is left out."
            again = shlex.quote(path or "FILE")
            remedy = f"`flashcards import {again}` saves it as its file has it."
            yield DoctorFinding("error", "notes", message, remedy)


def _check_memories(path: Path, replay: Replay, sample: int) -> list[DoctorFinding]:
    with Reader(path) as reader, closing(_open(path)) as connection:
        with translated(path):
            chosen = connection.execute(_REVIEWED, {"sample": sample}).fetchall()
        return list(_compare_memories(reader, replay, [row[0] for row in chosen]))


def _check_file(
    connection: sqlite3.Connection, *, thorough: bool
) -> Iterator[DoctorFinding]:
    pragma = "integrity_check" if thorough else "quick_check"
    for (damage,) in connection.execute(f"PRAGMA {pragma}({_MOST})"):
        if damage != "ok":
            yield DoctorFinding(
                "error", "file", f"The file is damaged: {damage}.", _RESTORE
            )
    for table, row, target, _ in connection.execute(
        "PRAGMA foreign_key_check"
    ).fetchmany(_MOST):
        message = f"Row {row} of the table {table} points to a row of {target} that is missing."
        yield DoctorFinding("error", "tables", message, _RESTORE)


def _check_references(connection: sqlite3.Connection) -> Iterator[DoctorFinding]:
    for message, query in _INCONSISTENT.items():
        for (key,) in connection.execute(query).fetchmany(_MOST):
            sentence = message.format(key)
            yield DoctorFinding(
                "error", "tables", f"{sentence[0].upper()}{sentence[1:]}.", _REPORT
            )


def _compare_memories(
    reader: Reader, replay: Replay, card_ids: Sequence[int]
) -> Iterator[DoctorFinding]:
    for card_id in card_ids:
        row = reader.cards.get(card_id)
        replayed = replay(reader.history.of_card(card_id))
        if row.memory.agrees_with(replayed):
            continue
        message = (
            f"The memory of the card `{row.key}` differs from the replay of its reviews"
        )
        if _COUNTED(row.memory) != _COUNTED(replayed):
            yield DoctorFinding("error", "memory", f"{message}.", _REPAIR)
        else:
            # A change of the settings since the review has the same effect.
            message += " under the current settings."
            yield DoctorFinding("warning", "memory", message, _REPAIR)


def _check_backups(path: Path, at: int) -> Iterator[DoctorFinding]:
    now = datetime.fromtimestamp(at / 1000, UTC)
    all_backups = backups.find_backups(path, at)
    ahead = [backup for backup in all_backups if backups.is_ahead(backup, at / 1000)]
    if ahead and at:
        message = (
            f"Backups with a date in the future: {len(ahead):,}, such as "
            f"{ahead[0].path.name}."
        )
        remedy = "A clock was wrong when they were made; what they hold is not newer."
        yield DoctorFinding("warning", "backups", message, remedy)
    dated = all_backups[: len(all_backups) - len(ahead)]
    if dated and now - dated[0].at <= OLDEST_BACKUP:
        return
    message = (
        f"The newest backup is of {dated[0].at:%Y-%m-%d}."
        if dated
        else "No backup is older than now."
        if all_backups
        else "There is no backup yet."
    )
    yield DoctorFinding(
        "warning", "backups", message, "Make one with `flashcards backup`."
    )


def privacy_findings(home: Path) -> Iterator[DoctorFinding]:
    """Yield a warning if every user of the machine can read a home directory."""
    if is_open_to_others(home):
        place = shlex.quote(str(home))
        yield DoctorFinding(
            "warning",
            "home",
            f"Every user of this machine can read {home}.",
            f"If that is not what you want: `chmod -R go-rwx {place}`.",
        )
