"""Restores a backup: copies and checks it, and only then replaces the store."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flashcards.disk.plain_files import read_plain
from flashcards.disk.private import make_private_directory
from flashcards.errors import (
    DiskFullError,
    NothingFoundError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreTooNewError,
)
from flashcards.store.database import open_database
from flashcards.store.error_translation import damaged, store_error, translated
from flashcards.store.files import (
    SCHEMA_VERSION,
    has_content,
    log_of,
    open_for_reading,
    open_for_writing,
    version_of,
)
from flashcards.store.maintenance import copies
from flashcards.store.maintenance.backups import back_up_alone
from flashcards.store.maintenance.locks import hold_alone
from flashcards.text.safe_text import one_line

_STAMP = "%Y%m%d-%H%M%S"
_SIDE_FILES = ("-wal", "-journal")
"""Files next to a database that may hold changes of it."""

_BEGINNING = b"SQLite format 3\0"


def restore(path: Path, backup: Path, *, at: int) -> Path | None:
    """Replace the database by a backup; return the path of a copy of the previous state.

    The result is None if there was no database. A damaged database is saved next to the
    store, with `damaged` in its name. A kill at any moment leaves the old database or the
    new one.

    Args:
        path: The database to be replaced.
        backup: The copy to be put there.
        at: The present instant in Unix milliseconds.

    Raises:
        StoreLockedError: A window or a command has the store open.
        StoreDamagedError: The backup is damaged; nothing was changed.
    """
    examine_backup(backup)
    with translated(path):
        make_private_directory(path.parent)
        if path.exists() and path.samefile(backup):
            raise StoreError(
                f"{backup} is the store itself. Choose one of its backups."
            )
        _refuse_directory(path)
        place = path.resolve()
    with hold_alone(path), ExitStack() as stack:
        with _reading_backup(backup):
            copy = stack.enter_context(copies.prepared_copy(backup, place))
        with translated(path):
            saved_copy = _save_current_state(path, place, backup, at)
            _remove_side_files(place)
            copy.replace(place)
            copies.write_through(place.parent)
    return saved_copy


def start_new(path: Path, *, at: int) -> Path | None:
    """Create a new, empty store in place of a missing one; return the path of its saved log.

    Args:
        path: The database that is missing.
        at: The present instant in Unix milliseconds.

    Raises:
        StoreError: There is a store.
    """
    with translated(path):
        _refuse_directory(path)
        if has_content(path):
            raise StoreError(
                f"There is a store at {path}. Nothing was changed; move it elsewhere first."
            )
        place = path.resolve()
    with hold_alone(path), translated(path):
        saved_copy = (
            _set_aside(place, at, "missing") if has_content(log_of(path)) else None
        )
        _remove_side_files(place)
    open_database(path, is_new=True).close()
    return saved_copy


def examine_backup(backup: Path) -> None:
    """Raise a `StoreError` if a file is not an undamaged backup."""
    with _reading_backup(backup):
        if not backup.is_file():
            raise NothingFoundError(f"There is no backup {backup}.")
        # SQLite would wait forever for an endless file of the kernel.
        is_database = read_plain(backup, len(_BEGINNING)).startswith(_BEGINNING)
    if not is_database:
        raise _no_backup(backup)
    with (
        _reading_backup(backup),
        closing(open_for_reading(backup, copies.BUSY_SECONDS)) as connection,
    ):
        is_ours = _is_ours(connection, backup)
        damage = copies.find_damage(connection) if is_ours else ""
    if not is_ours:
        raise _no_backup(backup)
    if damage:
        raise _damaged_backup(backup, damage)


@contextmanager
def _reading_backup(backup: Path) -> Iterator[None]:
    """Translate exceptions from reading a backup to errors that name the backup."""
    try:
        yield
    except StoreTooNewError as error:
        raise StoreTooNewError(
            f"A newer version of flashcards made the backup {backup}. Update the program; "
            "nothing was changed."
        ) from error
    except StoreLockedError as error:
        raise _backup_in_use(backup) from error
    except StoreDamagedError as error:
        raise _damaged_backup(backup, "its copy is not sound") from error
    except (sqlite3.Error, UnicodeDecodeError, OSError) as error:
        raise _backup_error(error, backup) from error


def _backup_error(error: Exception, backup: Path) -> StoreError:
    if not isinstance(error, OSError):
        meaning = store_error(error, backup)
        if isinstance(meaning, StoreLockedError):
            return _backup_in_use(backup)
        if isinstance(meaning, StoreDamagedError):
            return _damaged_backup(backup, str(error))
    reason = getattr(error, "strerror", None) or str(error)
    return StoreError(
        f"The backup {backup} cannot be read: {one_line(reason)}. Nothing was changed; "
        "check its permissions, or choose another backup."
    )


def _backup_in_use(backup: Path) -> StoreLockedError:
    return StoreLockedError(
        f"The backup {backup} is in use by another program. Close that program, or try "
        "again in a moment."
    )


def _damaged_backup(backup: Path, damage: str) -> StoreDamagedError:
    return StoreDamagedError(
        f"The backup {backup} is damaged ({one_line(damage)}). Nothing was changed; "
        "`flashcards restore` without a file lists the other backups."
    )


def _no_backup(path: Path) -> StoreDamagedError:
    return StoreDamagedError(
        f"{path} is not a backup of flashcards. Nothing was changed."
    )


def _is_ours(connection: sqlite3.Connection, path: Path) -> bool:
    try:
        return version_of(connection, path, SCHEMA_VERSION) > 0
    except (StoreDamagedError, UnicodeDecodeError):
        return False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            return False
        raise
    except sqlite3.DatabaseError:
        return False


def _refuse_directory(path: Path) -> None:
    """Refuse a directory at the path of the store or of a file that SQLite creates next to it."""
    if path.is_dir():
        raise StoreError(f"The store {path} is a directory, not a file.")
    for ending in (*_SIDE_FILES, "-shm"):
        side = path.with_name(path.name + ending)
        if side.is_dir():
            raise StoreError(
                f"{side} is a directory, where the store needs a file. Nothing was changed; "
                "move the directory elsewhere, then run the command again."
            )


def _save_current_state(path: Path, place: Path, backup: Path, at: int) -> Path | None:
    """Save the current store as a backup, or unchanged under another name if it is damaged."""
    if not has_content(place):
        return _set_aside(place, at, "missing") if has_content(log_of(place)) else None
    try:
        with translated(path):
            with closing(open_for_reading(place, copies.BUSY_SECONDS)) as connection:
                if damage := copies.find_damage(connection):
                    raise damaged(path, damage)
            _write_log_into_file(place)
            return back_up_alone(path, reason="before-restore", at=at, protected=backup)
    except StoreLockedError:
        raise
    except (DiskFullError, StoreReadOnlyError):
        # A hard link takes no space and does not displace a backup.
        return _set_aside(place, at, "replaced")
    except StoreError:
        return _set_aside(place, at, "damaged")


def _write_log_into_file(place: Path) -> None:
    """Write the log into the file, so that the file alone is the whole store.

    This fails if a program that does not use our lock has the store open.
    """
    with closing(open_for_writing(place, copies.BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def _set_aside(place: Path, at: int, word: str) -> Path:
    """Give the database and the files next to it a second name, which stays after the restore."""
    stamp = datetime.fromtimestamp(at / 1000, UTC).strftime(_STAMP)
    number = 1
    while True:
        ending = f"-{number}" if number > 1 else ""
        saved_copy = place.with_name(f"{place.stem}-{stamp}-{word}{ending}.db")
        names = [
            saved_copy.with_name(saved_copy.name + side) for side in ("", *_SIDE_FILES)
        ]
        if not any(map(os.path.lexists, names)):
            break
        number += 1
    for side in ("", *_SIDE_FILES):
        source = place.with_name(place.name + side)
        if source.exists():
            _link_or_copy(source, saved_copy.with_name(saved_copy.name + side))
    copies.write_through(place.parent)
    return saved_copy


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # The file system has no hard links.
        shutil.copyfile(source, target)
        copies.write_through(target)


def _remove_side_files(place: Path) -> None:
    # The log of another database must not be replayed into this one.
    for ending in (*_SIDE_FILES, "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
