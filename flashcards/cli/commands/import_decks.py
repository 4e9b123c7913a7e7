"""`import`: files into the store, or what that would change."""

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
from flashcards.importing.preview.text import sentence, tally

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.importing.preview.report import FileReport, ImportResult

MOST_PROBLEMS = 50
"""More are counted and left to `--json`."""

NOT_FOR_TERMINALS = frozenset({"anki-image-occlusion"})
"""Rules that notes break which a terminal cannot show."""

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
        "--dry-run", action="store_true", help="tell what would change; change nothing"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="import nothing where any file has a fault",
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
        help="put the notes of the one file into this deck, whatever it says itself",
    )
    parser.add_argument(
        "--reworded",
        metavar="R",
        choices=("keep", "soften", "reset"),
        default="keep",
        help="the history of notes that mean something else now: keep it (the default), "
        "soften it, or reset it",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Import the files, or print the plan; 1 where a fault kept a note out."""
    from flashcards.cli.console.progress_bar import ProgressBar
    from flashcards.cli.opening import open_collection
    from flashcards.decks.files import shipped_decks
    from flashcards.importing.preview.choices import RewordedPolicy
    from flashcards.importing.preview.import_preview import ImportOptions

    paths = [Path(path) for path in options.paths] or [shipped_decks()]
    _check_formats(paths, options.format)
    wishes = ImportOptions(
        strict=options.strict,
        into=options.into or "",
        file_format=options.format or "",
    )
    changes: Sequence[ChangedDeck] = ()
    with (
        open_collection(home) as collection,
        _interruptible(collection),
        ProgressBar() as progress,
    ):
        plan = collection.importing.preview(paths, wishes, progress=progress)
        decision = RewordedPolicy(options.reworded)
        if options.dry_run or options.json or decision is not RewordedPolicy.KEEP:
            changes = collection.importing.changes_of(plan)
            plan = collection.importing.with_decision(plan, changes, decision)
        if options.dry_run:
            result = plan.result(dry_run=True)
        else:
            result = collection.importing.apply(plan, progress=progress)
    if options.json:
        output.print_json(_plain(result, changes))
        output.print_notice(sentence(result))
    else:
        _print_result(result, changes if options.dry_run else ())
        output.print_line(sentence(result))
    return 1 if result.has_errors or result.refused or not result.notes else 0


@contextmanager
def _interruptible(collection: Collection) -> Iterator[None]:
    """Say what an interrupt left, where there is one."""
    before = collection.reader.log.operations(1)
    try:
        yield
    except KeyboardInterrupt:
        done = collection.reader.log.operations(1) != before
        output.print_notice(
            "Stopped too late: everything is imported. flashcards undo takes it back."
            if done
            else "Stopped. Nothing was imported."
        )
        raise


def _check_formats(paths: list[Path], wanted: str | None) -> None:
    known = readable_suffixes()
    for path in paths:
        format_to_read(path, wanted or "")
        if not path.exists():
            raise NothingFoundError(f"There is no file or directory {path}.")
        if not wanted and path.is_file() and path.suffix.lower() not in known:
            raise NothingFoundError(
                f"{path} is of no import format. There are: {', '.join(known)}. "
                "--format F reads it as the format F, whatever its suffix."
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
            f"And {len(problems) - MOST_PROBLEMS:,} more: --json lists them all."
        )
    if problems:
        output.print_notice(f"{tally(problems)} in the files.")
    for file in result.files:
        if file.format not in ("", FORMATS[0].name):
            output.print_line(_arrived(file))


def _arrived(file: FileReport) -> str:
    """Return what a file of another program holds, and how much was left out."""
    notes, decks = (
        formatting.count(file.notes, "note"),
        formatting.count(len(file.decks), "deck"),
    )
    told = f"{Path(file.path).name}: {notes} in {decks}"
    if file.reviews:
        told += f", {formatting.count(file.reviews, 'new review')}"
    errors = [each.rule for each in file.problems if each.severity == "error"]
    unseen = sum(rule in NOT_FOR_TERMINALS for rule in errors)
    if unseen:
        told += f"; {formatting.count(unseen, 'note')} cannot be shown in a terminal"
    if len(errors) > unseen:
        told += (
            f"; {formatting.count(len(errors) - unseen, 'error')} left something out"
        )
    return f"{told}."


def _plain(result: ImportResult, changes: Sequence[ChangedDeck]) -> dict[str, Any]:
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
