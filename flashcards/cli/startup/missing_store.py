"""The question what to do where the store is missing but its backups are there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flashcards.cli.console import output

if TYPE_CHECKING:
    from flashcards.domain.settings.settings import AppDirectories

_STREAMS = ("stdin", "stdout", "stderr")


def can_ask() -> bool:
    """Return whether somebody sits at a terminal who can answer a question."""
    return all(output.is_terminal(getattr(sys, name)) for name in _STREAMS)


def ask_for_store(home: AppDirectories, sentence: str) -> bool:
    """Ask whether to restore or to start new; return whether there is a store now.

    Args:
        home: The home directory.
        sentence: What is wrong.
    """
    from flashcards.cli.commands.restore import restore, start_new
    from flashcards.store.upkeep.backups import backup_to_restore

    output.print_notice(sentence)
    backup = backup_to_restore(home.database)
    newest = "r: restore the newest backup, " if backup else ""
    while True:
        output.prompt(f"{newest}n: start a new store, q: quit > ")
        answer = sys.stdin.readline().strip().lower()
        if answer == "r" and backup:
            restore(backup.path, home)
            return True
        if answer == "n":
            start_new(home)
            return True
        if answer in ("", "q"):
            return False
