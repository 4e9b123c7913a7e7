"""Open the collection that a command works on, importing the shipped decks on first use."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.console.progress_bar import ProgressBar
from flashcards.collection.collection import Collection
from flashcards.collection.damage_text import damage_sentences
from flashcards.domain import formatting
from flashcards.errors import StoreMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.domain.settings.settings import AppDirectories

_MAX_NAMED_NOTES = 10
_STREAMS = ("stdin", "stdout", "stderr")


@contextmanager
def open_collection(home: AppDirectories) -> Iterator[Collection]:
    """Yield the collection of a home directory; a new one gets the shipped decks.

    Raises:
        UsageError: the settings file has an error.
        StoreMissingError: the store is missing, and nobody could be asked what to do.
        StoreError: the store cannot be used.
    """
    try:
        collection = _open(home)
    except StoreMissingError as error:
        if not _can_ask():
            raise
        if not _ask_for_store(home, str(error)):
            raise StoreMissingError(
                "flashcards needs a store. Nothing was changed."
            ) from error
        collection = _open(home)
    try:
        collection.close_when_idle()
        yield collection
        _print_damaged_notes(collection.reader.damaged_notes)
        for sentence in damage_sentences(collection.reader.damaged_rows):
            output.print_notice(sentence)
    finally:
        collection.close()


def _open(home: AppDirectories) -> Collection:
    collection = Collection(home)
    try:
        _import_shipped_decks(collection)
        if collection.reader.is_full:
            output.print_notice(
                "The disk is full. You can read and export the store, but not change it."
            )
    except BaseException:
        collection.close()
        raise
    return collection


def _import_shipped_decks(collection: Collection) -> None:
    if not collection.is_new:
        return
    with ProgressBar("First start: importing the shipped decks...") as progress:
        result = collection.first_start(progress)
    if result is not None:
        decks = sum(len(file.decks) for file in result.files)
        output.print_notice(f"First start: {formatting.count(decks, 'deck')} imported.")


def _print_damaged_notes(notes: Sequence[str]) -> None:
    """Name the notes that the command left out because they are damaged."""
    if not notes:
        return
    names = ", ".join(notes[:_MAX_NAMED_NOTES])
    hidden = len(notes) - _MAX_NAMED_NOTES
    more = f" and {hidden:,} more" if hidden > 0 else ""
    output.print_notice(
        f"Left out {formatting.count(len(notes), 'damaged note')}: {names}{more}. Import "
        "the file again to repair them. See `flashcards doctor`."
    )


def _can_ask() -> bool:
    """Return whether a person at a terminal can answer a question."""
    return all(output.is_terminal(getattr(sys, name)) for name in _STREAMS)


def _ask_for_store(home: AppDirectories, message: str) -> bool:
    """Ask whether to restore a backup or start a new store; return whether one exists now.

    Args:
        home: The home directory whose store is missing.
        message: The sentence about what is wrong.
    """
    from flashcards.cli.commands.restore import restore, start_new
    from flashcards.store.maintenance.backups import backup_to_restore

    output.print_notice(message)
    backup = backup_to_restore(home.database)
    restore_choice = "r: restore the newest backup, " if backup else ""
    while True:
        output.prompt(f"{restore_choice}n: start a new store, q: quit > ")
        answer = sys.stdin.readline().strip().lower()
        if answer == "r" and backup:
            restore(backup.path, home)
            return True
        if answer == "n":
            start_new(home)
            return True
        if answer in ("", "q"):
            return False
