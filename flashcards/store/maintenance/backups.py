"""Backups of the database: made while it is in use, and deleted by age.

A backup is one complete file such as `flashcards-20261120-153126-manual.db`, named by the
time (UTC) and the reason. The reason of the backup of a study day is `daily-` and the day, of
the backup after a session `session-` and the day.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from filecmp import cmp
from pathlib import Path
from typing import NamedTuple

from flashcards.disk.private import make_private_directory
from flashcards.errors import FlashcardsError, StoreError
from flashcards.store.error_translation import translated, writing_copy
from flashcards.store.maintenance.contents import holds_all
from flashcards.store.maintenance.copies import (
    copy_as_new,
    copy_over,
    identity_of,
)
from flashcards.store.maintenance.locks import share, try_turn

KEEP_NEWEST = 10
KEEP_DAYS = 7
LARGE = 64 * 1024 * 1024
"""Bytes of a store from which copying takes noticeable time."""
DAILY = "daily"
SESSION = "session"
BEFORE = "before-"
"""Prefix of the reason of a copy made before something else, such as an import."""

_AUTOMATIC = (DAILY, SESSION, BEFORE)
_STAMP = "%Y%m%d-%H%M%S"
_CLOCK_TOLERANCE = timedelta(days=1)
"""How far in the future a date may be before it counts as that of a wrong clock."""


class Backup(NamedTuple):
    """One copy of the database."""

    path: Path
    at: datetime
    reason: str
    size: int
    written: int = 0
    """Time of writing the file in nanoseconds, which orders copies of the same second."""


def directory_of(path: Path) -> Path:
    """Return the directory of the backups of a database."""
    return path.parent / "backups"


def find_backups(path: Path, at: int | None = None) -> list[Backup]:
    """Return the backups of a database, newest first.

    Copies dated in the future by a wrong clock come last, because their age is unknown.

    Args:
        path: The database.
        at: The current instant in Unix milliseconds; by default that of the system clock.

    Raises:
        StoreError: The directory of the backups cannot be read.
    """
    directory = directory_of(path)
    try:
        backups = [
            _read_name(path, file)
            for file in directory.iterdir()
            if file.name.startswith(f"{path.stem}-") and file.suffix == ".db"
        ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StoreError(
            f"The directory {directory} of the backups cannot be read: {error.strerror}. "
            "Change its permissions and try again."
        ) from error
    now = time.time() if at is None else at / 1000
    # An empty file is a name that another program reserved for a copy in progress.
    return sorted(
        (backup for backup in backups if backup and backup.size),
        key=lambda backup: (
            not is_ahead(backup, now),
            backup.at,
            backup.written,
            backup.path.name,
        ),
        reverse=True,
    )


def is_ahead(backup: Backup, now: float) -> bool:
    """Return whether a backup is dated more than a day after now, in Unix seconds."""
    return backup.at > datetime.fromtimestamp(now, UTC) + _CLOCK_TOLERANCE


def backup_to_restore(path: Path) -> Backup | None:
    """Return the newest backup of a missing store, None without one.

    A backup dated in the future counts as the newest if it has more entries than the others.
    """
    backups = find_backups(path)
    if not backups:
        return None
    best, *others = backups
    now = time.time()
    for other in others:
        if is_ahead(other, now) and _has_more(other.path, best.path):
            best = other
    return best


def _has_more(first: Path, second: Path) -> bool:
    return holds_all(first, second) and not holds_all(second, first)


def back_up(path: Path, *, reason: str, at: int | None = None) -> Path:
    """Copy the database into its backup directory, delete old copies, return the new file.

    Only automatic copies of the same store are deleted.

    Args:
        path: The database, which may be in use.
        reason: The reason in lower-case words joined by hyphens.
        at: The instant in Unix milliseconds; by default the time of the file.

    Raises:
        StoreDamagedError: The copy is damaged, so it was deleted.
    """
    with translated(path), share(path):
        return back_up_alone(path, reason=reason, at=at)


def back_up_once(path: Path, *, reason: str) -> Path:
    """Back up like `back_up`, unless there is an equal copy for the same reason.

    So something that fails at every start does not leave a copy each time.
    """
    made = back_up(path, reason=reason)
    with translated(path):
        for backup in find_backups(path):
            if (
                backup.path != made
                and backup.reason.partition(f"{reason}-")[0] in (reason, "")
                and cmp(backup.path, made, shallow=False)
            ):
                made.unlink()
                return backup.path
    return made


def back_up_alone(
    path: Path, *, reason: str, at: int | None = None, protected: Path | None = None
) -> Path:
    """Back up like `back_up`, for a caller that holds the lock of the store.

    Args:
        path: The database.
        reason: The reason for the copy.
        at: The instant in Unix milliseconds; by default the time of the file.
        protected: A backup that must not be deleted now.
    """
    directory = directory_of(path)
    with writing_copy(directory):
        make_private_directory(directory)
    moment = round(path.stat().st_mtime * 1000) if at is None else at
    target = copy_as_new(path, directory / name_of(path, reason=reason, at=moment))
    _thin_out(path, {target, protected.resolve() if protected else target}, at)
    return target


def copy_to(path: Path, target: Path) -> None:
    """Copy the database to another file, which is replaced if it exists.

    Raises:
        FlashcardsError: The directory cannot be written.
        StoreDamagedError: The copy is damaged, so it was deleted.
    """
    directory = target.parent
    if not directory.is_dir():
        raise FlashcardsError(f"There is no directory {directory}.")
    if not os.access(directory, os.W_OK):
        raise FlashcardsError(f"The directory {directory} cannot be written.")
    with translated(path), share(path):
        copy_over(path, target)


def name_of(path: Path, *, reason: str, at: int) -> str:
    """Return the name of a backup that is made at an instant in Unix milliseconds."""
    stamp = datetime.fromtimestamp(at / 1000, UTC).strftime(_STAMP)
    return f"{path.stem}-{stamp}-{reason}.db"


def find_superseded(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups that may be deleted.

    Of the automatic backups the newest ten stay, and the last one of each of the seven newest
    days. Backups by the user are never deleted.

    Args:
        backups: The backups of one store, newest first.
    """
    days: list[object] = []
    result = []
    automatic = [each for each in backups if each.reason.startswith(_AUTOMATIC)]
    for number, backup in enumerate(automatic):
        day = backup.at.date()
        is_last_of_day = day not in days
        if is_last_of_day:
            days.append(day)
        if number >= KEEP_NEWEST and not (is_last_of_day and len(days) <= KEEP_DAYS):
            result.append(backup)
    return result


