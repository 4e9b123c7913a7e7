"""`export`: decks as files, by suffix, with their history where the format holds it."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from flashcards import words
from flashcards.cli import output
from flashcards.cli.scope import add_decks, keys_in, scope_of
from flashcards.decks.writer import make_directory, save
from flashcards.errors import NothingFoundError, UsageError
from flashcards.exchange.formats import FORMATS, format_to_write

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from flashcards.bundle import Bundle
    from flashcards.collection import Collection
    from flashcards.settings import Home

STDOUT = "-"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    add_decks(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the file to write; without a suffix: a directory with a file for each "
        "deck, of YAML or the format named; - for stdout",
    )
    names = ", ".join(each.name for each in FORMATS if each.writes)
    parser.add_argument(
        "--format",
        metavar="F",
        help=f"write this format (default: by the suffix of FILE): {names}",
    )
    parser.add_argument(
        "--no-history",
        action="store_true",
        help="leave out what was learnt: schedule, reviews and marks",
    )


def run(options: argparse.Namespace, home: Home) -> int:
    """Write the decks and say where they are."""
    from flashcards.cli.opening import open_collection
    from flashcards.cli.progress_bar import ProgressBar

    if options.output == STDOUT and not options.format:
        raise UsageError("Stdout has no suffix: name the format with --format.")
    target, wanted = Path(options.output), options.format or ""
    with open_collection(home) as collection, ProgressBar() as progress:
        bundle = _bundle(collection, options)
        writer = _Writer(collection, wanted, partial(progress, "writing"))
        if options.output == STDOUT:
            writer.say(bundle, target)
            return 0
        if target.is_dir() or (not target.suffix and _holds_one_deck(wanted)):
            writer.write_directory(bundle, target)
        else:
            writer.write_file(bundle, target)
    notes = words.count(sum(len(deck.notes) for deck in bundle.decks), "note")
    decks = words.count(len(bundle.decks), "deck")
    output.say(f"Wrote {decks} with {notes} to {target}.")
    return 0


def _bundle(collection: Collection, options: argparse.Namespace) -> Bundle:
    known = list(collection.reader.deck_keys().values())
    keys = keys_in(scope_of(options.decks, known), known)
    if not keys:
        raise NothingFoundError("There is no deck to export: the store is empty.")
    return collection.bundle(keys, with_history=not options.no_history)


def _holds_one_deck(wanted: str) -> bool:
    """Tell whether a file of a format holds one deck, so that several need a directory."""
    return not wanted or format_to_write(Path(), wanted).is_whole


class _Writer:
    """Writes bundles in one format, or in that of each file's suffix."""

    def __init__(
        self, collection: Collection, wanted: str, progress: Callable[[int, int], None]
    ) -> None:
        self._collection = collection
        self._wanted = wanted
        self._progress = progress

    def say(self, bundle: Bundle, target: Path) -> None:
        """Write to stdout; data that is no text only where no person looks."""
        buffer = io.BytesIO()
        remarks = self._write(bundle, buffer, target)
        if not output.say_data(buffer.getvalue()):
            raise UsageError(
                "What this format writes is no text. Name a file with -o, or send it "
                "through a pipe."
            )
        _complain(remarks)

    def write_directory(self, bundle: Bundle, target: Path) -> None:
        """Write a file for each deck."""
        found = format_to_write(target, self._wanted or FORMATS[0].name)
        self._wanted = found.name
        for deck in bundle.decks:
            path = target / f"{deck.key}{found.suffixes[0]}"
            make_directory(path.parent)
            self.write_file(replace(bundle, decks=(deck,)), path)

    def write_file(self, bundle: Bundle, path: Path) -> None:
        """Write one file, all of it or nothing."""
        _complain(save(path, lambda file: self._write(bundle, file, path)))

    def _write(self, bundle: Bundle, file: BinaryIO, path: Path) -> list[str]:
        return self._collection.write_bundle(
            bundle, file, path, self._wanted, progress=self._progress
        )


def _complain(remarks: Sequence[str]) -> None:
    for remark in remarks:
        output.complain(remark)
