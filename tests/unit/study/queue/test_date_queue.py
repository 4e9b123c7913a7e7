"""Before an interview the queue follows the plan: order, minutes, siblings, days off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Memory, QueueCard, Rating, Scope, State
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.scheduling.date_policy import Costs
from flashcards.study.queue.card_seconds import CardSeconds
from flashcards.study.queue.daily_load import DailyLoad
from flashcards.study.queue.date_queue import (
    DateCards,
    build_date_queue,
    build_situation,
)
from flashcards.study.queue.day_budget import DayBudget
from flashcards.study.queue.pace import Pace
from tests.helpers import FixedClock

DAY = 10
PLAN = StudyPlan(
    started_day=0,
    interviews=(Interview(20),),
    minutes=1,
    weights=(("b", 2.0), ("z", 0.0)),
)


def card(
    number: int, note: int = 0, deck: int = 1, **memory: float | None
) -> QueueCard:
    seen = bool(memory)
    last = memory.get("last")
    return QueueCard(
        card_id=number,
        note_id=note or number,
        deck_id=deck,
        state=int(State.REVIEW if seen else State.NEW),
        due_day=50 if seen else None,
        due_at=None,
        last_day=None if last is None else int(last),
        stability=memory.get("s"),
        position=number,
    )


VECTOR = [
    card(1, deck=2),
    card(2),
    card(3, s=0.284206, last=9),
    card(4, s=2.3065, last=6),
    card(5, s=8.2956, last=2),
    card(6, deck=2, s=30.0, last=4),
    card(7, s=2.3065, last=10),
]
"""The seven notes of the reference day, numbered from 1."""
DIFFICULTIES = {3: 6.390941, 4: 2.111214, 5: 1.0, 6: 5.0, 7: 2.111214}


def line(
    cards: list[QueueCard],
    *,
    plan: StudyPlan = PLAN,
    day: int = DAY,
    minutes: float = 100,
    seen: dict[int, set[int]] | None = None,
    difficulties: dict[int, float] = DIFFICULTIES,
) -> list[int]:
    today = DateCards((), cards, difficulties, {1: "a", 2: "b"}, seen or {})
    queue = build_date_queue(
        today,
        plan,
        day,
        budget=DayBudget(day, plan.minutes * 60),
        minutes=minutes,
        weights_of=lambda _: DEFAULT_WEIGHTS,
    )
    return [card.card_id for card in queue]


def test_the_order_is_that_of_the_reference_day() -> None:
    assert line(VECTOR) == [4, 3, 1, 2, 5, 6]


def test_the_order_of_the_last_pass_is_that_of_the_reference_day() -> None:
    assert line(VECTOR, day=19) == [1, 2, 3, 4, 7, 5, 6]


def test_a_sibling_and_a_note_seen_today_wait() -> None:
    cards = [card(1, note=5), card(2, note=5), card(3, note=6)]

    assert line(cards, seen={6: {3}}) == [1]


@pytest.mark.parametrize("minutes", [1, 3])
def test_the_queue_has_what_fits_and_half_as_many_in_reserve(minutes: int) -> None:
    cards = [card(number) for number in range(1, 40)]
    room = minutes * 60

    order = line(cards, minutes=minutes)

    assert (len(order) - 1) * Costs().new < room * 1.5 <= len(order) * Costs().new


def test_without_its_own_minutes_the_queue_fills_the_minutes_of_the_plan() -> None:
    cards = [card(number) for number in range(1, 40)]

    assert len(line(cards, minutes=0)) == 2
    assert line(cards, plan=replace(PLAN, minutes=0), minutes=0) == []


def test_reviews_fill_the_minutes_at_the_pace_of_the_learner() -> None:
    cards = [card(number, s=0.2, last=1) for number in range(1, 40)]
    seconds = Pace().review

    order = line(cards, minutes=0, difficulties=dict.fromkeys(range(1, 40), 5.0))

    assert (len(order) - 1) * seconds < 60 <= len(order) * seconds


def test_days_off_add_no_time_for_study() -> None:
    off = replace(PLAN, dates_off=(12, 13))

    assert build_situation(PLAN, DAY).seconds == 600
    assert build_situation(off, DAY).seconds == 480


def plan_for(collection: Collection, **changes: object) -> None:
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + 14),), minutes=15)
    collection.store().save_plan(
        replace(plan, **changes),  # type: ignore[arg-type]
        label="Set the plan",
        moment=collection.moment(),
    )


def test_a_plan_asks_one_card_of_each_note_a_day_and_all_of_them_soon(
    collection: Collection,
) -> None:
    plan_for(collection)
    session = collection.sessions.start_review()
    keys = []
    while session.current:
        keys.append(session.current.row.note_key)
        session.reveal()
        session.rate(Rating.EASY)

    assert sorted(keys) == ["m-1", "m-2", "m-3", "m-4"]


def test_the_overview_counts_the_cards_that_the_plan_asks_today(
    collection: Collection,
) -> None:
    plan_for(collection)

    overview = collection.figures.overview()

    session = collection.sessions.start_review()
    assert overview.counts.total == session.progress.cards_left
    assert overview.counts.total == sum(deck.counts.total for deck in overview.decks)


def test_a_session_of_the_plans_minutes_agrees_with_the_overview(
    collection: Collection,
) -> None:
    plan_for(collection, minutes=2)

    overview = collection.figures.overview()
    session = collection.sessions.start_review(minutes=None)

    assert session.progress.cards_left == overview.counts.total == 3
    asked_cards = []
    while session.current is not None:
        asked_cards.append(session.current.row.note_key)
        session.reveal()
        session.rate(Rating.EASY)
        assert session.progress.answers == len(asked_cards)
    assert len(asked_cards) == 3
    assert session.summarize().left.total == 0
    assert collection.figures.overview().counts.total == 0


def test_an_hour_away_counts_as_one_minute_of_the_plans_day(
    collection: Collection, clock: FixedClock
) -> None:
    plan_for(collection, minutes=3)
    session = collection.sessions.start_review()
    clock.forward(minutes=60)
    session.reveal()
    session.rate(Rating.EASY)
    session.leave()

    view = collection.plan.view()

    assert collection.figures.overview().counts.total
    assert view is not None
    assert view.work_today is not None
    assert view.work_today.cards.total == 3
    assert sum(day.done_minutes for day in view.week) == 1


def test_a_deck_outside_of_the_plan_is_reviewed_by_due_date(
    collection: Collection,
) -> None:
    plan_for(collection, weights=(("metrics", 0.0),))

    assert (
        collection.sessions.start_review(Scope(("metrics",))).progress.cards_left == 4
    )


def test_after_the_interview_cards_follow_their_due_dates(
    collection: Collection, clock: FixedClock
) -> None:
    before = collection.sessions.start_review().progress.cards_left
    plan_for(collection)
    clock.forward(days=14)

    assert collection.sessions.start_review().progress.cards_left == before


def test_the_same_answer_after_undo_gets_the_same_due_day(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review()
    while session.current:
        session.reveal()
        session.rate(Rating.EASY)
    clock.forward(days=9)
    session = collection.sessions.start_review()
    session.reveal()
    first = session.preview_ratings()
    session.rate(Rating.GOOD)
    session.undo()

    assert session.preview_ratings() == first


def test_no_card_becomes_due_on_a_day_off_while_another_day_is_in_range(
    collection: Collection,
) -> None:
    usual = (
        collection.sessions.start_review().preview_ratings()[Rating.EASY].memory.due_day
    )
    assert usual is not None

    plan_for(collection, dates_off=(usual,))

    moved = (
        collection.sessions.start_review().preview_ratings()[Rating.EASY].memory.due_day
    )
    assert moved is not None
    assert 0 < abs(moved - usual) <= 2


def test_cards_learned_together_are_spread_over_quiet_days() -> None:
    load = DailyLoad({30: 24}, CardSeconds(12))
    load.place(1, "basic", Memory(due_day=31))

    assert [load.without(2)(day) for day in (29, 30, 31)] == [0, 24, 12]
    assert load.without(1)(31) == 0


@pytest.mark.parametrize("is_off", [False, True])
def test_practice_has_every_card_on_a_finished_day_and_on_a_day_off(
    collection: Collection, *, is_off: bool
) -> None:
    today = collection.moment().day
    plan_for(collection, minutes=1, dates_off=(today,) if is_off else ())
    session = collection.sessions.start_review(minutes=None)
    while session.current is not None:
        session.reveal()
        session.rate(Rating.EASY)
    assert collection.figures.overview().counts.total == 0

    practice = collection.sessions.start_review(minutes=None, cram=True)

    assert practice.progress.cards_left == 6


def test_a_learning_step_on_a_day_off_waits_until_the_next_day(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review(minutes=15)
    session.reveal()
    session.rate(Rating.AGAIN)
    plan_for(collection, dates_off=(collection.moment().day,))

    left = collection.figures.overview().left

    assert (left.total, left.waiting, left.waiting_until) == (0, 1, None)
