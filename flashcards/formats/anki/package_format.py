"""Anki packages, `.apkg` and `.colpkg`: read in all three generations, written in the first."""

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
    """Tell whether a file that begins so is an Anki package."""
    return head.startswith(b"PK\3\4") and b"collection.anki2" in head


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a package, with everything that is wrong with it."""
    return read_opened(open_package, path, context)


def read_opened(
    opening: Callable[[Path], AbstractContextManager[Package]],
    path: Path,
    context: ReadContext,
) -> Bundle:
    """Return the decks of a collection, with everything that is wrong with it.

    Args:
        opening: Opens the collection that a file holds.
        path: The file.
        context: What a format may need to know.
    """
    collector = new_collector(str(path))
    counter = ProblemCounter(collector)
    bundle = Bundle()
    try:
        with opening(path) as package, gc_paused():
            bundle = PackageReader(package, path, context, counter).bundle()
        counter.flush()
    except UnreadablePackageError as unreadable:
        collector.add_at(unreadable.rule, 0, 0, **unreadable.words)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        # A damaged schema may leave its bytes in the error's own words.
        reason = one_line(str(error), _LONGEST_REASON)
        collector.add_at("anki-database", 0, 0, reason=reason)
    hashed = "" if collector.errors else digest(path)
    return replace(
        bundle,
        decks=tuple(replace(deck, digest=hashed) for deck in bundle.decks),
        problems=tuple(collector.problems),
    )


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write a package and return sentences on what it does not hold.

    Raises:
        FlashcardsError: the disk takes no more.
    """
    try:
        with gc_paused():
            return write_package(bundle, file, context)
    except sqlite3.Error as error:
        raise FlashcardsError(f"The package cannot be written: {error}.") from error
