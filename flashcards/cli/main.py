"""From a command line to the module that does it."""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING

from flashcards.cli import parser
from flashcards.errors import FlashcardsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


_DAY_SECONDS = 86_400
_WITH_SCREENS = ("start", "review")
"""Commands that may open the screens, which take the collector in hand themselves."""


def dispatch(arguments: Sequence[str]) -> int:
    """Do what a command line asks and return the exit status.

    Raises:
        FlashcardsError: what went wrong, as a finished sentence.
    """
    try:
        options = parser.parse(arguments)
    except SystemExit as leaving:
        # argparse leaves this way after --help and --version.
        return int(leaving.code or 0)
    from flashcards.domain.settings.settings import find_home

    _check_zone()
    command = options.command or "start"
    module = parser.module(command)
    home = find_home(getattr(options, "home", None), os.environ)
    if command not in _WITH_SCREENS:
        gc.freeze()
        gc.enable()
    try:
        return module.run(options, home)
    except (FlashcardsError, OSError):
        raise
    except Exception as error:
        from flashcards.cli.startup.damage import blame_store

        blame_store(home, error)
        raise


def _check_zone() -> None:
    """Refuse a zone of the environment that no time can be told in."""
    if abs(time.localtime().tm_gmtoff) >= _DAY_SECONDS:
        raise UsageError(
            "The time zone in TZ is more than a day away from UTC. Set TZ to a name such "
            "as Europe/Berlin."
        )
