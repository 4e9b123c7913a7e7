"""No command: the screens, or the words of `due` where there is no terminal."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from flashcards.cli.console import output

if TYPE_CHECKING:
    from flashcards.domain.settings.settings import AppDirectories


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Open the home screen, or say what is due."""
    if has_screen():
        from flashcards.cli.commands.review import open_screens

        return open_screens(home)
    from flashcards.cli.commands import due

    return due.run(argparse.Namespace(**vars(options), json=False, short=False), home)


def has_screen() -> bool:
    """Return whether stdin and stdout are a terminal that can show screens."""
    return (
        output.is_terminal(sys.stdin)
        and output.is_terminal(sys.stdout)
        and os.environ.get("TERM", "") != "dumb"
    )
