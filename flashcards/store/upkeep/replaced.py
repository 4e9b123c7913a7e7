"""Noticing that the file of an open store was deleted or replaced, and saving what it held."""

from __future__ import annotations

import shlex
import sqlite3
from typing import TYPE_CHECKING

from flashcards.disk.private import make_private_directory
from flashcards.errors import StoreError, StoreReplacedError
from flashcards.store.faults import translated
from flashcards.store.files import log_of
from flashcards.store.upkeep.backups import directory_of, name_of
from flashcards.store.upkeep.copies import copy_connection

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

RESCUED = "rescued"
"""Reason of the backup that is made of a store whose file was deleted or replaced."""

_IDENTITY = "SELECT uid FROM store_identity"


class OpenFile:
    """The file behind a connection, to be compared with the file at its path."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Remember which file and which store was opened."""
        self._connection = connection
        self._path = path
        self._number = _number_of(path)
        self._log = _number_of(log_of(path))
        with translated(path):
            row = connection.execute(_IDENTITY).fetchone()
        self._uid = row[0] if row else None
        self._sentence = ""

    def check(self, lost: str = " This change was not saved.") -> None:
        """Raise `StoreReplacedError` where the path no longer leads to the open file.

        What the open file holds is saved as a backup first, and its log is removed, so that
        the file in its place never gets it.

        Args:
            lost: What else to say of it, after a space; may be empty.
        """
        if not self._sentence:
            number = _number_of(self._path)
            if number == self._number:
                self._log = _number_of(log_of(self._path)) or self._log
                return
            what = "deleted" if number is None else "replaced"
            self._sentence = self._save(what, lost)
        raise StoreReplacedError(self._sentence)

    def check_identity(self, connection: Connection) -> None:
        """Raise `StoreReplacedError` where another store was written over the open file."""
        uid = connection.exec_driver_sql(_IDENTITY).scalar()
        if uid != self._uid:
            raise StoreReplacedError(
                f"Another store was written over {self._path} while it was open. This "
                "change was not saved. Close this window and look at the backups with "
                f"`flashcards --home {self._home} restore`."
            )

    @property
    def _home(self) -> str:
        return shlex.quote(str(self._path.parent))

    def _save(self, what: str, lost: str) -> str:
        """Save the open file as a backup and return the sentence about what happened."""
        start = (
            f"The store {self._path} was {what} by another program while it was open."
            f"{lost}"
        )
        target = directory_of(self._path) / name_of(
            self._path, reason=RESCUED, at=self._last_instant()
        )
        try:
            with translated(self._path):
                make_private_directory(target.parent)
                made = copy_connection(self._connection, self._path, target)
                self._remove_own_log()
        except StoreError as error:
            return f"{start} What was saved before could not be copied: {error}"
        return (
            f"{start} All that was saved before is in {made}. Close every window, then "
            f"`flashcards --home {self._home} restore {shlex.quote(str(made))}` "
            "brings it back."
        )

    def _last_instant(self) -> int:
        """Return the instant of the newest operation, 0 where there is none."""
        row = self._connection.execute("SELECT max(at) FROM operations").fetchone()
        return int(row[0] or 0)

    def _remove_own_log(self) -> None:
        """Remove the log of the lost file, which must not be applied to one in its place."""
        log = log_of(self._path)
        if self._log is not None and _number_of(log) == self._log:
            log.with_name(f"{log.name.removesuffix('-wal')}-shm").unlink(
                missing_ok=True
            )
            log.unlink(missing_ok=True)


def _number_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from every other one; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
