"""Tasks of a plan are on study days."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.study_plan import Interview, StudyPlan, Task
from flashcards.progress.plan.edits import (
    restarted,
    suggest_tasks,
    with_interview_day,
    with_interview_moved,
    with_interviews,
    with_suggested_tasks,
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
    assert names == ["quiz-1", "quiz-2", "quiz-3"]
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
    ]


@given(DAYS, st.sets(DAYS), st.integers(TODAY, INTERVIEW - 1))
def test_no_open_task_is_ever_overdue(day: int, off: set[int], today: int) -> None:
    plan = plan_of(task(day), off)

    (due,) = plan.tasks_on(today)

    assert due.day is not None
    assert due.day >= today
    if day >= today:
        assert due.day == day
    elif plan.study_days(today, INTERVIEW):
        assert not plan.is_off(due.day)
        assert not plan.study_days(today, due.day)


def days_done(plan: StudyPlan, today: int, quiz_days: list[int]) -> list[int | None]:
    return [task.done_day for task in plan.tasks_on(today, quiz_days)]


def test_a_finished_quiz_does_the_first_quiz_task_of_its_week() -> None:
    plan = with_suggested_tasks(StudyPlan(TODAY, (Interview(INTERVIEW),)), TODAY)
    assert [task.day for task in plan.tasks] == [103, 110, 117]

    assert days_done(plan, 101, [101]) == [101, None, None]
    assert days_done(plan, 101, [101, 101]) == [101, None, None]
    assert days_done(plan, 112, [105, 112]) == [105, 112, None]
    assert days_done(plan, 112, [112, 112]) == [112, 112, None]
    assert days_done(plan, 104, [104, 104]) == [104, 104, None]


def test_a_quiz_task_that_was_marked_as_done_uses_up_the_quiz_of_that_day() -> None:
    plan = with_suggested_tasks(StudyPlan(TODAY, (Interview(INTERVIEW),)), TODAY)
    first, *others = plan.tasks
    plan = replace(plan, tasks=(replace(first, done_day=104), *others))

    assert days_done(plan, 104, [104]) == [104, None, None]
    assert days_done(plan, 104, [104, 104]) == [104, 104, None]


def test_a_quiz_does_no_task_of_another_kind() -> None:
    reading = Task("read-1", "read", "Rules of ML", 30, TODAY)
    plan = StudyPlan(TODAY, (Interview(INTERVIEW),), tasks=(reading,))

    assert plan.tasks_on(TODAY, [TODAY]) == (reading,)


def test_tasks_follow_an_interview_that_moves() -> None:
    reading = Task("read-1", "read", "Rules of ML", 30, 118)
    plan = StudyPlan(TODAY, (Interview(INTERVIEW),), tasks=(reading,))
    plan = with_suggested_tasks(plan, TODAY)

    earlier = with_interview_day(plan, 112, 101)
    later = with_interviews(plan, [130], 101)

    assert [(task.name, task.day) for task in earlier.tasks] == [
        ("read-1", 111),
        ("quiz-1", 103),
        ("quiz-2", 110),
    ]
    assert [task.day for task in later.tasks] == [118, 103, 110, 117, 124]
    back = with_interview_moved(with_interview_moved(plan, -1, 101), 1, 101)
    assert [task.day for task in back.tasks if task.kind == "quiz"] == [103, 110, 117]


def test_a_plan_without_suggested_tasks_gets_none_when_its_date_moves() -> None:
    plan = StudyPlan(TODAY, (Interview(INTERVIEW),))

    assert with_interview_day(plan, INTERVIEW + 30, TODAY).tasks == ()
