"""A plan's forecast in sentences, and the messages about its problems."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.progress.plan import text, week
from flashcards.progress.plan.feasibility import (
    Feasibility,
    measure_feasibility,
)
from tests.unit.progress.conftest import TODAY, MakeState


def feasibility(state: object, **changes: object) -> Feasibility:
    base = Feasibility(0.78, 0.85, 15, 18.2, True, ())
    return replace(base, **changes)  # type: ignore[arg-type]


def test_the_sentence_of_a_plan_that_reaches_its_target(make_state: MakeState) -> None:
    sentence = text.summarize(
        make_state(days=14), feasibility(0, readiness=0.86), TODAY - 1
    )

    assert sentence == "On track: 86% on Tue, Feb 2 with 15 minutes a day."


def test_a_plan_that_falls_short_names_the_minutes_or_areas_that_would_help(
    make_state: MakeState,
) -> None:
    state = make_state(days=14)

    assert text.summarize(state, feasibility(state, drop=("applied",)), TODAY - 1) == (
        "78% on the day with 15 minutes. 85% needs 19 minutes, or leave out Applied."
    )
    assert text.summarize(state, feasibility(state, is_exact=False), TODAY - 1) == (
        "78% on the day with 15 minutes. 85% needs about 19 minutes."
    )


def test_missed_days_are_mentioned_with_what_the_plan_reaches_now(
    make_state: MakeState,
) -> None:
    state = make_state(days=14)
    late = replace(state, plan=replace(state.plan, started_day=TODAY - 10))

    assert text.summarize(late, feasibility(state), TODAY - 5) == (
        "You missed 4 days. The plan now reaches 78%; 19 minutes a day would bring it "
        "back to 85%."
    )
    assert text.summarize(late, feasibility(state, readiness=0.9), TODAY - 5) == (
        "You missed 4 days. The plan still reaches 90%."
    )
    rested = replace(late.plan, dates_off=tuple(range(TODAY - 4, TODAY)))
    assert text.count_missed_days(rested, TODAY, TODAY - 5) == 0


def test_a_target_out_of_reach_names_the_cards_there_is_time_for(
    make_state: MakeState,
) -> None:
    state = make_state(cards=1000, days=2, minutes=15)
    result = measure_feasibility(state)
    assert result is not None

    sentence = text.summarize(state, result, TODAY - 1)

    assert sentence == (
        f"{round(result.readiness * 100)}% on Thu, Jan 21 with 15 minutes a day. 85% is out "
        "of reach in 2 days, even with 120 minutes a day. There is time for about 31 of the "
        "1,000 new cards; the most important come first."
    )


def test_new_cards_are_not_mentioned_if_all_were_seen(
    make_state: MakeState,
) -> None:
    state = make_state(cards=1000, seen=1000, days=2, minutes=15, stability=0.2)
    result = measure_feasibility(state)
    assert result is not None

    sentence = text.summarize(state, result, TODAY - 1)

    assert "out of reach in 2 days" in sentence
    assert sentence.endswith("The most important cards come first.")


def test_plans_without_minutes_or_study_days_say_what_they_reach(
    make_state: MakeState,
) -> None:
    idle = make_state(minutes=0)
    off = make_state(days=4, weekdays_off=(0, 1, 2, 3, 4, 5, 6))
    result = measure_feasibility(idle)
    assert result is not None

    assert text.summarize(idle, result, TODAY - 1).startswith(
        "0% on the day with 0 minutes. 85% needs "
    )
    assert text.summarize(off, feasibility(off, readiness=0.0), TODAY - 1) == (
        "Every day until Sat, Jan 23 is a day off. The plan reaches 0%."
    )


def test_a_few_seconds_of_study_count_as_one_minute() -> None:
    plan = StudyPlan(TODAY, (Interview(TODAY + 9),))

    days = week.build_week(plan, TODAY, {TODAY: (2, 9.0)}, None)

    assert [day.done_minutes for day in days if day.done_reviews] == [1]
    assert sum(day.done_minutes for day in days) == 1


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (None, "There is no plan yet. Set the date of an interview to create one."),
        (StudyPlan(TODAY), "The plan has no date yet. Set the date of an interview."),
        (
            StudyPlan(TODAY - 9, (Interview(TODAY - 1),)),
            "How did it go? Note what you were asked.",
        ),
        (
            StudyPlan(TODAY - 9, (Interview(TODAY - 1, "", "Two designs."),)),
            "The interview is over. Set the date of the next one.",
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
def test_without_cards_or_a_date_the_sentence_says_why(
    plan: StudyPlan | None, sentence: str
) -> None:
    assert text.explain_missing_forecast(plan, TODAY) == sentence


def test_a_plan_well_ahead_of_its_target_offers_fewer_minutes(
    make_state: MakeState,
) -> None:
    state = make_state(days=14)
    ahead = feasibility(state, readiness=0.97, low=0.9, needed_minutes=7.2)

    assert text.summarize(state, ahead, TODAY - 1) == (
        "On track: 97% on Tue, Feb 2 with 15 minutes a day. "
        "8 minutes a day would be enough for 85%."
    )
    for close in (replace(ahead, low=0.8), replace(ahead, needed_minutes=13)):
        assert text.summarize(state, close, TODAY - 1).endswith("15 minutes a day.")
