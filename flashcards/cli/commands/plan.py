"""`flashcards plan`: set an interview date; show today's work and the predicted readiness."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, non_empty, whole_number
from flashcards.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from flashcards.collection.collection import Collection
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.progress.plan.view import PlanView

ACTIONS = ("show", "set", "clear", "done", "note", "sheet", "export", "import")
_FOR_SET = (
    "date",
    "minutes",
    "off",
    "off_date",
    "scope",
    "weight",
    "target",
    "no_tasks",
)
MOST_MINUTES, MOST_CARDS = 1440, 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `plan`."""
    parser.add_argument(
        "action",
        nargs="?",
        default="show",
        choices=ACTIONS,
        help="show (default), set, clear, done TASK, note TEXT, sheet, export [FILE], import FILE",
    )
    parser.add_argument(
        "what", nargs="?", type=non_empty, help="the task, the note, or the file"
    )
    add = parser.add_argument
    add("--date", action="append", metavar="D", help="set: date of the interview, as 2027-06-18, 'dec 20' or 'in 3 weeks'; again for several")  # fmt: skip
    add("--minutes", type=whole_number(0, MOST_MINUTES), metavar="N", help="set: minutes a day of study")  # fmt: skip
    add("--off", metavar="DAYS", help="set: weekdays without study, as sat,sun; none for none")  # fmt: skip
    add("--off-date", action="append", metavar="D", help="set: a single day without study; again for several; none for none")  # fmt: skip
    add("--scope", action="append", metavar="DECK", help="set: a deck of the plan; again for several; all for all")  # fmt: skip
    add("--weight", action="append", metavar="DECK=W", help="set: weight of a deck, 0 to leave it out; again for several")  # fmt: skip
    add("--target", metavar="R", help="set: target readiness, as 0.85 or 85")
    add("--no-tasks", action="store_true", help="set: a new plan without weekly quizzes")  # fmt: skip
    add("--full", action="store_true", help="compute the exact forecast: the 90%% band and the minutes needed; takes seconds")  # fmt: skip
    add("--cards", type=whole_number(1, MOST_CARDS), metavar="N", help="sheet: at most N cards; 30 by default")  # fmt: skip
    add("--html", action="store_true", help="sheet: a page for print instead of Markdown")  # fmt: skip
    add("-o", "--output", type=non_empty, metavar="FILE", help="sheet: write to FILE instead of stdout")  # fmt: skip
    add("--force", action="store_true", help="export, sheet: replace a file that holds something else")  # fmt: skip
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Run the action, then show the plan."""
    _check(options)
    from flashcards.cli import plan_edits
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        if options.action == "export":
            return plan_edits.export(collection, options.what, is_forced=options.force)
        if options.action == "sheet":
            return _write_sheet(collection, options)
        message = _edit(collection, options)
        # Once a day a person at a terminal waits for the forecast that is saved.
        is_first_today = (
            output.is_terminal(sys.stdout) and collection.plan.needs_forecast()
        )
        view = _view(collection, full=options.full or is_first_today)
    if message:
        say = output.print_notice if options.json else output.print_line
        say(message)
    if options.json:
        from flashcards.cli.text.plan import plan_as_json

        output.print_json(plan_as_json(view))
    elif options.action != "clear":
        from flashcards.cli.text.plan import print_plan

        print_plan(view)
    return 0


def _edit(collection: Collection, options: argparse.Namespace) -> str:
    """Change the plan; return a message about it, empty for no change."""
    from flashcards.cli import plan_edits

    match options.action:
        case "set":
            return plan_edits.set_plan(collection, options)
        case "clear":
            return plan_edits.clear(collection)
        case "done":
            return plan_edits.toggle_task(collection, options.what)
        case "note":
            return plan_edits.save_note(collection, options.what)
        case "import":
            return plan_edits.import_plan(collection, options.what)
        case _:
            return ""


def _write_sheet(collection: Collection, options: argparse.Namespace) -> int:
    """Write the morning sheet to a file or to stdout."""
    from flashcards.cli.console.target import STDOUT, Target
    from flashcards.study.today.sheet_text import (
        is_sheet,
        sheet_as_html,
        sheet_as_markdown,
    )

    target = Target(options.output or STDOUT, collection.directories)
    if not options.force:
        target.refuse_other_content("a morning sheet", is_sheet)
    sheet = collection.plan.morning_sheet(options.cards or 0)
    target.write_text((sheet_as_html if options.html else sheet_as_markdown)(sheet))
    if not target.is_stdout:
        output.print_line(f"Wrote the morning sheet to {options.output}.")
    return 0


def _view(collection: Collection, *, full: bool) -> PlanView:
    from flashcards.cli.console.progress_bar import ProgressBar

    with ProgressBar() as bar:

        def progress(done: int, total: int) -> bool:
            bar("days", done, total)
            return True

        view = collection.plan.view(full=full, progress=progress)
    if view is None:
        raise AssertionError("nothing stops this simulation")
    return view


def _check(options: argparse.Namespace) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: they do not.
    """
    action = options.action
    set_options = [name for name in _FOR_SET if getattr(options, name)]
    if options.minutes == 0:
        set_options.append("minutes")
    if set_options and action != "set":
        name = set_options[0].replace("_", "-")
        raise UsageError(f"--{name} works only with `flashcards plan set`.")
    if options.force and action not in ("export", "sheet"):
        raise UsageError("--force works only with `plan export` and `plan sheet`.")
    for name in ("cards", "html", "output"):
        if getattr(options, name) and action != "sheet":
            raise UsageError(f"--{name} works only with `flashcards plan sheet`.")
    if options.json and action == "sheet":
        raise UsageError("plan sheet has no --json.")
    if action == "set" and not set_options:
        raise UsageError(
            "`flashcards plan set` needs an option, such as `--minutes 20`."
        )
    nouns = {"done": "the name of a task", "import": "a file", "note": "a text"}
    if action in nouns and not options.what:
        raise UsageError(f"plan {action} needs {nouns[action]}.")
    if action in ("show", "set", "clear", "sheet") and options.what:
        raise UsageError(f"plan {action} does not take an argument: {options.what}.")
