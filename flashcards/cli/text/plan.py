"""A plan as `plan` prints it: in words, and under the keys that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.text.json_figures import iso_day
from flashcards.domain.formatting import short_date
from flashcards.progress.figure_text import whole_percent

if TYPE_CHECKING:
    from flashcards.domain.study_plan import Task
    from flashcards.progress.plan.text import DayPlan, PlanView


def plan_as_json(view: PlanView) -> dict[str, Any]:
    """Return the plan under the keys that scripts rely on."""
    plan, readiness, found = view.plan, view.readiness, view.feasibility
    interview = plan.next_interview(view.today) if plan else None
    now = view.now
    return {
        "date": iso_day(interview.day) if interview else None,
        "days_left": view.days_left,
        "minutes": plan.minutes if plan else None,
        "readiness": round(readiness.all.value, 4) if readiness else None,
        "band": [round(readiness.all.low, 4), round(readiness.all.high, 4)]
        if readiness
        else None,
        "feasible": found.is_feasible if found else None,
        "minutes_needed": found.needed if found else None,
        "today": {
            "new": now.new if now else 0,
            "reviews": now.reviews if now else 0,
            "minutes": now.minutes if now else 0,
            "tasks": [_plain_task(task) for task in now.tasks] if now else [],
        },
        "topics": [
            {
                "deck": one.key,
                "readiness": round(one.predicted.value, 4),
                "weight": one.weight,
                "seen": one.seen,
                "notes": one.notes,
            }
            for one in (readiness.decks if readiness else ())
        ],
        "target": plan.target if plan else None,
        "exact": found.is_exact if found else False,
        "sentence": view.sentence,
        "week": [_plain_day(day) for day in view.week],
        "tasks": [_plain_task(task) for task in plan.tasks] if plan else [],
    }


def print_plan(view: PlanView) -> None:
    """Print the plan in words."""
    if view.date_summary:
        output.print_line(view.date_summary)
        output.print_line()
    output.print_line(view.sentence)
    if view.readiness:
        output.print_line(f"Predicted recall of cards: {view.readiness.all.words}.")
    if view.now:
        output.print_line(view.now.line)
    if view.readiness:
        output.print_line()
        output.print_table(
            ("area", "on the day", "seen", "notes", "weight"),
            [
                (
                    one.title,
                    f"{whole_percent(one.predicted.value)}%",
                    one.seen,
                    one.notes,
                    f"x{one.weight:g}",
                )
                for one in view.readiness.areas
            ],
        )
    _print_week(view)


def _print_week(view: PlanView) -> None:
    if not view.week or view.plan is None or view.days_left is None:
        return
    output.print_line()
    output.print_table(
        ("this week", "planned", "done", "tasks"),
        [
            (
                f"{'> ' if day.day == view.today else '  '}{short_date(day.day)}",
                _planned(day),
                f"{day.done_minutes} min" if day.done_reviews else "",
                ", ".join(_box(task) for task in day.tasks),
            )
            for day in view.week
        ],
    )


def _planned(day: DayPlan) -> str:
    if day.is_off:
        return "off"
    return f"{day.planned_minutes} min" if day.planned_minutes else ""


def _box(task: Task) -> str:
    sign = "x" if task.done_day is not None else " "
    return f"[{sign}] {task.title} ({task.name})"


def _plain_task(task: Task) -> dict[str, Any]:
    return {
        "task": task.name,
        "kind": task.kind,
        "title": task.title,
        "minutes": task.minutes,
        "date": iso_day(task.day),
        "done": iso_day(task.done_day),
    }


def _plain_day(day: DayPlan) -> dict[str, Any]:
    return {
        "date": iso_day(day.day),
        "off": day.is_off,
        "planned_minutes": day.planned_minutes,
        "done_minutes": day.done_minutes,
        "done_reviews": day.done_reviews,
        "new": day.new,
        "reviews": day.reviews,
    }
