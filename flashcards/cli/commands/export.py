"""`export`: write decks to files, with their history if the format can hold it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from flashcards.cli.console import output
from flashcards.cli.console.target import Target
from flashcards.cli.parser import non_empty
from flashcards.cli.scope import add_deck_arguments, deck_keys_in, resolve_scope
from flashcards.disk.names import file_names
from flashcards.disk.replacing import make_directory
from flashcards.domain import formatting
from flashcards.errors import NothingFoundError, UsageError
from flashcards.formats.formats import FORMATS, format_to_write
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from flashcards.collection.collection import Collection
    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent
    from flashcards.domain.settings.settings import AppDirectories

_LONGEST_KEY = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    add_deck_arguments(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        type=non_empty,
        help="the file or pipe to write; without a suffix: a directory with a file for each "
        "deck, of YAML or the format named; - for stdout",
    )
    names = ", ".join(each.name for each in FORMATS if each.writes)
    parser.add_argument(
        "--format",
        metavar="F",
        type=non_empty,
        help=f"write this format (default: by the suffix of FILE): {names}",
    )
    parser.add_argument(
        "--no-history",
        action="store_true",
        help="leave out schedules, reviews and marks",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace a file even if it holds other decks or is not an export",
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Write the decks and print where they are."""
    from flashcards.cli.console.progress_bar import ProgressBar
    from flashcards.cli.opening import open_collection

    target, format_name = Target(options.output, home), options.format or ""
    if target.is_stdout and not format_name:
        raise UsageError("Name the format with --format, because stdout has no suffix.")
    with open_collection(home) as collection, ProgressBar() as progress:
        bundle = _bundle(collection, options)
        writer = _Writer(
            collection,
            format_name,
            partial(progress, "writing"),
            is_forced=options.force,
        )
        if _is_directory(target, format_name):
            writer.write_directory(bundle, target.path)
        else:
            writer.write_file(bundle, target)
    if not target.is_stdout:
        notes = formatting.count(sum(len(deck.notes) for deck in bundle.decks), "note")
        decks = formatting.count(len(bundle.decks), "deck")
        output.print_line(f"Wrote {decks} with {notes} to {target.path}.")
    return 0


def _is_directory(target: Target, format_name: str) -> bool:
    """Return whether to write a directory with a file for each deck."""
    if target.is_stdout or target.path.is_dir():
        return not target.is_stdout
    # An existing pipe is written to like a file.
    is_new = not target.path.exists()
    return is_new and not target.path.suffix and _holds_one_deck(format_name)


def _bundle(collection: Collection, options: argparse.Namespace) -> Bundle:
    known = list(collection.reader.cards.deck_keys().values())
    keys = deck_keys_in(resolve_scope(options.decks, known), known)
    if not keys:
        raise NothingFoundError("No decks to export: the store is empty.")
    return collection.exporting.bundle(keys, with_history=not options.no_history)


def _holds_one_deck(format_name: str) -> bool:
    """Return whether a file of a format holds one deck, so that several need a directory."""
    return not format_name or format_to_write(Path(), format_name).is_whole


class _Writer:
    """Writes bundles in one format, or in the format of each suffix."""

    def __init__(
        self,
        collection: Collection,
        format_name: str,
        progress: Callable[[int, int], None],
        *,
        is_forced: bool,
    ) -> None:
        self._is_forced = is_forced
        self._collection = collection
        self._format_name = format_name
        self._progress = progress

    def write_directory(self, bundle: Bundle, directory: Path) -> None:
        """Write a file for each deck."""
        chosen = format_to_write(directory, self._format_name or FORMATS[0].name)
        self._format_name, suffix = chosen.name, chosen.suffixes[0]
        names = file_names((deck.key for deck in bundle.decks), suffix)
        home = self._collection.directories
        # Every file is checked before the first one is written.
        targets = {
            key: Target(str(directory / name), home) for key, name in names.items()
        }
        for deck in bundle.decks:
            self._check((deck,), targets[deck.key])
        for deck in bundle.decks:
            target = targets[deck.key]
            make_directory(target.path.parent)
            self._write_checked(replace(bundle, decks=(deck,)), target)
            if names[deck.key] != PurePath(f"{deck.key}{suffix}"):
                key = one_line(deck.key, _LONGEST_KEY)
                output.print_notice(
                    f"The deck {key} was written to {target.path}, because its key cannot be a "
                    "file name."
                )

    def write_file(self, bundle: Bundle, target: Target) -> None:
        """Write one file, all of it or nothing."""
        self._check(bundle.decks, target)
        self._write_checked(bundle, target)

    def _check(self, decks: Sequence[DeckContent], target: Target) -> None:
        if not target.is_stdout and not self._is_forced:
            self._collection.exporting.check_overwriting(
                target.path, decks, self._format_name
            )

    def _write_checked(self, bundle: Bundle, target: Target) -> None:
        # An existing file is not merged into what goes to stdout.
        path = Path() if target.is_stdout else target.path
        _print_notices(target.write(lambda file: self._write(bundle, file, path)))

    def _write(self, bundle: Bundle, file: BinaryIO, path: Path) -> list[str]:
        return self._collection.exporting.write(
            bundle, file, path, self._format_name, progress=self._progress
        )


def _print_notices(remarks: Sequence[str]) -> None:
    for remark in remarks:
        output.print_notice(remark)
