"""Anki packages, `.apkg` and `.colpkg`: reads all three generations, writes the first."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from flashcards.decks.files import digest
from flashcards.domain.bundle import Bundle
from flashcards.errors import FlashcardsError
from flashcards.formats.anki.package.container import (
    UnreadablePackageError,
    open_package,
)
from flashcards.formats.anki.package.reader import PackageReader
from flashcards.formats.anki.package.writer import write_package
from flashcards.formats.common.gc_paused import gc_paused
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.common.rules import new_collector
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flashcards.formats.anki.package.container import Package
    from flashcards.formats.formats import ReadContext, WriteContext

_LONGEST_REASON = 120


def looks_like(head: bytes) -> bool:
    """Return whether a file with this beginning is an Anki package."""
    return head.startswith(b"PK\3\4") and b"collection.anki2" in head


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a package with all its problems."""
    return read_with(open_package, path, context)


def read_with(
    open_collection: Callable[[Path], AbstractContextManager[Package]],
    path: Path,
    context: ReadContext,
) -> Bundle:
    """Return the decks of a collection with all its problems.

    Args:
        open_collection: Opens the collection in a file.
        path: The file.
        context: What a format may need to know.
    """
    collector = new_collector(str(path))
    counter = ProblemCounter(collector)
    bundle = Bundle()
    try:
        with open_collection(path) as package, gc_paused():
            bundle = PackageReader(package, path, context, counter).read()
        counter.flush()
    except UnreadablePackageError as unreadable:
        collector.add_at(unreadable.rule, 0, 0, **unreadable.words)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        # The message may quote bytes of a damaged schema.
        reason = one_line(str(error), _LONGEST_REASON)
        collector.add_at("anki-database", 0, 0, reason=reason)
    file_digest = "" if collector.errors else digest(path)
    return replace(
        bundle,
        decks=tuple(replace(deck, digest=file_digest) for deck in bundle.decks),
        problems=tuple(collector.problems),
    )


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write a package and return sentences on what it cannot hold.

    Raises:
        FlashcardsError: the package cannot be written, as on a full disk.
    """
    try:
        with gc_paused():
            return write_package(bundle, file, context)
    except sqlite3.Error as error:
        raise FlashcardsError(f"The package cannot be written: {error}.") from error
