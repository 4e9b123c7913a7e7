"""A plan says honestly what it comes to, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flashcards.cards import Rating
from flashcards.collection import Collection
from flashcards.plan import Interview, StudyPlan
from flashcards.progress import planner
from flashcards.progress.feasibility import (
    Feasibility,
    estimate,
    estimated_minutes,
    exact,
)
from flashcards.progress.learners import (
    draw_weights,
    full_readiness,
    likely_learners,
    log_likelihood,
)
from flashcards.progress.log import Log
from flashcards.progress.readiness import (
    instant_readiness,
    readiness,
    run,
    widening,
)
from flashcards.settings import DEFAULT_WEIGHTS
from flashcards.store.rows import ForecastRow
from tests.helpers import FixedClock
from tests.unit.progress.conftest import TODAY, MakeState


def found(state: object, **changes: object) -> Feasibility:
    base = Feasibility(0.78, 0.85, 15, 18.2, True, ())
    return replace(base, **changes)  # type: ignore[arg-type]


def test_readiness_of_all_is_the_weighted_mean_of_decks(make_state: MakeState) -> None:
    state = make_state(heavy=3.0, seen=20)
    outcome = run(state)
    assert outcome is not None

    result = readiness(state, outcome)

    slow = np.mean(
        [
            sum(w * r for w, r in zip(state.start.weight, recall, strict=True))
            for recall in outcome.recall
        ]
    )
    one, two = (deck.predicted.value for deck in result.decks)
    assert result.all.value == pytest.approx(slow)
    assert result.all.value == pytest.approx((3 * one + two) / 4)
    assert [area.key for area in result.areas] == ["alpha", "beta"]
    assert [(deck.seen, deck.notes) for deck in result.decks] == [(10, 30), (10, 30)]
    assert result.path[0].value == pytest.approx(
        float(state.recall_now() @ state.start.weight)
    )
    assert result.path[-1].value == pytest.approx(result.all.value)


def test_cards_never_seen_count_as_nothing(make_state: MakeState) -> None:
    result = instant_readiness(make_state(minutes=0))

    assert result.all.value == 0


def test_the_instant_band_is_that_of_the_rule(make_state: MakeState) -> None:
    one = instant_readiness(make_state()).all

    reach = 1.645 * 0.45 * (1 - one.value)
    assert one.high == pytest.approx(min(1, one.value + reach))
    assert one.low == pytest.approx(one.value - reach)


def test_answers_as_foretold_make_the_usual_learner_likely(
    make_state: MakeState,
) -> None:
    state = make_state(cards=80)
    chance = np.random.default_rng(3)
    rows = []
    for card in range(80):
        rows.append((card, 1, TODAY - 30, 3, 9000, 0, 600))
        recalled = chance.random() < 0.35
        rows.append((card, 2, TODAY - 20, 3 if recalled else 1, 9000, 2, 86_400))
    log = Log.of(rows)

    learners = likely_learners(state, log, 100, seed=1)

    # Who forgets two of three after ten days has a steeper curve than the usual one.
    drawn = draw_weights(np.array(DEFAULT_WEIGHTS), 500, np.random.default_rng(1))
    sure = learners.formulas.columns().retrievability(np.full((100, 1), 2.3), 10)
    usual = (1 + (0.9 ** (-1 / drawn[:, 20]) - 1) * 10 / 2.3) ** -drawn[:, 20]
    assert sure.mean() < usual.mean()
    fit = log_likelihood(log, np.array([DEFAULT_WEIGHTS, (*DEFAULT_WEIGHTS[:20], 0.7)]))
    assert fit[1] > fit[0]


def test_the_full_forecast_holds_its_value_and_can_be_stopped(
    make_state: MakeState,
) -> None:
    state = make_state(cards=40, days=6)

    result = full_readiness(state, Log.of([]))

    assert result is not None
    assert result.is_full
    assert result.all.low <= result.all.value <= result.all.high
    assert full_readiness(state, Log.of([]), watch=lambda done, _: done < 2) is None


def test_the_minutes_needed_reach_the_target_and_fewer_do_not(
    make_state: MakeState,
) -> None:
    state = make_state(cards=150, days=12, minutes=4)

    result = exact(state)

    assert result is not None
    assert result.needed_minutes is not None

    def reached(minutes: float) -> float:
        outcome = run(state, minutes=minutes, runs=48, seed=7)
        assert outcome is not None
        return float(outcome.readiness(state.start.weight).mean())

    assert reached(result.needed_minutes * 1.05) >= 0.85
    assert reached(result.needed_minutes * 0.95) < 0.85
    assert result.needed == pytest.approx(result.needed_minutes, abs=1)
    guess = estimate(state, result.readiness)
    assert guess.needed == pytest.approx(result.needed, rel=0.25)
    assert exact(state, watch=lambda done, _: done < 5) is None


@pytest.mark.parametrize("minutes", [6, 8, 9])
def test_the_estimate_learns_from_what_the_plans_own_minutes_reach(
    make_state: MakeState, minutes: int
) -> None:
    state = make_state(cards=300, days=30, minutes=minutes, target=0.8)
    found = exact(state)
    assert found is not None
    assert found.needed_minutes is not None

    guess = estimate(state, instant_readiness(state).all.value)

    assert guess.needed_minutes == pytest.approx(found.needed_minutes, rel=0.1)
    assert estimated_minutes(state) < 0.88 * found.needed_minutes


def test_the_estimate_of_a_plan_of_days_off_names_no_minutes(
    make_state: MakeState,
) -> None:
    state = make_state(days=4, weekdays_off=(0, 1, 2, 3, 4, 5, 6))

    assert estimate(state, 0.0).needed_minutes is None


def test_cards_that_hold_need_no_minutes(make_state: MakeState) -> None:
    result = exact(make_state(seen=60, stability=500))

    assert result is not None
    assert result.needed == 0
    assert result.is_feasible


def test_leaving_out_starts_with_what_weighs_least(make_state: MakeState) -> None:
    state = make_state(cards=200, days=6, minutes=20, heavy=4.0)

    result = exact(state)

    assert result is not None
    assert result.drop == ("beta",)


# Sentences.


def test_a_plan_on_track_says_so(make_state: MakeState) -> None:
    told = planner.verdict(make_state(days=14), found(0, readiness=0.86), TODAY - 1)

    assert told == "On track: 86 % on Tue 2 Feb with 15 minutes a day."


def test_a_plan_that_falls_short_says_what_would_do(make_state: MakeState) -> None:
    state = make_state(days=14)

    assert planner.verdict(state, found(state, drop=("applied",)), TODAY - 1) == (
        "78 % on the day with 15 minutes. 85 % needs 19 minutes, or leave out Applied."
    )
    assert planner.verdict(state, found(state, is_exact=False), TODAY - 1) == (
        "78 % on the day with 15 minutes. 85 % needs about 19 minutes."
    )


def test_missed_days_bring_a_new_plan_and_no_blame(make_state: MakeState) -> None:
    state = make_state(days=14)
    late = replace(state, plan=replace(state.plan, started_day=TODAY - 10))

    assert planner.verdict(late, found(state), TODAY - 5) == (
        "You were away 4 days. The plan now ends with 78 %; 19 minutes a day bring back 85."
    )
    assert planner.verdict(late, found(state, readiness=0.9), TODAY - 5) == (
        "You were away 4 days. The plan still ends with 90 %."
    )
    rested = replace(late.plan, dates_off=tuple(range(TODAY - 4, TODAY)))
    assert planner.missed_days(rested, TODAY, TODAY - 5) == 0


def test_a_plan_out_of_reach_says_how_much_there_is_time_for(
    make_state: MakeState,
) -> None:
    state = make_state(cards=1000, days=2, minutes=15)
    result = exact(state)
    assert result is not None

    told = planner.verdict(state, result, TODAY - 1)

    assert told == (
        f"{round(result.readiness * 100)} % on Thu 21 Jan with 15 minutes a day. 85 % is out "
        "of reach in 2 days, even with 120 minutes a day. There is time for about 31 of the "
        "1,000 new cards; the most important come first."
    )


def test_the_day_before_without_a_card_seen_is_no_day_of_rest(
    make_state: MakeState,
) -> None:
    late = make_state(cards=1000, days=1, minutes=15)
    idle = make_state(cards=1000, days=1, minutes=0)

    assert planner.verdict(late, found(late), TODAY - 1) == (
        "Tomorrow is the day, and no card was seen yet. There is time for about 15 of the "
        "1,000 new cards; the most important come first."
    )
    assert planner.verdict(idle, found(idle), TODAY - 1) == (
        "Tomorrow is the day, and no card was seen yet. There is time for none of the "
        "1,000 new cards."
    )


def test_where_all_was_seen_and_the_target_is_far_no_new_cards_are_spoken_of(
    make_state: MakeState,
) -> None:
    state = make_state(cards=1000, seen=1000, days=2, minutes=15, stability=0.2)
    result = exact(state)
    assert result is not None

    told = planner.verdict(state, result, TODAY - 1)

    assert "out of reach in 2 days" in told
    assert told.endswith("The most important cards come first.")


def test_no_minutes_and_no_days_are_told_as_they_are(make_state: MakeState) -> None:
    idle = make_state(minutes=0)
    off = make_state(days=4, weekdays_off=(0, 1, 2, 3, 4, 5, 6))
    result = exact(idle)
    assert result is not None

    assert planner.verdict(idle, result, TODAY - 1).startswith(
        "0 % on the day with 0 minutes. 85 % needs "
    )
    assert planner.verdict(off, found(off, readiness=0.0), TODAY - 1) == (
        "Every day until Sat 23 Jan is a day off; the plan ends with 0 %."
    )


def test_the_day_before_is_for_the_weakest_and_for_sleep(
    make_state: MakeState,
) -> None:
    state = make_state(cards=24, seen=24, stability=0.5, days=1)
    firm = make_state(seen=60, stability=900, days=1)
    one = make_state(cards=1, seen=1, stability=0.5, days=1)

    assert planner.verdict(state, found(state), TODAY - 1) == (
        "Tomorrow is the day. 5 minutes on your 24 weakest, then sleep."
    )
    assert planner.verdict(firm, found(firm), TODAY - 1) == (
        "Tomorrow is the day. What you learnt will hold: rest, and sleep well."
    )
    assert planner.verdict(one, found(one), TODAY - 1) == (
        "Tomorrow is the day. 1 minute on your weakest card, then sleep."
    )


def test_the_day_before_speaks_of_the_new_cards_that_its_minutes_hold(
    make_state: MakeState,
) -> None:
    weak = make_state(cards=40, seen=24, stability=0.5, days=1)
    firm = make_state(cards=40, seen=24, stability=900, days=1)
    short = make_state(cards=40, seen=24, stability=0.5, days=1, minutes=5)

    assert planner.verdict(weak, found(weak), TODAY - 1) == (
        "Tomorrow is the day. 5 minutes on your 24 weakest, then new ones, then sleep."
    )
    assert planner.verdict(firm, found(firm), TODAY - 1) == (
        "Tomorrow is the day. What you learnt will hold: look at new cards, or rest."
    )
    assert planner.verdict(short, found(short), TODAY - 1) == (
        "Tomorrow is the day. 5 minutes on your 24 weakest, then sleep."
    )


def test_a_few_seconds_of_study_are_a_minute_and_not_none() -> None:
    plan = StudyPlan(TODAY, (Interview(TODAY + 9),))

    week = planner.week_of(plan, TODAY, {TODAY: (2, 9.0)}, None)

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
    assert planner.without_cards(plan, TODAY) == told


# What is kept, and what came of it.


def rows(errors: list[float], reach: float = 0.05) -> list[ForecastRow]:
    kept = []
    for place, error in enumerate(errors):
        day = TODAY + 100 + place
        true = 0.7 + error
        kept.append(
            ForecastRow(day - 7, day, 0.7, 0.7 - reach, 0.7 + reach, 15, 9, True)
        )
        kept.append(ForecastRow(day, day, true, true, true, 15, 9, True))
    return kept


def test_bands_that_held_stay_and_bands_that_broke_grow() -> None:
    assert widening(rows([0.01] * 20)) == 1
    assert widening(rows([0.2] * 9)) == 1
    assert widening(rows([0.01] * 5 + [0.1] * 15)) == pytest.approx(2.0)


def study_day(collection: Collection) -> None:
    session = collection.start_review()
    while session.current:
        session.reveal()
        session.rate(Rating.EASY)
    session.leave()


def test_the_view_of_a_plan_from_the_store(
    collection: Collection, clock: FixedClock
) -> None:
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + 14, "Bank"),), minutes=15)
    collection.save_plan(
        replace(plan, tasks=planner.suggested_tasks(plan, today)), "Set"
    )
    study_day(collection)
    clock.forward(days=1)

    view = collection.plan_view()

    assert view is not None
    assert view.heading == "Bank - Mon 16 Mar - in 13 days - 15 min a day"
    assert view.days_left == 13
    assert view.now is not None
    assert view.week[0].done_reviews == 4
    assert view.week[1].day == view.today
    assert [task.name for day in view.week for task in day.tasks] == [
        "quiz-1",
        "mock-1",
    ]
    assert collection.needs_forecast()

    full = collection.plan_view(full=True)

    assert full is not None
    assert full.readiness is not None
    assert full.readiness.is_full
    assert not collection.needs_forecast()
    kept = collection.reader.forecasts()
    assert [row.target_day - row.made_day for row in kept] == [0, 7, 13]
    again = collection.plan_view()
    assert again is not None
    assert again.readiness is not None
    assert again.readiness.is_full
