"""The edits of `flashcards plan`: each saves one step that can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.scope import resolve_scope
from flashcards.domain.formatting import short_date
from flashcards.domain.study_plan import MOST_WEIGHT
from flashcards.errors import FlashcardsError, NothingFoundError, UsageError
from flashcards.progress.plan import edits
from flashcards.progress.plan.day_input import read_day

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashcards.collection.collection import Collection
    from flashcards.domain.study_plan import StudyPlan

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NONE = "none"
ALL = "all"
_UNDO = "Undo with `flashcards undo`."


def set_plan(collection: Collection, options: argparse.Namespace) -> str:
    """Change the plan or create one; return a message about it.

    Raises:
        UsageError: a date, weight or target is invalid.
        NothingFoundError: a deck does not exist.
    """
    today = collection.moment().day
    saved_plan = collection.reader.plan.load()
    if saved_plan is None and not (options.date or options.off or options.off_date):
        raise UsageError(
            "A new plan needs a date: `flashcards plan set --date 'in 3 weeks'`."
        )
    plan = saved_plan or edits.new_plan(today, collection.settings.minutes)
    is_new = plan.next_interview(today) is None
    plan = _with_days(plan, options, today)
    keys = [deck.key for deck in collection.reader.cards.decks()]
    plan = _with_decks(plan, options, keys)
    if options.minutes is not None:
        plan = replace(plan, minutes=options.minutes)
    if options.target:
        plan = replace(plan, target=_parse_target(options.target))
    if is_new and not options.no_tasks:
        plan = edits.with_suggested_tasks(plan, today)
    collection.plan.save_edited(plan)
    return f"Plan saved. {_UNDO}"


def clear(collection: Collection) -> str:
    """Delete the plan; return a message about it.

    Raises:
        NothingFoundError: there is no plan.
    """
    if collection.reader.plan.load() is None:
        raise NothingFoundError("There is no plan to clear.")
    collection.plan.save(None, "Cleared the plan")
    return f"Plan cleared. Cards keep their due dates. {_UNDO}"


def toggle_task(collection: Collection, name: str) -> str:
    """Mark a task as done, or as open again; return a message about it.

    Raises:
        NothingFoundError: the plan has no such task.
        UsageError: a quiz did the task.
    """
    return f"{collection.plan.toggle_task(name)}."


def save_note(collection: Collection, text: str) -> str:
    """Save a note about the last interview; return a message about it.

    Raises:
        NothingFoundError: no interview was yet.
        UsageError: the note is too long.
    """
    plan = collection.reader.plan.load()
    interview = plan.last_interview(collection.moment().day) if plan else None
    if interview is None:
        raise NothingFoundError("The plan has no interview yet to make a note about.")
    collection.plan.save_note(interview, text)
    day = short_date(interview.day)
    return f"Note about the interview on {day} saved. {_UNDO}"


def export(collection: Collection, file: str | None, *, is_forced: bool) -> int:
    """Write the plan as YAML to a file or to stdout.

    A file that does not hold a plan is replaced only if that is forced.

    Raises:
        NothingFoundError: there is no plan.
        FlashcardsError: the file holds something else, or cannot be written.
    """
    from flashcards.cli.console.target import STDOUT, Target
    from flashcards.decks.plan_file import read_plan_text, write_plan

    target = Target(file or STDOUT, collection.directories)
    plan = collection.reader.plan.load()
    if plan is None:
        raise NothingFoundError("There is no plan to export.")
    if not is_forced:
        target.refuse_other_content(
            "a plan", lambda data: read_plan_text(data, "")[0] is not None
        )
    target.write_text(write_plan(plan))
    if not target.is_stdout:
        output.print_line(f"Wrote the plan to {file}.")
    return 0


def import_plan(collection: Collection, file: str) -> str:
    """Replace the plan by that of a file; return a message about it.

    Raises:
        FlashcardsError: the file has problems, which are all printed.
    """
    from flashcards.decks.plan_file import read_plan

    plan, problems = read_plan(Path(file))
    for problem in problems:
        output.print_notice(str(problem))
    if plan is None:
        raise FlashcardsError("Nothing was imported. Fix the problems of the file.")
    collection.plan.save(plan, f"Imported the plan {Path(file).name}")
    return f"Plan imported. {_UNDO}"


def _with_days(plan: StudyPlan, options: argparse.Namespace, today: int) -> StudyPlan:
    if options.date:
        days = {edits.parse_interview_day(text, today) for text in options.date}
        plan = edits.with_interviews(plan, days, today)
    if options.off:
        plan = edits.with_weekdays_off(plan, _parse_weekdays(options.off))
    if options.off_date:
        if NONE in options.off_date:
            plan = replace(plan, dates_off=())
        off_days = [read_day(text, today) for text in options.off_date if text != NONE]
        plan = edits.with_days_off(plan, off_days)
    return plan


def _with_decks(
    plan: StudyPlan, options: argparse.Namespace, keys: Sequence[str]
) -> StudyPlan:
    if options.scope:
        selected = [] if ALL in options.scope else options.scope
        plan = replace(plan, scope=resolve_scope(selected, keys).decks)
    for assignment in options.weight or ():
        deck, sign, text = assignment.rpartition("=")
        if not sign:
            raise UsageError(
                f"--weight {assignment} needs a number, such as `--weight metrics=2`."
            )
        (key,) = resolve_scope([deck], keys).decks
        plan = edits.with_weight(plan, key, _parse_weight(text, assignment))
    return plan


def _parse_weekdays(text: str) -> tuple[int, ...]:
    if text.strip().lower() == NONE:
        return ()
    names = [name.strip().lower()[:3] for name in text.split(",")]
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown:
        raise UsageError(
            f"{unknown[0]} is not a day of the week. Write `--off sat,sun` or `--off none`."
        )
    return tuple(WEEKDAYS.index(name) for name in names)


def _parse_weight(text: str, assignment: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= MOST_WEIGHT:
        raise UsageError(
            f"--weight {assignment}: the weight must be a number from 0 to {MOST_WEIGHT:g}."
        )
    return weight


def _parse_target(text: str) -> float:
    try:
        number = float(text.rstrip("% "))
    except ValueError:
        number = -1.0
    share = number / 100 if number > 1 else number
    if not 0 < share < 1:
        raise UsageError("--target must be a readiness between 0 and 1, such as 0.85.")
    return share
