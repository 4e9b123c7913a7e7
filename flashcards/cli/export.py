"""`export`: decks as files, by suffix; the history with them in JSON."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards import words
from flashcards.cli import output
from flashcards.cli.scope import add_decks, keys_in, scope_of
from flashcards.errors import NothingFoundError, UsageError

if TYPE_CHECKING:
    import argparse

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
        help="the file to write; without a suffix: a directory of YAML files, "
        "one for each deck; - for stdout",
    )
    parser.add_argument(
        "--format",
        metavar="F",
        help="yaml, csv or json (default: by the suffix of FILE)",
    )
    parser.add_argument(
        "--no-history",
        action="store_true",
        help="leave the schedule and the reviews out of JSON",
    )


def run(options: argparse.Namespace, home: Home) -> int:
    """Write the decks and say where they are."""
    from flashcards.cli.opening import open_collection

    if options.output == STDOUT and not options.format:
        raise UsageError("Stdout has no suffix: name the format with --format.")
    with open_collection(home) as collection:
        target = Path(options.output)
        bundle = _bundle(collection, options)
        if _is_directory(target, options.format):
            _write_directory(collection, bundle, target)
        elif options.output == STDOUT:
            buffer = io.BytesIO()
            collection.write_bundle(bundle, buffer, target, options.format)
            output.say_data(buffer.getvalue())
            return 0
        else:
            _write_file(collection, bundle, target, options.format or "")
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


def _is_directory(target: Path, wanted: str | None) -> bool:
    if wanted not in (None, "yaml") or str(target) == STDOUT:
        return False
    return target.is_dir() or not target.suffix


def _write_directory(collection: Collection, bundle: Bundle, target: Path) -> None:
    from flashcards.decks.writer import make_directory

    for deck in bundle.decks:
        path = target / f"{deck.key}.yaml"
        make_directory(path.parent)
        _write_file(collection, replace(bundle, decks=(deck,)), path, "yaml")


def _write_file(
    collection: Collection, bundle: Bundle, path: Path, wanted: str
) -> None:
    from flashcards.decks.writer import save

    for remark in save(
        path, lambda file: collection.write_bundle(bundle, file, path, wanted)
    ):
        output.complain(remark)
