"""Detects that the file of an open store was deleted or replaced, and saves its content."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

from flashcards.disk.private import make_private_directory
from flashcards.errors import StoreError, StoreReplacedError
from flashcards.store.error_translation import translated
from flashcards.store.files import log_of
from flashcards.store.maintenance.backups import directory_of, name_of
from flashcards.store.maintenance.copies import copy_connection, copy_descriptor
from flashcards.store.tables.marks import file_number, marks_of, replaced

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from sqlalchemy import Connection

RESCUED = "rescued"
"""Reason of the backup of a store whose file was deleted or replaced."""

NOT_SAVED = " This change was not saved."

_IDENTITY = "SELECT uid FROM store_identity"
_NEWEST = "SELECT max(at) FROM operations"


class OpenFile:
    """The open file of a store, compared with the file at its path.

    The file stays open, so that its content can be saved while there is no connection.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Remember which file and which store was opened."""
        self._path = path
        self._number = file_number(path)
        self._log = file_number(log_of(path))
        with translated(path):
            self._marks = marks_of(connection)
        self._at = 0
        # On Windows an open file cannot be deleted or replaced.
        self._descriptor = (
            None
            if sys.platform == "win32"
            else os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        )
        self._saved = ""

    @property
    def is_in_place(self) -> bool:
        """Whether the open file is still at its path."""
        return not self._saved and file_number(self._path) == self._number

    def check(
        self, connection: sqlite3.Connection | None, lost: str = NOT_SAVED
    ) -> None:
        """Raise `StoreReplacedError` if the open file is no longer at its path.

        Its content is saved as a backup first, and its log is removed, so that the file that
        replaced it never gets the log.

        Args:
            connection: The connection to the file; None if it is closed.
            lost: A further sentence for the message, after a space; may be empty.
        """
        if self.is_in_place:
            self._log = file_number(log_of(self._path)) or self._log
            return
        what = "replaced" if file_number(self._path) else "deleted"
        self._saved = self._saved or self._save(connection)
        raise StoreReplacedError(
            f"The store {self._path} was {what} by another program while it was open."
            f"{lost} {self._saved}"
        )

    def check_identity(self, connection: Connection) -> None:
        """Raise `StoreReplacedError` if another store was written over the open file."""
        uid = connection.exec_driver_sql(_IDENTITY).scalar()
        if uid != self._marks.identity:
            raise StoreReplacedError(
                f"Another store was written over {self._path} while it was open. This "
                "change was not saved. Close this window and look at the backups with "
                f"`flashcards --home {self._home} restore`."
            )

    def remember(self, connection: sqlite3.Connection) -> None:
        """Remember the state of the store before the connection to it is closed."""
        self._marks = marks_of(connection)
        self._at = _last_instant(connection)
        # The last connection that is closed removes the log; the next one is another file.
        self._log = None

    def check_contents(
        self, connection: sqlite3.Connection, lost: str = NOT_SAVED
    ) -> None:
        """Raise `StoreReplacedError` if the file lacks content that it had when it was closed."""
        if not self._marks.are_in(connection):
            raise replaced(self._path, lost)

    def close(self) -> None:
        """Close the file. Its locks of this process end, so connections are closed first."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def _home(self) -> str:
        return shlex.quote(str(self._path.parent))

    def _save(self, connection: sqlite3.Connection | None) -> str:
        """Save the open file as a backup and return the sentences about it."""
        at = self._at if connection is None else _last_instant(connection)
        target = directory_of(self._path) / name_of(self._path, reason=RESCUED, at=at)
        try:
            with translated(self._path):
                make_private_directory(target.parent)
                made = self._copy(connection, target)
                self._remove_own_log()
        except StoreError as error:
            return f"What was saved before could not be copied: {error}"
        return (
            f"All that was saved before is in {made}. Close every window, then "
            f"`flashcards --home {self._home} restore {shlex.quote(str(made))}` "
            "brings it back."
        )

    def _copy(self, connection: sqlite3.Connection | None, target: Path) -> Path:
        if connection is not None:
            return copy_connection(connection, self._path, target)
        if self._descriptor is None:
            raise StoreError("the file is closed.")
        return copy_descriptor(self._descriptor, self._path, target)

    def _remove_own_log(self) -> None:
        """Remove the log of the lost file, which must not be applied to one in its place."""
        log = log_of(self._path)
        if self._log is not None and file_number(log) == self._log:
            log.with_name(f"{log.name.removesuffix('-wal')}-shm").unlink(
                missing_ok=True
            )
            log.unlink(missing_ok=True)


def _last_instant(connection: sqlite3.Connection) -> int:
    """Return the instant of the newest operation, 0 without one."""
    return int(connection.execute(_NEWEST).fetchone()[0] or 0)
