"""`import`: import files, or preview what would change."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashcards.cli.commands.check import problem_as_json
from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, non_empty
from flashcards.domain import formatting
from flashcards.errors import NothingFoundError
from flashcards.formats.formats import FORMATS, format_to_read, readable_suffixes
from flashcards.importing.preview.result_text import count_problems, describe_result

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.importing.preview.changed_decks import ChangedDeck
    from flashcards.importing.preview.summary import FileSummary, ImportResult

MOST_PROBLEMS = 50
"""Further problems are counted; `--json` lists all."""

NOT_FOR_TERMINALS = frozenset({"anki-image-occlusion"})
"""Rules broken by notes that a terminal cannot show."""

_COUNTS = ("added", "changed", "moved", "returned", "retired", "unchanged")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        type=non_empty,
        help="a file or a directory; none: the decks that come with flashcards",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="preview every change, note by note; change nothing",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="import nothing if any file has an error",
    )
    names = ", ".join(each.name for each in FORMATS if each.reads)
    parser.add_argument(
        "--format",
        metavar="F",
        type=non_empty,
        help=f"read every file as this format (default: by suffix and content): {names}",
    )
    parser.add_argument(
        "--into",
        metavar="DECK",
        type=non_empty,
        help="put the notes of the one file into this deck instead of its own",
    )
    parser.add_argument(
        "--reworded",
        metavar="R",
        choices=("keep", "soften", "reset"),
        default="keep",
        help="the review history of notes whose meaning changed: keep it (the default), "
        "soften it, or reset it",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Import the files, or print the preview; return 1 if an error kept something out."""
    from flashcards.cli.console.progress_bar import ProgressBar
    from flashcards.cli.opening import open_collection
    from flashcards.decks.files import shipped_decks
    from flashcards.importing.preview.import_preview import (
        ImportOptions,
        RewordedPolicy,
    )

    paths = [Path(path) for path in options.paths] or [shipped_decks()]
    _check_formats(paths, options.format)
    reworded = RewordedPolicy(options.reworded)
    import_options = ImportOptions(
        strict=options.strict,
        into=options.into or "",
        file_format=options.format or "",
        lists_changes=options.dry_run
        or options.json
        or reworded is not RewordedPolicy.KEEP,
    )
    with (
        open_collection(home) as collection,
        _interruptible(collection),
        ProgressBar() as progress,
    ):
        preview = collection.importing.preview(paths, import_options, progress=progress)
        if options.dry_run:
            result = preview.result(dry_run=True)
        else:
            result = collection.importing.apply(
                preview, reworded=reworded, progress=progress
            )
    if options.json:
        output.print_json(_to_json(result, preview.decks))
        output.print_notice(describe_result(result))
    else:
        _print_result(result, preview.decks if options.dry_run else ())
        output.print_line(describe_result(result))
    return 1 if result.has_errors or result.refused or not result.notes else 0


@contextmanager
def _interruptible(collection: Collection) -> Iterator[None]:
    """Report after an interrupt whether the files were imported."""
    before = collection.reader.log.operations(1)
    try:
        yield
    except KeyboardInterrupt:
        done = collection.reader.log.operations(1) != before
        output.print_notice(
            "Stopped too late: everything was imported. Undo with `flashcards undo`."
            if done
            else "Stopped. Nothing was imported."
        )
        raise


def _check_formats(paths: list[Path], format_name: str | None) -> None:
    suffixes = readable_suffixes()
    for path in paths:
        format_to_read(path, format_name or "")
        if not path.exists():
            raise NothingFoundError(f"No such file or directory: {path}.")
        if not format_name and path.is_file() and path.suffix.lower() not in suffixes:
            raise NothingFoundError(
                f"{path} cannot be imported: the suffix must be one of "
                f"{', '.join(suffixes)}. Or name its format with --format."
            )


def _print_result(result: ImportResult, changes: Sequence[ChangedDeck]) -> None:
    if changes:
        from flashcards.cli.text.import_preview import print_changes

        print_changes(changes)
    problems = result.problems
    for problem in problems[:MOST_PROBLEMS]:
        output.print_notice(str(problem))
    if len(problems) > MOST_PROBLEMS:
        output.print_notice(
            f"And {len(problems) - MOST_PROBLEMS:,} more. List all with --json."
        )
    if problems:
        output.print_notice(f"{count_problems(problems)} in the files.")
    for file in result.files:
        if file.format not in ("", FORMATS[0].name):
            output.print_line(_describe_file(file))


def _describe_file(file: FileSummary) -> str:
    """Return what was imported from a file of another program, and how much was not."""
    notes, decks = (
        formatting.count(file.notes, "note"),
        formatting.count(len(file.decks), "deck"),
    )
    text = f"{Path(file.path).name}: {notes} in {decks}"
    if file.reviews:
        text += f", {formatting.count(file.reviews, 'new review')}"
    errors = [each.rule for each in file.problems if each.severity == "error"]
    unseen = sum(rule in NOT_FOR_TERMINALS for rule in errors)
    if unseen:
        text += f"; {formatting.count(unseen, 'note')} cannot be shown in a terminal"
    if len(errors) > unseen:
        text += (
            f"; {formatting.count(len(errors) - unseen, 'error')} left something out"
        )
    return f"{text}."


def _to_json(result: ImportResult, changes: Sequence[ChangedDeck]) -> dict[str, Any]:
    from flashcards.cli.text.import_preview import changes_as_json

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
                "problems": [problem_as_json(problem) for problem in file.problems],
            }
            for file in result.files
        ],
        "changes": changes_as_json(changes),
    }
