"""The day before an interview, its day, and the days after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.collection.interview_text import (
    available_text,
    follow_up_text,
    interview_day_text,
)
from flashcards.collection.session_text import left_today_text
from flashcards.domain.cards import Rating
from flashcards.domain.study_plan import Interview, NearInterviews, StudyPlan
from tests.conftest import OpenCollection
from tests.helpers import FixedClock, deck

SIXTY = deck(
    "deck: drift/types\ntitle: Drift\nnotes:\n"
    + "\n".join(
        f"  - {{id: d-{n}, front: Question {n}?, back: Answer {n}}}" for n in range(60)
    )
)
DAYS = 6


@pytest.fixture
def sixty(open_collection: OpenCollection, tmp_path: Path) -> Collection:
    path = tmp_path / "sixty.yaml"
    path.write_bytes(SIXTY)
    collection = open_collection()
    collection.store()
    collection.importing.import_files([path])
    return collection


@pytest.fixture
def plan(sixty: Collection) -> StudyPlan:
    today = sixty.moment().day
    plan = StudyPlan(today, (Interview(today + DAYS, "bank"),), minutes=15)
    sixty.plan.save(plan, "Made a plan")
    return plan


def study(
    collection: Collection, clock: FixedClock, rating: Rating, minutes: float | None
) -> int:
    session = collection.sessions.start_review(minutes=minutes)
    answers = 0
    while session.current is not None:
        clock.forward(seconds=8)
        session.reveal()
        session.rate(rating)
        answers += 1
    session.leave()
    return answers


def study_until_the_day_before(collection: Collection, clock: FixedClock) -> None:
    for _ in range(DAYS - 1):
        study(collection, clock, Rating.HARD, None)
        clock.at = collection.moment().day_ends_at + 1


def test_the_day_before_is_about_the_weakest_cards_and_ten_minutes(
    sixty: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    study_until_the_day_before(sixty, clock)

    today = sixty.figures.overview()
    view = sixty.plan.view()

    assert 0 < today.seconds <= 10 * 60 + 30
    assert today.counts.new == 0
    assert today.left.total == today.counts.review + today.counts.learning
    sentence = interview_day_text(today)
    minutes = round(today.seconds / 60)
    assert sentence == (
        f"Your interview is tomorrow. {minutes} minutes on your "
        f"{today.left.total} weakest cards, then rest."
    )
    assert view is not None
    assert view.sentence == sentence
    assert view.work_today is not None
    assert view.work_today.cards.total == today.left.total
    assert {day.day: day.planned_minutes for day in view.week}[today.day] == 10


def test_the_weakest_cards_of_the_day_before_come_first(
    sixty: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    study_until_the_day_before(sixty, clock)
    day = sixty.moment().day

    session = sixty.sessions.start_review(minutes=None)
    losses = []
    while session.current is not None:
        memory = session.current.row.memory
        assert memory.stability is not None
        assert memory.last_day is not None
        if memory.last_day < day:
            losses.append((day + 1 - memory.last_day) / memory.stability)
        clock.forward(seconds=8)
        session.reveal()
        session.rate(Rating.GOOD)
    session.leave()

    assert len(losses) > 1
    assert losses == sorted(losses, reverse=True)
    today = sixty.figures.overview()
    assert today.left.total == 0
    assert interview_day_text(today) == "Your interview is tomorrow. Now rest."
    assert left_today_text(today, None) == "Your interview is tomorrow."


def test_a_plan_made_on_the_day_before_may_use_all_its_minutes_for_new_cards(
    sixty: Collection,
) -> None:
    day = sixty.moment().day
    sixty.plan.save(StudyPlan(day, (Interview(day + 1),), minutes=15), "Made a plan")

    today = sixty.figures.overview()

    assert today.counts.new == today.left.total > 0
    assert today.seconds > 13 * 60
    assert interview_day_text(today) == (
        f"Your interview is tomorrow. 15 minutes on {today.left.total} new cards, "
        "then rest."
    )


def test_the_day_before_may_be_a_day_off(
    sixty: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    sixty.plan.save(replace(plan, dates_off=(plan.started_day + DAYS - 1,)), "Day off")
    study_until_the_day_before(sixty, clock)

    today = sixty.figures.overview()

    assert today.left.total == 0
    assert interview_day_text(today) == (
        "Your interview is tomorrow. Today is a day off: rest."
    )


def test_nothing_is_due_on_the_day_but_reviews_are_available(
    sixty: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    study_until_the_day_before(sixty, clock)
    clock.at = sixty.moment().day_ends_at + 1

    today = sixty.figures.overview()

    assert today.left.total == today.left.waiting == 0
    assert all(area.counts.total == 0 for area in today.areas)
    assert sixty.sessions.start_review(minutes=None).current is None
    assert sixty.figures.backlog() is None
    assert interview_day_text(today) == left_today_text(today, None)
    assert interview_day_text(today) == "Good luck today."
    assert today.available > 0
    assert available_text(today).startswith(f"{today.available} cards are available")
    assert study(sixty, clock, Rating.GOOD, 15) > 0
    assert sixty.figures.overview().left.total == 0


def test_an_interview_day_before_another_one_asks_for_nothing_either(
    sixty: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    day = plan.started_day + DAYS
    two = replace(plan, interviews=(Interview(day), Interview(day + 1)))
    sixty.plan.save(two, "Changed the plan")
    study_until_the_day_before(sixty, clock)
    clock.at = sixty.moment().day_ends_at + 1

    today, view = sixty.figures.overview(), sixty.plan.view()

    assert (today.left.total, today.left.waiting) == (0, 0)
    assert sixty.sessions.start_review(minutes=None).current is None
    assert view is not None
    assert view.sentence == "Good luck today."
    assert view.work_today is not None
    assert view.work_today.line == "Nothing is due today."


def test_the_day_after_asks_how_it_went_until_a_note_is_saved(
    sixty: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    clock.forward(days=DAYS + 1)

    today = sixty.figures.overview()
    assert follow_up_text(today) == "How did it go yesterday?"
    assert interview_day_text(today) == ""
    assert today.left.total > 0

    sixty.plan.save_note(today.interviews.without_note, "Two designs, one on drift.")

    saved = sixty.reader.plan.load()
    assert saved is not None
    (interview,) = saved.interviews
    assert interview == Interview(
        plan.started_day + DAYS, "bank", "Two designs, one on drift."
    )
    assert follow_up_text(sixty.figures.overview()) == ""
    undone = sixty.store().undo(["plan"], sixty.moment())
    assert undone is not None
    assert undone.label == "Added a note"
    assert sixty.reader.plan.load() == plan


def test_a_plan_knows_the_interviews_of_these_days() -> None:
    first, second = Interview(100), Interview(102, "bank")
    plan = StudyPlan(90, (first, second))

    assert plan.near_interviews(98) == NearInterviews()
    assert plan.near_interviews(99) == NearInterviews(None, first, None)
    assert plan.near_interviews(100) == NearInterviews(first, None, None)
    assert plan.near_interviews(101) == NearInterviews(None, second, first)
    assert plan.near_interviews(102) == NearInterviews(second, None, first)
    assert plan.near_interviews(109) == NearInterviews(None, None, second)
    assert plan.near_interviews(110) == NearInterviews()


def test_more_cards_on_the_day_before_bring_no_new_cards_of_the_day(
    sixty: Collection, clock: FixedClock
) -> None:
    day = sixty.moment().day
    sixty.plan.save(StudyPlan(day, (Interview(day + 2),), minutes=1), "Made a plan")
    first = sixty.sessions.start_review(minutes=None)
    first.reveal()
    first.rate(Rating.AGAIN)
    first.leave()
    clock.forward(days=1)
    study(sixty, clock, Rating.GOOD, None)
    assert sixty.figures.overview().left.total == 0

    more = sixty.sessions.start_more()
    more.reveal()
    more.rate(Rating.AGAIN)
    more.leave()

    assert sixty.figures.overview().left.total == 0
