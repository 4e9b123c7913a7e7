"""Forecasts are compared with what came true, and the parts of one make up the whole."""

from __future__ import annotations

import pytest

from flashcards.collection import Collection
from flashcards.plan import Interview, StudyPlan
from flashcards.progress.record import record
from flashcards.store.rows import ForecastRow
from tests.helpers import FixedClock


def row(made: int, target: int, value: float, reach: float = 0.05) -> ForecastRow:
    return ForecastRow(made, target, value, value - reach, value + reach, 15, 9, True)


def test_a_forecast_counts_once_its_day_was_noted_down() -> None:
    rows = [row(1, 8, 0.6), row(1, 15, 0.7), row(8, 8, 0.63, 0), row(8, 15, 0.72)]

    found = record(rows)

    assert (found.forecasts, found.held) == (1, 1)
    assert found.error == pytest.approx(0.03)
    assert found.bias == pytest.approx(0.03)
    assert found.sentence == "Past forecasts: 1 of 1 held, 3 points off on average."


def test_what_fell_outside_of_its_band_is_said() -> None:
    rows = [row(1, 15, 0.7), row(8, 15, 0.5), row(15, 15, 0.68, 0)]

    assert record(rows).sentence == (
        "Past forecasts: 1 of 2 held, 10 points off on average."
    )


def test_before_any_day_came_there_is_no_word() -> None:
    assert record([]).sentence == ""
    assert record([row(1, 8, 0.6)]).sentence == ""


def test_the_areas_make_up_the_whole_after_the_morning_forecast_was_kept(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.start_review()
    while session.current is not None:
        session.reveal()
        session.rate(list(session.previews())[2])
    clock.forward(days=1)
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + 9),), minutes=5)
    collection.save_plan(plan, "Made a plan")
    full = collection.plan_view(full=True)
    view = collection.plan_view()

    assert full is not None
    assert full.readiness is not None
    assert view is not None
    assert view.readiness is not None
    assert view.readiness.all == full.readiness.all
    (area,) = view.readiness.areas
    assert area.predicted.value == pytest.approx(view.readiness.all.value)
