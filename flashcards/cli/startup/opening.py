"""The collection that a command works on, with the first start where there is none yet."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.console.progress_bar import ProgressBar
from flashcards.cli.startup.missing_store import ask_for_store, can_ask
from flashcards.collection.collection import Collection
from flashcards.collection.left_out import left_out
from flashcards.domain import formatting
from flashcards.errors import StoreMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.domain.settings.settings import AppDirectories

_MOST = 10
"""How many damaged notes are named."""


@contextmanager
def open_collection(home: AppDirectories) -> Iterator[Collection]:
    """Give the collection of a home directory; a new home gets the shipped decks.

    Raises:
        UsageError: the settings file is faulty.
        StoreMissingError: the store is gone, and there is nobody to ask what to do.
        StoreError: the store cannot be used.
    """
    try:
        collection = _opened(home)
    except StoreMissingError as error:
        if not can_ask():
            raise
        if not ask_for_store(home, str(error)):
            raise StoreMissingError(
                "Without a store there is nothing to do. Nothing was changed."
            ) from error
        collection = _opened(home)
    try:
        collection.close_when_idle()
        yield collection
        _print_damaged(collection.reader.damaged_notes)
        for sentence in left_out(collection.reader.damaged_rows):
            output.print_notice(sentence)
    finally:
        collection.close()


def _opened(home: AppDirectories) -> Collection:
    collection = Collection(home)
    try:
        _start_first(collection)
        if collection.reader.is_full:
            output.print_notice(
                "The disk is full: the store can be read and exported, but not changed."
            )
    except BaseException:
        collection.close()
        raise
    return collection


def _print_damaged(notes: Sequence[str]) -> None:
    """Say which notes were left out of whatever the command did."""
    if not notes:
        return
    shown = ", ".join(notes[:_MOST])
    more = f" and {len(notes) - _MOST:,} more" if len(notes) > _MOST else ""
    output.print_notice(
        f"Left out {formatting.count(len(notes), 'damaged note')}: {shown}{more}. Import the "
        "file again to repair them; `flashcards doctor` says more."
    )


def _start_first(collection: Collection) -> None:
    if not collection.is_new:
        return
    with ProgressBar() as progress:
        result = collection.first_start(progress)
    if result is not None:
        decks = sum(len(file.decks) for file in result.files)
        output.print_notice(f"First start: {formatting.count(decks, 'deck')} imported.")
