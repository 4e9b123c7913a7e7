"""Tasks of a plan are on study days."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.study_plan import Interview, StudyPlan, Task
from flashcards.progress.plan.edits import (
    restarted,
    suggest_tasks,
    with_tasks_on_study_days,
)

TODAY, INTERVIEW = 100, 121
DAYS = st.integers(TODAY - 5, INTERVIEW + 5)


def task(day: int | None, done: int | None = None) -> Task:
    return Task("quiz-1", "quiz", "Quiz", 15, day, done)


def plan_of(task_of_plan: Task, off: set[int]) -> StudyPlan:
    return StudyPlan(
        TODAY,
        (Interview(INTERVIEW),),
        dates_off=tuple(sorted(off)),
        tasks=(task_of_plan,),
    )


@given(DAYS, st.sets(DAYS))
def test_a_task_ahead_is_never_on_a_day_off_if_a_study_day_is_left(
    day: int, off: set[int]
) -> None:
    plan = plan_of(task(day), off)

    moved = with_tasks_on_study_days(plan, TODAY).tasks[0].day

    assert moved is not None
    is_ahead = TODAY <= day < INTERVIEW
    if is_ahead and plan.study_days(TODAY, INTERVIEW):
        assert not plan.is_off(moved)
        assert TODAY <= moved < INTERVIEW
    if not is_ahead or day not in off:
        assert moved == day


def test_a_task_moves_to_the_next_study_day_or_to_the_last_one() -> None:
    def moved(day: int, off: set[int]) -> int | None:
        return with_tasks_on_study_days(plan_of(task(day), off), TODAY).tasks[0].day

    assert moved(105, {105, 106}) == 107
    assert moved(119, {119, 120}) == 118
    assert moved(105, set(range(TODAY, INTERVIEW))) == 105


def test_tasks_done_or_without_a_day_do_not_move() -> None:
    for unmoved in (task(105, done=105), task(None)):
        assert with_tasks_on_study_days(plan_of(unmoved, {105}), TODAY).tasks == (
            unmoved,
        )


def test_a_restarted_plan_drops_overdue_tasks_and_numbers_new_ones_on() -> None:
    first = StudyPlan(TODAY, (Interview(INTERVIEW),))
    names = [suggested.name for suggested in suggest_tasks(first, TODAY)]
    assert names == ["quiz-1", "mock-1", "quiz-2", "mock-2", "quiz-3", "mock-3"]
    done, *others = suggest_tasks(first, TODAY)
    done = replace(done, done_day=TODAY)
    reading = Task("read-1", "read", "Rules of ML")
    later = INTERVIEW + 40

    over = replace(first, tasks=(done, *others, reading))
    restarted_plan = replace(
        restarted(over, later), interviews=(*over.interviews, Interview(later + 8))
    )

    assert restarted_plan.tasks == (done, reading)
    assert [suggested.name for suggested in suggest_tasks(restarted_plan, later)] == [
        "quiz-2",
        "mock-2",
    ]
