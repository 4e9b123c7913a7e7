"""A quiz task of the plan is done by a quiz with enough answers, and undone with them."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Scope
from flashcards.domain.study_plan import Interview, StudyPlan, Task
from flashcards.errors import UsageError
from tests.helpers import FixedClock
from tests.unit.study.answering_quizzes import play, quiz


@pytest.fixture
def planned(quizzes: Collection) -> Collection:
    today = quizzes.moment().day
    task = Task("quiz-1", "quiz", "Quiz on the weakest deck", 15, today)
    plan = StudyPlan(today, (Interview(today + 20),), tasks=(task,))
    quizzes.plan.save(plan, "Made a plan")
    return quizzes


def answer(session: object, number: int) -> None:
    for _ in range(number):
        play(session)  # type: ignore[arg-type]


def is_done(collection: Collection) -> bool:
    plan, today = collection.reader.plan.load(), collection.moment().day
    assert plan is not None
    (task,) = collection.reader.plan.tasks(plan, today)
    assert (collection.figures.next_task() is None) == (task.done_day is not None)
    return task.done_day is not None


def test_the_last_answer_does_the_task_and_its_undo_opens_it_again(
    planned: Collection,
) -> None:
    session = quiz(planned, count=10)
    size = session.progress.cards_left
    answer(session, size - 1)
    assert not is_done(planned)
    answer(session, 1)
    assert is_done(planned)

    with pytest.raises(UsageError, match="Undo its answers to reopen it"):
        planned.plan.toggle_task("quiz-1")
    planned.store().undo(("review",), planned.moment())
    assert not is_done(planned)


def test_a_shorter_quiz_does_not_do_the_task(planned: Collection) -> None:
    answer(quiz(planned, count=3), 3)

    assert not is_done(planned)


def test_all_questions_of_a_small_deck_do_the_task(planned: Collection) -> None:
    scope = Scope(topics=("systems",))
    answer(quiz(planned, count=10, scope=scope), 3)

    assert is_done(planned)


def test_a_task_not_done_today_is_due_tomorrow(
    planned: Collection, clock: FixedClock
) -> None:
    clock.forward(days=5)
    task = planned.figures.next_task()

    assert task is not None
    assert task.day == planned.moment().day
