"""Saves the study plan and its forecasts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from flashcards.domain.study_plan import Interview, SavedForecast, StudyPlan
from flashcards.store.tables.model import Forecast, table_of
from flashcards.store.writing import before_after
from flashcards.store.writing.operations import Heading, add
from flashcards.store.writing.undo_snapshot import UndoSnapshot

_FORECASTS = table_of(Forecast)


def save(connection: Connection, plan: StudyPlan | None, heading: Heading) -> int:
    """Replace the study plan, or delete it for None; return the id of the operation."""
    return add(connection, heading, replace_plan(connection, plan))


def replace_plan(connection: Connection, plan: StudyPlan | None) -> UndoSnapshot:
    """Replace the study plan, or delete it for None; return the snapshot for undo."""
    before = {
        name: [list(row) for row in connection.execute(select(table))]
        for name, table in before_after.PLAN_TABLES.items()
    }
    after = _rows(plan) if plan else {name: [] for name in before_after.PLAN_TABLES}
    changed = [name for name, rows in after.items() if rows != before[name]]
    for name in changed:
        before_after.write_whole(connection, name, after[name])
    whole = {name: {"before": before[name], "after": after[name]} for name in changed}
    return {"whole": whole}


def save_forecasts(connection: Connection, rows: Iterable[SavedForecast]) -> None:
    """Save forecasts; a later one replaces an earlier one of the same days."""
    for row in rows:
        values = row._asdict()
        statement = insert(_FORECASTS).values(values)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["made_day", "target_day"], set_=values
            )
        )


def _rows(plan: StudyPlan) -> dict[str, list[before_after.Row]]:
    return {
        "plans": [
            [
                1,
                plan.started_day,
                plan.minutes,
                plan.target,
                json.dumps(plan.weekdays_off),
                json.dumps(plan.scope),
            ]
        ],
        "plan_interviews": [
            [interview.day, interview.title]
            for interview in sorted(plan.interviews, key=_day)
        ],
        "plan_notes": [
            [interview.day, interview.note]
            for interview in sorted(plan.interviews, key=_day)
            if interview.note
        ],
        "plan_days_off": [[day] for day in sorted(set(plan.dates_off))],
        "plan_weights": [[deck, weight] for deck, weight in sorted(plan.weights)],
        "plan_tasks": [
            [
                task.name,
                index,
                task.kind,
                task.title,
                task.minutes,
                task.day,
                task.done_day,
            ]
            for index, task in enumerate(plan.tasks)
        ],
    }


def _day(interview: Interview) -> int:
    return interview.day
