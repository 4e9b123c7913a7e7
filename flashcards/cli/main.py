"""Parse a command line and run its command."""

from __future__ import annotations

import argparse
import gc
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from flashcards.cli import parser
from flashcards.cli.console import output
from flashcards.errors import FlashcardsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.settings.settings import AppDirectories

STORE_IS_SOUND = "The store is sound."
"""The note on an unexpected error that was not caused by a damaged store."""

_DAY_SECONDS = 86_400
_COMMANDS_WITH_SCREENS = ("", "review")
"""Commands that may open the screens, which configure the garbage collector themselves."""


def dispatch(arguments: Sequence[str]) -> int:
    """Run the command of a command line and return its exit status.

    Raises:
        FlashcardsError: the command failed; `str(error)` is a finished sentence.
    """
    try:
        options = parser.parse(arguments)
    except SystemExit as leaving:
        # argparse leaves this way after --help and --version.
        return int(leaving.code or 0)
    from flashcards.domain.settings.settings import find_home

    _check_time_zone()
    command = options.command
    run = parser.load_command(command).run if command else _run_without_command
    home = find_home(getattr(options, "home", None), os.environ)
    if command not in _COMMANDS_WITH_SCREENS:
        gc.freeze()
        gc.enable()
    try:
        return run(options, home)
    except (FlashcardsError, OSError):
        raise
    except Exception as error:
        _raise_if_store_is_damaged(home, error)
        raise


def _run_without_command(options: argparse.Namespace, home: AppDirectories) -> int:
    """Open the home screen, or print the text of `due` if there is no terminal."""
    if output.can_show_screens():
        from flashcards.cli.session_command import open_home_screen

        return open_home_screen(home)
    from flashcards.cli.commands import due

    return due.run(argparse.Namespace(**vars(options), json=False, short=False), home)


def _check_time_zone() -> None:
    """Refuse a TZ whose offset Python cannot convert times with."""
    if abs(time.localtime().tm_gmtoff) >= _DAY_SECONDS:
        raise UsageError(
            "The time zone in TZ is more than a day away from UTC. Set TZ to a name such "
            "as Europe/Berlin."
        )


def _raise_if_store_is_damaged(home: AppDirectories, error: Exception) -> None:
    """Raise `StoreDamagedError` if a damaged store explains an unexpected error.

    If the store is sound, `STORE_IS_SOUND` is added to the error as a note.
    """
    from flashcards.store.error_translation import damaged
    from flashcards.store.maintenance.doctor import damage_of

    damage = ""
    # A store that cannot be examined explains nothing.
    with suppress(FlashcardsError, OSError):
        if home.database.is_file():
            damage = damage_of(home.database)
            if not damage:
                error.add_note(STORE_IS_SOUND)
    if damage:
        raise damaged(home.database, damage.rstrip(".")) from error
