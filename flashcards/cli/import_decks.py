"""`import`: deck files into the store, or what that would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashcards import words
from flashcards.cli import output
from flashcards.cli.check import plain_problem, tally
from flashcards.cli.parser import add_json
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    import argparse

    from flashcards.importing.report import FileReport, ImportResult
    from flashcards.settings import Home

MOST_PROBLEMS = 50
"""More are counted and left to `check`."""

_COUNTS = ("added", "changed", "moved", "returned", "retired", "unchanged")
_WORDS = {"added": "new", "returned": "back again"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a deck file or a directory of them; none: the decks that come with flashcards",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what would change; change nothing"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="import nothing where any file has a fault",
    )
    parser.add_argument(
        "--format",
        metavar="F",
        help="read every file as this format (default: by suffix); so far: yaml",
    )
    parser.add_argument(
        "--into",
        metavar="DECK",
        help="put the notes of the one file into this deck, whatever it says itself",
    )
    add_json(parser)


def run(options: argparse.Namespace, home: Home) -> int:
    """Import the files, or print the plan; 1 where a fault kept a note out."""
    from flashcards.cli.opening import open_collection
    from flashcards.cli.progress_bar import ProgressBar
    from flashcards.decks.files import shipped_decks

    paths = [Path(path) for path in options.paths] or [shipped_decks()]
    _check_formats(paths, options.format)
    with open_collection(home) as collection, ProgressBar() as progress:
        result = collection.import_paths(
            paths,
            dry_run=options.dry_run,
            strict=options.strict,
            into=options.into or "",
            file_format=options.format or "",
            progress=progress,
        )
    if options.json:
        output.say_json(_plain(result))
        output.complain(sentence(result))
    else:
        _say(result)
    nothing = not result.notes
    return 1 if result.has_errors or result.refused or nothing else 0


def sentence(result: ImportResult) -> str:
    """Return what an import did, or would do, in one sentence or two."""
    if result.refused:
        return "Nothing was imported: --strict refuses files with faults."
    counts = result.counts
    done = ", ".join(
        f"{getattr(counts, name):,} {_WORDS.get(name, name)}"
        for name in _COUNTS[:-1]
        if getattr(counts, name)
    )
    if not done:
        kept = words.count(counts.unchanged, "note")
        return f"Nothing to change: {kept} as the store has them."
    if result.dry_run:
        return f"Would import: {done}. Nothing is changed yet."
    return f"Imported: {done}. flashcards undo takes it back."


def _check_formats(paths: list[Path], wanted: str | None) -> None:
    from flashcards.exchange.formats import FORMATS, format_to_read

    readable = [each for each in FORMATS if each.reads]
    suffixes = [suffix for each in readable for suffix in each.suffixes]
    for path in paths:
        format_to_read(path, wanted or "")
        if not path.exists():
            raise NothingFoundError(f"There is no file or directory {path}.")
        if not wanted and path.is_file() and path.suffix.lower() not in suffixes:
            raise NothingFoundError(
                f"{path} is of no import format. So far: {', '.join(suffixes)}. "
                f"--format {readable[0].name} reads it as one of them."
            )


def _say(result: ImportResult) -> None:
    if result.dry_run:
        output.table(
            ("deck", *(_WORDS.get(name, name) for name in _COUNTS)),
            [
                (", ".join(file.decks) or file.path, *_counts(file))
                for file in result.files
            ],
        )
        output.say()
    problems = result.problems
    for problem in problems[:MOST_PROBLEMS]:
        output.complain(str(problem))
    if len(problems) > MOST_PROBLEMS:
        output.complain(
            f"And {len(problems) - MOST_PROBLEMS:,} more: flashcards check lists them all."
        )
    if problems:
        output.complain(f"{tally(problems)} in the files.")
    output.say(sentence(result))


def _counts(file: FileReport) -> tuple[int, ...]:
    return tuple(getattr(file.counts, name) for name in _COUNTS)


def _plain(result: ImportResult) -> dict[str, Any]:
    return {
        "dry_run": result.dry_run,
        "files": [
            {
                "path": file.path,
                "format": file.format,
                "decks": list(file.decks),
                "notes": file.notes,
                "cards": file.cards,
                **{name: getattr(file.counts, name) for name in _COUNTS},
                "reviews": file.reviews,
                "problems": [plain_problem(problem) for problem in file.problems],
            }
            for file in result.files
        ],
    }
