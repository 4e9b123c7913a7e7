"""`check`: find problems in files without importing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, non_empty
from flashcards.domain import formatting
from flashcards.domain.clock import SystemClock, local_time, moment, study_day
from flashcards.errors import NothingFoundError
from flashcards.importing.preview.result_text import count_problems

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashcards.domain.content import Problem
    from flashcards.domain.settings.settings import AppDirectories


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `check`."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        type=non_empty,
        help="a deck file, a file of another import format, or a directory",
    )
    parser.add_argument(
        "--quality", action="store_true", help="also check the rules for good cards"
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print the problems; return 1 if one of them is an error."""
    from flashcards.domain.settings.parsing import read_settings
    from flashcards.domain.settings.settings import Settings
    from flashcards.formats.formats import ReadContext, readable_suffixes
    from flashcards.importing.reading.check_files import check_files

    paths = [Path(path) for path in options.paths]
    now = SystemClock().now()
    # The review history is not checked, so the learner's own study days do not matter.
    rollover = Settings().rollover_hour
    context = ReadContext(
        lambda at: study_day(at, None, rollover),
        moment(now, None, rollover),
        separators=read_settings(home.config).obsidian,
    )
    today = local_time(now, None).date()
    report = check_files(paths, context, quality=options.quality, today=today)
    if report is None:
        suffixes = ", ".join(readable_suffixes())
        raise NothingFoundError(
            f"No files to check ({suffixes}) in {', '.join(options.paths)}."
        )
    if options.json:
        output.print_json(
            {
                "notes": report.notes,
                "problems": [problem_as_json(problem) for problem in report.problems],
            }
        )
    else:
        for problem in report.problems:
            output.print_line(str(problem))
        output.print_line(
            f"{formatting.count(report.notes, 'note')}, {count_problems(report.problems)}."
        )
    return 1 if has_errors(report.problems) else 0


def has_errors(problems: Sequence[Problem]) -> bool:
    """Return whether one of the problems is an error."""
    return any(problem.severity == "error" for problem in problems)


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as a JSON object; scripts rely on its keys."""
    return {
        "severity": problem.severity,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "message": problem.message,
    }
