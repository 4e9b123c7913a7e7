"""The plan as `flashcards plan` prints it: in words, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.text.json_figures import iso_day
from flashcards.domain.formatting import short_date, whole_minutes
from flashcards.progress.figure_text import whole_percent

if TYPE_CHECKING:
    from flashcards.domain.study_plan import Task
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.plan.week import PlannedDay


def plan_as_json(view: PlanView) -> dict[str, Any]:
    """Return the plan as JSON; scripts rely on the keys."""
    plan, readiness, feasibility = view.plan, view.readiness, view.feasibility
    interview = plan.next_interview(view.today) if plan else None
    work = view.work_today
    return {
        "date": iso_day(interview.day) if interview else None,
        "days_left": view.days_left,
        "minutes": plan.minutes if plan else None,
        "readiness": round(readiness.all.value, 4) if readiness else None,
        "band": [round(readiness.all.low, 4), round(readiness.all.high, 4)]
        if readiness
        else None,
        "feasible": feasibility.is_feasible if feasibility else None,
        "minutes_needed": feasibility.needed if feasibility else None,
        "today": {
            "new": work.cards.new if work else 0,
            "learning": work.cards.learning if work else 0,
            "reviews": work.cards.reviews if work else 0,
            "minutes": whole_minutes(work.cards.seconds) if work else 0,
            "tasks": [_task_as_json(task) for task in work.tasks] if work else [],
        },
        "topics": [
            {
                "deck": deck.key,
                "readiness": round(deck.predicted.value, 4),
                "weight": deck.weight,
                "seen": deck.seen,
                "notes": deck.notes,
            }
            for deck in (readiness.decks if readiness else ())
        ],
        "target": plan.target if plan else None,
        "exact": feasibility.is_exact if feasibility else False,
        "sentence": view.sentence,
        "week": [_day_as_json(day) for day in view.week],
        "tasks": [_task_as_json(task) for task in view.tasks],
        "interviews": [
            {"date": iso_day(item.day), "title": item.title, "note": item.note}
            for item in (plan.interviews if plan else ())
        ],
    }


def print_plan(view: PlanView) -> None:
    """Print the plan in words."""
    if view.date_summary:
        output.print_line(view.date_summary)
        output.print_line()
    output.print_line(view.sentence)
    if view.feasibility and view.feasibility.enough and view.days_left != 1:
        minutes = view.feasibility.enough
        output.print_line(f"Set it with `flashcards plan set --minutes {minutes}`.")
    if view.readiness:
        output.print_line(f"Predicted recall of cards: {view.readiness.all.words}.")
    if view.work_today:
        output.print_line(view.work_today.line)
    if view.readiness:
        output.print_line()
        output.print_table(
            ("area", "on the day", "seen", "notes", "weight"),
            [
                (
                    deck.title,
                    f"{whole_percent(deck.predicted.value)}%",
                    deck.seen,
                    deck.notes,
                    f"x{deck.weight:g}",
                )
                for deck in view.readiness.areas
            ],
        )
    _print_week(view)
    _print_notes(view)


def _print_notes(view: PlanView) -> None:
    noted = [item for item in view.plan.interviews if item.note] if view.plan else []
    if noted:
        output.print_line()
    for item in noted:
        title = f" ({item.title})" if item.title else ""
        output.print_line(f"{short_date(item.day)}{title}: {item.note}")


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


def _planned(day: PlannedDay) -> str:
    if day.is_off:
        return "off"
    return f"{day.planned_minutes} min" if day.planned_minutes else ""


def _box(task: Task) -> str:
    sign = "x" if task.done_day is not None else " "
    return f"[{sign}] {task.title} ({task.name})"


def _task_as_json(task: Task) -> dict[str, Any]:
    return {
        "task": task.name,
        "kind": task.kind,
        "title": task.title,
        "minutes": task.minutes,
        "date": iso_day(task.day),
        "done": iso_day(task.done_day),
    }


def _day_as_json(day: PlannedDay) -> dict[str, Any]:
    return {
        "date": iso_day(day.day),
        "off": day.is_off,
        "planned_minutes": day.planned_minutes,
        "done_minutes": day.done_minutes,
        "done_reviews": day.done_reviews,
        "new": day.new,
        "reviews": day.reviews,
    }
