"""What `plan` changes: each is one step that undo takes back, told in one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.scope import scope_of
from flashcards.domain.dates import day_named
from flashcards.domain.study_plan import (
    DEFAULT_MINUTES,
    MOST_WEIGHT,
    Interview,
    StudyPlan,
    interview_date_error,
    restarted,
    with_tasks_on_study_days,
)
from flashcards.errors import FlashcardsError, NothingFoundError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashcards.collection.collection import Collection

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOTHING = "none"
EVERYTHING = "all"


def set_plan(collection: Collection, options: argparse.Namespace) -> str:
    """Change the plan, or make one; return what was done.

    Raises:
        UsageError: a date, weight or target is impossible.
        NothingFoundError: a deck is not known.
    """
    from flashcards.progress.plan.text import suggested_tasks

    today = collection.moment().day
    before = collection.reader.plan.load()
    if before is None and not options.date:
        raise UsageError("A new plan needs a date: plan set --date 2026-12-04.")
    plan = before or StudyPlan(
        today, minutes=collection.settings.minutes or DEFAULT_MINUTES
    )
    plan = _with_days(plan, options, today)
    plan = _with_decks(
        plan, options, [deck.key for deck in collection.reader.cards.decks()]
    )
    if options.minutes is not None:
        plan = replace(plan, minutes=options.minutes)
    if options.target:
        plan = replace(plan, target=_target(options.target))
    begins = before is None or before.next_interview(today) is None
    if begins and not options.no_tasks:
        plan = replace(plan, tasks=(*plan.tasks, *suggested_tasks(plan, today)))
    plan = with_tasks_on_study_days(plan, today)
    collection.plan.save(plan, "Changed the plan" if before else "Made a plan")
    return "The plan is kept. flashcards undo takes it back."


def clear(collection: Collection) -> str:
    """Clear the plan; return what was done.

    Raises:
        NothingFoundError: there is none.
    """
    if collection.reader.plan.load() is None:
        raise NothingFoundError("There is no plan to clear.")
    collection.plan.save(None, "Cleared the plan")
    return "The plan is cleared; cards keep their due dates. flashcards undo takes it back."


def tick_off(collection: Collection, name: str) -> str:
    """Tick a task off, or take the tick off again; return what was done.

    Raises:
        NothingFoundError: the plan has no such task.
    """
    plan = collection.reader.plan.load()
    tasks = {task.name: task for task in plan.tasks} if plan else {}
    if plan is None or name not in tasks:
        known = ", ".join(one for one, task in tasks.items() if task.done_day is None)
        hint = f" Open: {known}." if known else ""
        raise NothingFoundError(f"The plan has no task {name}.{hint}")
    task = tasks[name]
    today = None if task.done_day is not None else collection.moment().day
    changed = replace(task, done_day=today)
    after = tuple(changed if one.name == name else one for one in plan.tasks)
    verb = "Done" if today is not None else "Open again"
    collection.plan.save(replace(plan, tasks=after), f"{verb}: {task.title}")
    return f"{verb}: {task.title}."


def export(collection: Collection, file: str | None, *, is_forced: bool) -> int:
    """Write the plan as YAML to a file or to stdout.

    A file that is no plan is only replaced where that is forced.

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
    """Put the plan of a file in the place of the present one; return what was done.

    Raises:
        FlashcardsError: the file has faults, which are all told.
    """
    from flashcards.decks.plan_file import read_plan

    plan, problems = read_plan(Path(file))
    for problem in problems:
        output.print_notice(str(problem))
    if plan is None:
        raise FlashcardsError("Nothing was imported: the plan has faults.")
    collection.plan.save(plan, f"Imported the plan {Path(file).name}")
    return "The plan is imported. flashcards undo takes it back."


def _with_days(plan: StudyPlan, options: argparse.Namespace, today: int) -> StudyPlan:
    if options.date:
        days = sorted({_day(text) for text in options.date})
        for day in days:
            if reason := interview_date_error(day, today):
                raise UsageError(reason)
        old = tuple(one for one in plan.interviews if one.day <= today)
        titles = {one.day: one.title for one in plan.interviews}
        new = tuple(Interview(day, titles.get(day, "")) for day in days)
        plan = replace(restarted(plan, today), interviews=(*old, *new))
    if options.off:
        plan = replace(plan, weekdays_off=_weekdays(options.off))
    if options.off_date:
        given = [text for text in options.off_date if text != NOTHING]
        kept = () if NOTHING in options.off_date else plan.dates_off
        plan = replace(
            plan, dates_off=tuple(sorted({*kept, *(_day(text) for text in given)}))
        )
    return plan


def _with_decks(
    plan: StudyPlan, options: argparse.Namespace, known: Sequence[str]
) -> StudyPlan:
    if options.scope:
        wanted = [] if EVERYTHING in options.scope else options.scope
        plan = replace(plan, scope=scope_of(wanted, known).decks)
    for pair in options.weight or ():
        deck, sign, text = pair.rpartition("=")
        if not sign:
            raise UsageError(f"--weight {pair} needs a number: --weight metrics=2.")
        (key,) = scope_of([deck], known).decks
        weights = {**dict(plan.weights), key: _weight(text, pair)}
        plan = replace(plan, weights=tuple(sorted(weights.items())))
    return plan


def _day(text: str) -> int:
    return day_named(text, "2026-12-04")


def _weekdays(text: str) -> tuple[int, ...]:
    if text.strip().lower() == NOTHING:
        return ()
    names = [name.strip().lower()[:3] for name in text.split(",")]
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown:
        raise UsageError(
            f"{unknown[0]} is no day of the week. Write --off sat,sun, or --off none."
        )
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))


def _weight(text: str, pair: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= MOST_WEIGHT:
        raise UsageError(
            f"--weight {pair}: a weight is a number from 0 to {MOST_WEIGHT:g}."
        )
    return weight


def _target(text: str) -> float:
    try:
        value = float(text.rstrip("% "))
    except ValueError:
        value = -1.0
    share = value / 100 if value > 1 else value
    if not 0 < share < 1:
        raise UsageError("--target is a readiness between 0 and 1, such as 0.85.")
    return share
