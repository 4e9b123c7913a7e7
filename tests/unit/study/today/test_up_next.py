"""What is next after today: tomorrow's cards, the backlog, and the first day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.domain.study_plan import Interview, StudyPlan, Task, list_open_tasks
from flashcards.study.today.backlog import find_clear_day
from tests.conftest import OpenCollection
from tests.helpers import FixedClock, deck

SIXTY = deck(
    "deck: drift/types\ntitle: Drift\nnotes:\n"
    + "\n".join(
        f"  - {{id: d-{n}, front: Question {n}?, back: Answer {n}}}" for n in range(60)
    )
)


@pytest.fixture
def sixty(open_collection: OpenCollection, tmp_path: Path) -> Collection:
    path = tmp_path / "sixty.yaml"
    path.write_bytes(SIXTY)
    collection = open_collection()
    collection.store()
    collection.importing.import_files([path])
    return collection


def study(collection: Collection, clock: FixedClock, rating: Rating) -> None:
    start = clock.at
    session = collection.sessions.start_review()
    while session.current is not None:
        clock.forward(seconds=10)
        session.reveal()
        session.rate(rating)
    session.leave()
    clock.at = start


def plan_for(collection: Collection, days: int, **changes: object) -> StudyPlan:
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + days),), minutes=5)
    changed = replace(plan, **changes)  # type: ignore[arg-type]
    collection.plan.save(changed, "Made a plan")
    return changed


def test_the_plan_predicts_the_cards_of_tomorrow(
    sixty: Collection, clock: FixedClock
) -> None:
    plan_for(sixty, 20)
    study(sixty, clock, Rating.GOOD)

    after = sixty.figures.up_next()

    clock.forward(days=1)
    tomorrow = sixty.figures.overview()
    assert after.counts == tomorrow.counts
    assert after.seconds == tomorrow.seconds > 0


def test_a_day_off_and_the_interview_day_have_no_cards(sixty: Collection) -> None:
    today = sixty.moment().day
    plan_for(sixty, 20, dates_off=(today + 1,))
    off = sixty.figures.up_next()
    plan_for(sixty, 1)
    eve = sixty.figures.up_next()

    assert (off.is_off, off.counts.total) == (True, 0)
    assert (eve.is_off, eve.counts.total) == (False, 0)
    assert eve.interview == Interview(today + 1)


def test_the_next_task_is_the_first_open_one_within_a_week(sixty: Collection) -> None:
    today = sixty.moment().day
    tasks = (
        Task("far", "read", "Far", 0, today + 8),
        Task("later", "mock", "Later", 40, today + 5),
        Task("done", "quiz", "Done", 15, today + 1, done_day=today),
        Task("undated", "read", "Undated"),
    )
    plan = plan_for(sixty, 20, tasks=tasks)

    assert sixty.figures.next_task() == tasks[1]
    assert sixty.figures.up_next().task == tasks[1]
    assert list_open_tasks(plan.tasks, today + 8) == (tasks[1], tasks[0])
    sixty.plan.save(None, "Cleared the plan")
    assert sixty.figures.next_task() is None


def test_cards_beyond_the_minutes_of_a_day_are_a_backlog(
    open_collection: OpenCollection, sixty: Collection, clock: FixedClock
) -> None:
    study(sixty, clock, Rating.GOOD)
    assert sixty.figures.backlog() is None
    clock.forward(days=20)
    short = open_collection(
        Settings(
            timezone="UTC", minutes=3, scheduling=replace(DeckOptions(), new_per_day=0)
        )
    )

    waiting = short.figures.backlog()

    assert waiting is not None
    assert waiting.cards == 60
    assert waiting.minutes == 3
    a_day = int(3 * 60 / short.pace.review)
    assert waiting.clear_day == short.moment().day + -(-60 // a_day) - 1
    plan_for(short, 20)
    assert short.figures.backlog() is None


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20), st.integers(1, 5))
def test_the_clear_day_agrees_with_a_day_by_day_count(
    due: list[int], a_day: int
) -> None:
    cards_left, then = due[0], 0
    while cards_left > a_day:
        then += 1
        cards_left = cards_left - a_day + (due[then] if then < len(due) else 0)

    assert find_clear_day(dict(enumerate(due)), 0, a_day) == then


def test_a_growing_backlog_has_no_clear_day() -> None:
    assert find_clear_day(dict.fromkeys(range(400), 3), 0, 2) is None


def test_the_first_day_ends_with_the_first_answer(
    sixty: Collection, clock: FixedClock
) -> None:
    ready = sixty.figures.welcome()

    assert ready is not None
    assert (ready.notes, len(ready.titles), ready.questions) == (60, 1, 2)
    assert ready.seconds == 2 * sixty.pace.new
    session = sixty.sessions.start_diagnostic()
    assert sixty.figures.unfinished_diagnostic() == 0
    session.reveal()
    session.rate(Rating.GOOD)
    session.leave()
    assert sixty.figures.welcome() is None
    assert sixty.figures.unfinished_diagnostic() == 1
    clock.forward(days=15)
    assert sixty.figures.unfinished_diagnostic() == 0


def test_without_new_cards_there_is_no_welcome(
    open_collection: OpenCollection,
) -> None:
    collection = open_collection()
    collection.store()

    assert collection.figures.welcome() is None
