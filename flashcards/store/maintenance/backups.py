"""Copies of the database: made while it is in use, and thinned out by age.

A backup is one complete file such as `flashcards-20261120-153126-manual.db`: when it was
made (UTC) and why. The copy of a study day is named `daily-` with the number of the day,
the copy after a session `session-` with the number of its day.
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
"""Bytes of a store from which on copying it takes noticeable time."""
DAILY = "daily"
SESSION = "session"
BEFORE = "before-"
"""Begins the reason of a copy made before something else, such as an import."""

_AUTOMATIC = (DAILY, SESSION, BEFORE)
_STAMP = "%Y%m%d-%H%M%S"
_AHEAD = timedelta(days=1)
"""How far ahead of now a date may be before it counts as the work of a wrong clock."""


class Backup(NamedTuple):
    """One copy of the database."""

    path: Path
    at: datetime
    reason: str
    size: int
    written: int = 0
    """When the file was written, in nanoseconds: it orders copies of one second."""


def directory_of(path: Path) -> Path:
    """Return the directory of the backups of a database."""
    return path.parent / "backups"


def find_backups(path: Path, at: int | None = None) -> list[Backup]:
    """Return the backups of a database, newest first.

    Copies that a wrong clock dated in the future come last, since nobody knows their age.

    Args:
        path: The database.
        at: The present instant in Unix milliseconds; by the system clock where not given.

    Raises:
        StoreError: the directory of the backups cannot be read.
    """
    directory = directory_of(path)
    try:
        found = [
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
    # An empty file is a name that another program took for the copy it is making.
    return sorted(
        (backup for backup in found if backup and backup.size),
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
    return backup.at > datetime.fromtimestamp(now, UTC) + _AHEAD


def backup_to_restore(path: Path) -> Backup | None:
    """Return the newest backup of a lost store, None where there is none.

    One that is dated in the future is the newest where it holds more than the others.
    """
    found = find_backups(path)
    if not found:
        return None
    best, *others = found
    now = time.time()
    for other in others:
        if is_ahead(other, now) and _holds_more(other.path, best.path):
            best = other
    return best


def _holds_more(one: Path, other: Path) -> bool:
    return holds_all(one, other) and not holds_all(other, one)


def back_up(path: Path, *, reason: str, at: int | None = None) -> Path:
    """Copy the database into its backup directory, thin out old copies, return the new file.

    Only copies of this very store that the program made by itself are thrown away.

    Args:
        path: The database, which may be in use.
        reason: Why the copy is made, in lower-case words joined by hyphens.
        at: The instant in Unix milliseconds; the file's own time where it is not given.

    Raises:
        StoreDamagedError: the copy is not sound, so it was thrown away.
    """
    with translated(path), share(path):
        return back_up_alone(path, reason=reason, at=at)


def back_up_once(path: Path, *, reason: str) -> Path:
    """Back up as `back_up` does, or keep an equal copy of the same reason instead.

    So what fails at each start does not leave a copy each time.
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
    path: Path, *, reason: str, at: int | None = None, spared: Path | None = None
) -> Path:
    """Do as `back_up` does, for a caller that holds the lock of the store.

    Args:
        path: The database.
        reason: Why the copy is made.
        at: The instant in Unix milliseconds; the file's own time where it is not given.
        spared: A backup that is not thrown away now, however old it is.
    """
    directory = directory_of(path)
    with writing_copy(directory):
        make_private_directory(directory)
    moment = round(path.stat().st_mtime * 1000) if at is None else at
    target = copy_as_new(path, directory / name_of(path, reason=reason, at=moment))
    _thin_out(path, {target, spared.resolve() if spared else target}, at)
    return target


def copy_to(path: Path, target: Path) -> None:
    """Copy the database to a file elsewhere, which is replaced where it exists.

    Raises:
        FlashcardsError: the place cannot be written.
        StoreDamagedError: the copy is not sound, so it was thrown away.
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


def superseded(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups to be thrown away.

    Of those that the program made by itself the newest ten stay, and of the seven newest
    days the last one of each; those that were asked for stay all.

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


def _thin_out(path: Path, spared: set[Path], at: int | None) -> None:
    """Throw away superseded copies of the store of which the newest copy was just made.

    Copies of another store, or of one from before stores had an identity, stay all, and
    so does a copy with a review or a change that is in no copy that stays.
    """
    found = find_backups(path, at)
    newest = next(backup for backup in found if backup.path in spared)
    own = identity_of(newest.path)
    if not own:
        return
    same = [
        backup
        for backup in found
        if backup.reason.startswith(_AUTOMATIC) and identity_of(backup.path) == own
    ]
    lost = superseded(same)
    staying = [newest.path, *(each.path for each in same if each not in lost)]
    for backup in lost:
        if spared & {backup.path, backup.path.resolve()}:
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
    """Make the copy after a session, in the place of the study day's earlier one.

    An earlier one stays where it holds a review or a change that the new one lacks, as
    after a restore of an older copy.
    A large store is copied after the first session of a day alone, so that leaving stays
    quick. A backup that fails keeps nobody from leaving; `doctor` says how old the newest is.
    """
    reason = f"{SESSION}-{day}"
    with suppress(StoreError, OSError):
        earlier = [
            each for each in find_backups(path) if each.reason.startswith(reason)
        ]
        if earlier and path.stat().st_size > LARGE:
            return
        made = back_up(path, reason=reason, at=at)
        own = identity_of(made)
        for backup in earlier:
            if identity_of(backup.path) == own and holds_all(made, backup.path):
                backup.path.unlink(missing_ok=True)


def try_daily_backup(path: Path, day: int, at: int) -> None:
    """Make the automatic backup of a study day, where it was not made yet.

    A backup that fails must not keep an answer from being recorded; `doctor` says when
    the last one was made.
    """
    reason = f"{DAILY}-{day}"
    with suppress(StoreError):
        if _has_reason(path, reason):
            return
        turn = try_turn(path)
        if turn is None:
            # Another program is making it.
            return
        with turn:
            if not _has_reason(path, reason):
                back_up(path, reason=reason, at=at)


def _has_reason(path: Path, reason: str) -> bool:
    return any(backup.reason == reason for backup in find_backups(path))
