"""Whether an error that nobody expected comes from a damaged store."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from flashcards.domain.settings.settings import AppDirectories

SOUND = "The store is sound."
"""Noted with an error where it is true."""


def blame_store(home: AppDirectories, error: Exception) -> None:
    """Raise the error of a damaged store in the place of what the damage led to.

    Where the store is sound, that is noted with the error.

    Args:
        home: The home directory.
        error: An error that nobody expected.

    Raises:
        StoreDamagedError: the store is damaged.
    """
    from flashcards.store.error_translation import damaged
    from flashcards.store.upkeep.doctor import damage_of

    damage = ""
    # A store that cannot be looked at explains nothing.
    with suppress(FlashcardsError, OSError):
        if home.database.is_file():
            damage = damage_of(home.database)
            if not damage:
                error.add_note(SOUND)
    if damage:
        raise damaged(home.database, damage.rstrip(".")) from error
