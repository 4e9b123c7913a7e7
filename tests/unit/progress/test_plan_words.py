"""A plan says in sentences that hold what it comes to, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.progress.plan import text
from flashcards.progress.plan.feasibility import (
    Feasibility,
    measure_feasibility,
)
from tests.unit.progress.conftest import TODAY, MakeState


def found(state: object, **changes: object) -> Feasibility:
    base = Feasibility(0.78, 0.85, 15, 18.2, True, ())
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_plan_on_track_says_so(make_state: MakeState) -> None:
    told = text.verdict(make_state(days=14), found(0, readiness=0.86), TODAY - 1)

    assert told == "On track: 86% on Tue, Feb 2 with 15 minutes a day."


def test_a_plan_that_falls_short_says_what_would_do(make_state: MakeState) -> None:
    state = make_state(days=14)

    assert text.verdict(state, found(state, drop=("applied",)), TODAY - 1) == (
        "78% on the day with 15 minutes. 85% needs 19 minutes, or leave out Applied."
    )
    assert text.verdict(state, found(state, is_exact=False), TODAY - 1) == (
        "78% on the day with 15 minutes. 85% needs about 19 minutes."
    )


def test_missed_days_bring_a_new_plan_and_no_blame(make_state: MakeState) -> None:
    state = make_state(days=14)
    late = replace(state, plan=replace(state.plan, started_day=TODAY - 10))

    assert text.verdict(late, found(state), TODAY - 5) == (
        "You were away 4 days. The plan now ends with 78%; 19 minutes a day bring back 85."
    )
    assert text.verdict(late, found(state, readiness=0.9), TODAY - 5) == (
        "You were away 4 days. The plan still ends with 90%."
    )
    rested = replace(late.plan, dates_off=tuple(range(TODAY - 4, TODAY)))
    assert text.missed_days(rested, TODAY, TODAY - 5) == 0


def test_a_plan_out_of_reach_says_how_much_there_is_time_for(
    make_state: MakeState,
) -> None:
    state = make_state(cards=1000, days=2, minutes=15)
    result = measure_feasibility(state)
    assert result is not None

    told = text.verdict(state, result, TODAY - 1)

    assert told == (
        f"{round(result.readiness * 100)}% on Thu, Jan 21 with 15 minutes a day. 85% is out "
        "of reach in 2 days, even with 120 minutes a day. There is time for about 31 of the "
        "1,000 new cards; the most important come first."
    )


def test_the_day_before_without_a_card_seen_is_no_day_of_rest(
    make_state: MakeState,
) -> None:
    late = make_state(cards=1000, days=1, minutes=15)
    idle = make_state(cards=1000, days=1, minutes=0)

    assert text.verdict(late, found(late), TODAY - 1) == (
        "Tomorrow is the day, and no card was seen yet. There is time for about 15 of the "
        "1,000 new cards; the most important come first."
    )
    assert text.verdict(idle, found(idle), TODAY - 1) == (
        "Tomorrow is the day, and no card was seen yet. There is time for none of the "
        "1,000 new cards."
    )


def test_where_all_was_seen_and_the_target_is_far_no_new_cards_are_spoken_of(
    make_state: MakeState,
) -> None:
    state = make_state(cards=1000, seen=1000, days=2, minutes=15, stability=0.2)
    result = measure_feasibility(state)
    assert result is not None

    told = text.verdict(state, result, TODAY - 1)

    assert "out of reach in 2 days" in told
    assert told.endswith("The most important cards come first.")


def test_no_minutes_and_no_days_are_reported_as_they_are(make_state: MakeState) -> None:
    idle = make_state(minutes=0)
    off = make_state(days=4, weekdays_off=(0, 1, 2, 3, 4, 5, 6))
    result = measure_feasibility(idle)
    assert result is not None

    assert text.verdict(idle, result, TODAY - 1).startswith(
        "0% on the day with 0 minutes. 85% needs "
    )
    assert text.verdict(off, found(off, readiness=0.0), TODAY - 1) == (
        "Every day until Sat, Jan 23 is a day off; the plan ends with 0%."
    )


def test_the_day_before_is_for_the_weakest_and_for_sleep(
    make_state: MakeState,
) -> None:
    state = make_state(cards=24, seen=24, stability=0.5, days=1)
    firm = make_state(seen=60, stability=900, days=1)
    one = make_state(cards=1, seen=1, stability=0.5, days=1)

    assert text.verdict(state, found(state), TODAY - 1) == (
        "Tomorrow is the day. 5 minutes on your 24 weakest, then sleep."
    )
    assert text.verdict(firm, found(firm), TODAY - 1) == (
        "Tomorrow is the day. What you learnt will hold: rest, and sleep well."
    )
    assert text.verdict(one, found(one), TODAY - 1) == (
        "Tomorrow is the day. 1 minute on your weakest card, then sleep."
    )


def test_the_day_before_speaks_of_the_new_cards_that_its_minutes_hold(
    make_state: MakeState,
) -> None:
    weak = make_state(cards=40, seen=24, stability=0.5, days=1)
    firm = make_state(cards=40, seen=24, stability=900, days=1)
    short = make_state(cards=40, seen=24, stability=0.5, days=1, minutes=5)

    assert text.verdict(weak, found(weak), TODAY - 1) == (
        "Tomorrow is the day. 5 minutes on your 24 weakest, then new ones, then sleep."
    )
    assert text.verdict(firm, found(firm), TODAY - 1) == (
        "Tomorrow is the day. What you learnt will hold: look at new cards, or rest."
    )
    assert text.verdict(short, found(short), TODAY - 1) == (
        "Tomorrow is the day. 5 minutes on your 24 weakest, then sleep."
    )


def test_a_few_seconds_of_study_are_a_minute_and_not_none() -> None:
    plan = StudyPlan(TODAY, (Interview(TODAY + 9),))

    week = text.week_of(plan, TODAY, {TODAY: (2, 9.0)}, None)

    assert [day.done_minutes for day in week if day.done_reviews] == [1]
    assert sum(day.done_minutes for day in week) == 1


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (None, "There is no plan yet. Set the date of an interview to make one."),
        (StudyPlan(TODAY), "The plan has no date yet. Set the date of an interview."),
        (StudyPlan(TODAY - 9, (Interview(TODAY),)), "Today is the day. Good luck."),
        (
            StudyPlan(TODAY - 9, (Interview(TODAY - 1),)),
            "How did it go? Note what was asked.",
        ),
        (
            StudyPlan(TODAY, (Interview(TODAY + 9),), scope=("applied/none",)),
            (
                "The plan has no cards: none of applied/none counts. "
                "Change its scope or its weights."
            ),
        ),
    ],
)
def test_without_cards_or_a_date_the_plan_says_why(
    plan: StudyPlan | None, told: str
) -> None:
    assert text.without_cards(plan, TODAY) == told
