"""Detects a missing store by its backups or log, so that no new one replaces it silently."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from flashcards.errors import StoreMissingError
from flashcards.store.error_translation import translated
from flashcards.store.files import has_content, log_of
from flashcards.store.maintenance.backups import backup_to_restore, directory_of

if TYPE_CHECKING:
    from pathlib import Path


def store_exists(path: Path) -> bool:
    """Return whether there is a store, even a damaged one.

    Raises:
        StoreMissingError: There is no store, but its backups or its log exist.
        StoreError: The home cannot be read.
    """
    with translated(path):
        if path.is_dir() or has_content(path):
            return True
        refuse_missing(path)
    return False


def refuse_missing(path: Path) -> None:
    """Raise `StoreMissingError` if backups or a log show that there was a store."""
    signs = []
    newest = backup_to_restore(path)
    if newest:
        signs.append(f"there are backups in {directory_of(path)}")
    # The log of a file with content belongs to it; it may be left from a killed first start.
    if has_content(log_of(path)) and not has_content(path):
        signs.append(f"its log {log_of(path).name} is there")
    if not signs:
        return
    home = shlex.quote(str(path.parent))
    remedies = [
        f"`flashcards --home {home} restore {shlex.quote(str(newest.path))}` "
        "brings back the newest backup"
        if newest
        else f"Put the file back, or a backup: `flashcards --home {home} restore FILE`",
        f"`flashcards --home {home} restore --new` starts a new, empty store",
    ]
    raise StoreMissingError(
        f"The store {path} is missing or empty, though {' and '.join(signs)}. "
        f"Nothing was changed. {'; '.join(remedies)}."
    )
