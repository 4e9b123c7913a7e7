"""`plan`: set an interview date, and tell what to do today and how ready you will be."""

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
    from flashcards.progress.plan.text import PlanView

ACTIONS = ("show", "set", "clear", "done", "export", "import")
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
MOST_MINUTES = 1440


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `plan`."""
    parser.add_argument(
        "action",
        nargs="?",
        default="show",
        choices=ACTIONS,
        help="show (default), set, clear, done TASK, export [FILE], import FILE",
    )
    parser.add_argument("what", nargs="?", type=non_empty, help="the task, or the file")
    add = parser.add_argument
    add("--date", action="append", metavar="D", help="set: date of the interview, as 2026-12-04; again for several")  # fmt: skip
    add("--minutes", type=whole_number(0, MOST_MINUTES), metavar="N", help="set: minutes a day of study")  # fmt: skip
    add("--off", metavar="DAYS", help="set: weekdays without study, as sat,sun; none for none")  # fmt: skip
    add("--off-date", action="append", metavar="D", help="set: a single day without study; again for several; none for none")  # fmt: skip
    add("--scope", action="append", metavar="DECK", help="set: a deck meant; again for several; all for all")  # fmt: skip
    add("--weight", action="append", metavar="DECK=W", help="set: how much a deck counts, 0 to leave it out; again for several")  # fmt: skip
    add("--target", metavar="R", help="set: readiness wished for, as 0.85 or 85")
    add("--no-tasks", action="store_true", help="set: a new plan without quizzes and mock interviews")  # fmt: skip
    add("--full", action="store_true", help="compute the band of likely learners and the exact minutes, in seconds")  # fmt: skip
    add(
        "--force",
        action="store_true",
        help="export: replace a file even if it is not a plan",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Do what is asked of the plan, then show it."""
    _check(options)
    from flashcards.cli import plan_edits
    from flashcards.cli.opening import open_collection

    with open_collection(home) as collection:
        if options.action == "export":
            return plan_edits.export(collection, options.what, is_forced=options.force)
        done = ""
        if options.action == "set":
            done = plan_edits.set_plan(collection, options)
        elif options.action == "clear":
            done = plan_edits.clear(collection)
        elif options.action == "done":
            done = plan_edits.toggle_task(collection, options.what)
        elif options.action == "import":
            done = plan_edits.import_plan(collection, options.what)
        # Once a day a person at a terminal waits for the forecast that is kept.
        morning = output.is_terminal(sys.stdout) and collection.plan.needs_forecast()
        view = _view(collection, full=options.full or morning)
    if done:
        say = output.print_notice if options.json else output.print_line
        say(done)
    if options.json:
        from flashcards.cli.text.plan import plan_as_json

        output.print_json(plan_as_json(view))
    elif options.action != "clear":
        from flashcards.cli.text.plan import print_plan

        print_plan(view)
    return 0


def _view(collection: Collection, *, full: bool) -> PlanView:
    from flashcards.cli.console.progress_bar import ProgressBar

    with ProgressBar() as bar:

        def watch(done: int, total: int) -> bool:
            bar("days", done, total)
            return True

        view = collection.plan.view(full=full, watch=watch)
    if view is None:
        raise AssertionError("nothing stops this simulation")
    return view


def _check(options: argparse.Namespace) -> None:
    """Refuse what does not go together.

    Raises:
        UsageError: it does not.
    """
    action = options.action
    given = [name for name in _FOR_SET if getattr(options, name)]
    if options.minutes == 0:
        given.append("minutes")
    if given and action != "set":
        name = given[0].replace("_", "-")
        raise UsageError(f"--{name} belongs to plan set. Write: flashcards plan set.")
    if options.force and action != "export":
        raise UsageError("--force belongs to plan export.")
    if action == "set" and not given:
        raise UsageError("plan set needs what to set, such as --date 2026-12-04.")
    if action in ("done", "import") and not options.what:
        noun = "the name of a task" if action == "done" else "a file"
        raise UsageError(f"plan {action} needs {noun}.")
    if action in ("show", "set", "clear") and options.what:
        raise UsageError(f"plan {action} takes no {options.what}.")
