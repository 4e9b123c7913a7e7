"""The store saves a plan exactly, undoes its changes, and migrates older stores."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flashcards.domain.study_plan import Interview, SavedForecast, StudyPlan, Task
from flashcards.store.database import schema_statements
from flashcards.store.reader import Reader
from flashcards.store.steps.add_plan_tables import add_plan
from flashcards.store.store import Store
from tests.examples import scale_examples
from tests.helpers import FixedClock
from tests.unit.store.older import drop_origins, drop_plan_notes

DAY = 739_000
WORD = st.text("abcdefgh-", min_size=1, max_size=8)
DAYS = st.integers(DAY, DAY + 400)

plans = st.builds(
    StudyPlan,
    started_day=DAYS,
    interviews=st.sets(DAYS, max_size=3).map(
        lambda days: tuple(
            Interview(day, "bank", "Two designs." if day % 2 else "")
            for day in sorted(days)
        )
    ),
    minutes=st.integers(0, 600),
    target=st.floats(0.5, 1.0),
    weekdays_off=st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    dates_off=st.sets(DAYS, max_size=5).map(lambda days: tuple(sorted(days))),
    scope=st.lists(WORD, max_size=3, unique=True).map(tuple),
    weights=st.dictionaries(WORD, st.floats(0, 10), max_size=4).map(
        lambda weights: tuple(sorted(weights.items()))
    ),
    tasks=st.lists(
        st.builds(
            Task,
            name=WORD,
            kind=st.sampled_from(["read", "watch", "mock", "quiz"]),
            title=WORD,
            minutes=st.integers(0, 90),
            day=st.none() | DAYS,
            done_day=st.none() | DAYS,
        ),
        max_size=4,
        unique_by=lambda task: task.name,
    ).map(tuple),
)


@hypothesis_settings(
    max_examples=scale_examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=plans, second=plans | st.none())
def test_a_plan_is_saved_exactly_and_undo_restores_the_old_one(
    tmp_path: Path, first: StudyPlan, second: StudyPlan | None
) -> None:
    path = tmp_path / "flashcards.db"
    now = FixedClock().moment()
    with Store.open(path) as store, Reader(path) as reader:
        store.save_plan(first, label="Set the plan", moment=now)
        assert reader.plan.load() == first
        store.save_plan(second, label="Change the plan", moment=now)
        assert reader.plan.load() == second

        undone = store.undo(["plan"], now)

        assert undone is not None
        assert undone.label == "Change the plan"
        assert reader.plan.load() == first
        store.redo(["plan"], now)
        assert reader.plan.load() == second
        while store.undo(["plan"], now):
            pass
        assert reader.plan.load() is None


def test_a_later_forecast_of_the_same_day_replaces_the_first(
    tmp_path: Path,
) -> None:
    path = tmp_path / "flashcards.db"
    row = SavedForecast(DAY, DAY + 14, 0.8, 0.7, 0.9, 15, 100, False)
    better = row._replace(readiness=0.82, low=0.75, is_full=True)
    with Store.open(path) as store, Reader(path) as reader:
        store.save_forecasts([row, row._replace(target_day=DAY + 7)])
        store.save_forecasts([better])

        assert reader.plan.forecasts() == [row._replace(target_day=DAY + 7), better]


def test_the_step_creates_the_tables_of_the_model() -> None:
    stepped, made = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    add_plan(stepped)
    for statement in schema_statements():
        made.execute(statement)
    columns = "SELECT * FROM pragma_table_info(?)"
    tables = [
        row[0]
        for row in stepped.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
    ]

    assert tables
    for name in tables:
        found = stepped.execute(columns, (name,)).fetchall()
        assert found == made.execute(columns, (name,)).fetchall()
    stepped.close()
    made.close()


def test_an_older_store_gets_the_tables_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "flashcards.db"
    Store.open(path).close()
    old = sqlite3.connect(path)
    for table in (
        "plans",
        "plan_interviews",
        "plan_days_off",
        "plan_weights",
        "plan_tasks",
        "forecasts",
        "anchors",
        "store_identity",
    ):
        old.execute(f"DROP TABLE {table}")
    drop_origins(old)
    old.execute("PRAGMA user_version = 2")
    old.commit()
    old.close()

    plan = StudyPlan(DAY, (Interview(DAY + 3),))
    with Store.open(path) as store, Reader(path) as reader:
        store.save_plan(plan, label="Set", moment=FixedClock().moment())

        assert reader.plan.load() == replace(plan)


def test_a_change_of_the_plan_from_before_notes_is_undone_in_a_migrated_store(
    tmp_path: Path,
) -> None:
    path = tmp_path / "flashcards.db"
    now = FixedClock().moment()
    first, second = (
        StudyPlan(DAY, (Interview(DAY + days, "bank"),)) for days in (3, 4)
    )
    with Store.open(path) as store:
        store.save_plan(first, label="Made a plan", moment=now)
        store.save_plan(second, label="Changed the plan", moment=now)
    old = sqlite3.connect(path)
    drop_plan_notes(old)
    old.execute("PRAGMA user_version = 9")
    old.commit()
    old.close()

    with Store.open(path) as store, Reader(path) as reader:
        assert reader.plan.load() == second
        noted = replace(second, interviews=(Interview(DAY + 4, "bank", "Hard."),))
        store.save_plan(noted, label="Added a note", moment=now)
        assert reader.plan.load() == noted
        store.undo(["plan"], now)
        assert reader.plan.load() == second
        store.undo(["plan"], now)
        assert reader.plan.load() == first
