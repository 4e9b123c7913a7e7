"""Forecasts of a plan: readiness, bands, and the minutes that reach the target."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, State
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.domain.study_plan import Interview, SavedForecast, StudyPlan
from flashcards.progress.forecast.readiness import (
    estimate_readiness,
    measure_readiness,
    simulate_plan,
    widening_factor,
)
from flashcards.progress.forecast.weight_posterior import (
    draw_weights,
    log_likelihood,
    refine_readiness,
    sample_weights,
)
from flashcards.progress.log.review_log import Log
from flashcards.progress.plan.edits import suggest_tasks
from flashcards.progress.plan.feasibility import (
    estimate_feasibility,
    estimate_minutes,
    measure_feasibility,
)
from flashcards.scheduling.date_policy import estimate_costs
from tests.helpers import FixedClock
from tests.unit.progress.conftest import TODAY, MakeState


def test_readiness_of_all_is_the_weighted_mean_of_decks(make_state: MakeState) -> None:
    state = make_state(heavy=3.0, seen=20)
    outcome = simulate_plan(state)
    assert outcome is not None

    result = measure_readiness(state, outcome)

    slow = np.mean(
        [
            sum(w * r for w, r in zip(state.start.weight, recall, strict=True))
            for recall in outcome.recall
        ]
    )
    first, second = (deck.predicted.value for deck in result.decks)
    assert result.all.value == pytest.approx(slow)
    assert result.all.value == pytest.approx((3 * first + second) / 4)
    assert [area.key for area in result.areas] == ["alpha", "beta"]
    assert [(deck.seen, deck.notes) for deck in result.decks] == [(10, 30), (10, 30)]
    assert result.path[0].value == pytest.approx(
        float(state.recall_now() @ state.start.weight)
    )
    assert result.path[-1].value == pytest.approx(result.all.value)


def test_cards_never_seen_count_as_zero(make_state: MakeState) -> None:
    result = estimate_readiness(make_state(minutes=0))

    assert result.all.value == 0


def test_the_estimated_band_follows_the_rule_of_thumb(make_state: MakeState) -> None:
    readiness = estimate_readiness(make_state()).all

    reach = 1.645 * 0.45 * (1 - readiness.value)
    assert readiness.high == pytest.approx(min(1, readiness.value + reach))
    assert readiness.low == pytest.approx(readiness.value - reach)


def test_frequent_lapses_make_learners_with_a_steeper_curve_likely(
    make_state: MakeState,
) -> None:
    state = make_state(cards=80)
    chance = np.random.default_rng(3)
    rows = []
    for card in range(80):
        rows.append((card, 1, TODAY - 30, 3, 9000, 0, 600))
        recalled = chance.random() < 0.35
        rows.append((card, 2, TODAY - 20, 3 if recalled else 1, 9000, 2, 86_400))
    log = Log.from_rows(rows)

    learners = sample_weights(state, log, 100, seed=1)

    # Who forgets two of three after ten days has a steeper curve than the usual one.
    drawn = draw_weights(np.array(DEFAULT_WEIGHTS), 500, np.random.default_rng(1))
    sure = learners.formulas.as_columns().retrievability(np.full((100, 1), 2.3), 10)
    usual = (1 + (0.9 ** (-1 / drawn[:, 20]) - 1) * 10 / 2.3) ** -drawn[:, 20]
    assert sure.mean() < usual.mean()
    fit = log_likelihood(log, np.array([DEFAULT_WEIGHTS, (*DEFAULT_WEIGHTS[:20], 0.7)]))
    assert fit[1] > fit[0]


def test_the_band_of_the_exact_forecast_holds_its_value_and_it_can_be_stopped(
    make_state: MakeState,
) -> None:
    state = make_state(cards=40, days=6)

    result = refine_readiness(state, Log.from_rows([]))

    assert result is not None
    assert result.is_full
    assert result.all.low <= result.all.value <= result.all.high
    assert (
        refine_readiness(state, Log.from_rows([]), progress=lambda done, _: done < 2)
        is None
    )


def test_the_minutes_needed_reach_the_target_and_fewer_do_not(
    make_state: MakeState,
) -> None:
    state = make_state(cards=150, days=12, minutes=4)

    result = measure_feasibility(state)

    assert result is not None
    assert result.needed_minutes is not None

    def reached(minutes: float) -> float:
        outcome = simulate_plan(state, minutes=minutes, runs=48, seed=7)
        assert outcome is not None
        return float(outcome.readiness(state.start.weight).mean())

    assert reached(result.needed_minutes * 1.05) >= 0.85
    assert reached(result.needed_minutes * 0.95) < 0.85
    assert result.needed == pytest.approx(result.needed_minutes, abs=1)
    guess = estimate_feasibility(state, result.readiness)
    assert guess.needed == pytest.approx(result.needed, rel=0.25)
    assert measure_feasibility(state, progress=lambda done, _: done < 5) is None


@pytest.mark.parametrize("minutes", [6, 8, 9])
def test_the_estimate_is_corrected_by_what_the_plans_own_minutes_reach(
    make_state: MakeState, minutes: int
) -> None:
    state = make_state(cards=300, days=30, minutes=minutes, target=0.8)
    measured = measure_feasibility(state)
    assert measured is not None
    assert measured.needed_minutes is not None

    guess = estimate_feasibility(state, estimate_readiness(state).all.value)

    assert guess.needed_minutes == pytest.approx(measured.needed_minutes, rel=0.1)
    assert estimate_minutes(state) < 0.88 * measured.needed_minutes


def test_no_minutes_are_estimated_for_a_plan_with_only_days_off(
    make_state: MakeState,
) -> None:
    state = make_state(days=4, weekdays_off=(0, 1, 2, 3, 4, 5, 6))

    assert estimate_feasibility(state, 0.0).needed_minutes is None


def test_cards_known_until_the_day_need_no_minutes(make_state: MakeState) -> None:
    result = measure_feasibility(make_state(seen=60, stability=500))

    assert result is not None
    assert result.needed == 0
    assert result.is_feasible


def test_the_area_of_least_weight_is_left_out_first(make_state: MakeState) -> None:
    state = make_state(cards=200, days=6, minutes=20, heavy=4.0)

    result = measure_feasibility(state)

    assert result is not None
    assert result.drop == ("beta",)


def test_areas_of_the_largest_weight_are_never_left_out(make_state: MakeState) -> None:
    equal = measure_feasibility(make_state(cards=200, days=6, minutes=20))
    heavy = measure_feasibility(make_state(cards=400, days=6, minutes=10, heavy=4.0))

    assert equal is not None
    assert equal.drop == ()
    assert heavy is not None
    assert "alpha" not in heavy.drop


def test_one_more_answer_hardly_moves_readiness(make_state: MakeState) -> None:
    state = make_state(cards=480, days=20, minutes=20)
    values = []
    for answers in range(40):
        times = [(State.NEW, False, 60_000.0, answers)]
        costs = estimate_costs(times, {Rating.GOOD: answers})
        slow = replace(state, costs=costs)
        values.append(estimate_readiness(slow, runs=8).all.value)

    assert max(np.abs(np.diff(values))) < 0.0125
    assert values[0] - values[-1] > 0.05


def test_the_band_is_wide_while_there_are_few_answers(make_state: MakeState) -> None:
    few = make_state(cards=150, days=12, minutes=9)
    many = replace(few, costs=replace(few.costs, answers=2000))

    forecasts = [refine_readiness(state, Log.from_rows([])) for state in (few, many)]

    wide, narrow = (forecast.all for forecast in forecasts if forecast is not None)
    assert wide.high - wide.low > narrow.high - narrow.low
    assert wide.high - wide.low > 0.1


def rows(errors: list[float], reach: float = 0.05) -> list[SavedForecast]:
    saved = []
    for index, error in enumerate(errors):
        day = TODAY + 100 + index
        true = 0.7 + error
        saved.append(
            SavedForecast(day - 7, day, 0.7, 0.7 - reach, 0.7 + reach, 15, 9, True)
        )
        saved.append(SavedForecast(day, day, true, true, true, 15, 9, True))
    return saved


def test_bands_widen_only_if_past_ones_did_not_hold() -> None:
    assert widening_factor(rows([0.01] * 20)) == 1
    assert widening_factor(rows([0.2] * 9)) == 1
    assert widening_factor(rows([0.01] * 5 + [0.1] * 15)) == pytest.approx(2.0)


def study_day(collection: Collection) -> None:
    session = collection.sessions.start_review()
    while session.current:
        session.reveal()
        session.rate(Rating.EASY)
    session.leave()


def test_the_view_of_a_plan_from_the_store(
    collection: Collection, clock: FixedClock
) -> None:
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + 14, "Bank"),), minutes=15)
    collection.plan.save(replace(plan, tasks=suggest_tasks(plan, today)), "Set")
    study_day(collection)
    clock.forward(days=1)

    view = collection.plan.view()

    assert view is not None
    assert view.date_summary == "Bank - Mon, Mar 16 - in 13 days - 15 min a day"
    assert view.days_left == 13
    assert view.work_today is not None
    assert view.week[0].done_reviews == 4
    assert view.week[1].day == view.today
    assert [task.name for day in view.week for task in day.tasks] == [
        "quiz-1",
    ]
    assert collection.plan.needs_forecast()

    full = collection.plan.view(full=True)

    assert full is not None
    assert full.readiness is not None
    assert full.readiness.is_full
    assert not collection.plan.needs_forecast()
    saved = collection.reader.plan.forecasts()
    assert [row.target_day - row.made_day for row in saved] == [0, 7, 13]
    again = collection.plan.view()
    assert again is not None
    assert again.readiness is not None
    assert again.readiness.is_full