def _thin_out(path: Path, protected: set[Path], at: int | None) -> None:
    """Delete superseded copies of a store whose newest copy was just made.

    Copies of other stores, and of stores without an identity, are never deleted. Neither is
    a copy with a review or a change that no remaining copy has.
    """
    found = find_backups(path, at)
    newest = next(backup for backup in found if backup.path in protected)
    own = identity_of(newest.path)
    if not own:
        return
    same = [
        backup
        for backup in found
        if backup.reason.startswith(_AUTOMATIC) and identity_of(backup.path) == own
    ]
    lost = find_superseded(same)
    staying = [newest.path, *(each.path for each in same if each not in lost)]
    for backup in lost:
        if protected & {backup.path, backup.path.resolve()}:
            continue
        if any(holds_all(other, backup.path) for other in staying):
            backup.path.unlink(missing_ok=True)
        else:
            staying.append(backup.path)


def _read_name(path: Path, file: Path) -> Backup | None:
    parts = file.stem.removeprefix(f"{path.stem}-").split("-", 2)
    try:
        at = datetime.strptime("-".join(parts[:2]), _STAMP).replace(tzinfo=UTC)
        found = file.stat()
    except (ValueError, FileNotFoundError):
        return None
    reason = parts[2] if parts[2:] else ""
    return Backup(file, at, reason, found.st_size, found.st_mtime_ns)


def try_session_backup(path: Path, day: int, at: int) -> None:
    """Make the backup after a session, which replaces the earlier one of the study day.

    An earlier one stays if it has a review or a change that the new one lacks, as after
    restoring an older copy. A large store is copied only after the first session of a day,
    so that leaving is quick. A backup that fails does not prevent leaving; `doctor` reports
    the age of the newest one.
    """
    reason = f"{SESSION}-{day}"
    with suppress(StoreError, OSError):
        earlier = [
            backup for backup in find_backups(path) if backup.reason.startswith(reason)
        ]
        if earlier and path.stat().st_size > LARGE:
            return
        made = back_up(path, reason=reason, at=at)
        own = identity_of(made)
        for backup in earlier:
            if identity_of(backup.path) == own and holds_all(made, backup.path):
                backup.path.unlink(missing_ok=True)


def try_daily_backup(path: Path, day: int, at: int) -> None:
    """Make the automatic backup of a study day, unless it exists.

    A backup that fails must not prevent saving an answer; `doctor` reports the age of the
    newest one.
    """
    reason = f"{DAILY}-{day}"
    with suppress(StoreError):
        if _exists_for(path, reason):
            return
        turn = try_turn(path)
        if turn is None:
            # Another program is making the backup.
            return
        with turn:
            if not _exists_for(path, reason):
                back_up(path, reason=reason, at=at)


def _exists_for(path: Path, reason: str) -> bool:
    return any(backup.reason == reason for backup in find_backups(path))
