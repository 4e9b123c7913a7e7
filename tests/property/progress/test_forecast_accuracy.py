"""Saved forecasts are compared one by one with the readiness on their target days."""

from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.study_plan import SavedForecast
from flashcards.progress.forecast.forecast_accuracy import measure_forecast_accuracy

shares = st.integers(0, 64).map(lambda parts: parts / 64)
"""Differences of such shares are exact."""


@st.composite
def forecasts(draw: st.DrawFn) -> list[SavedForecast]:
    """Forecasts of a few days; each morning also records the readiness of that day."""
    pairs = draw(
        st.sets(st.tuples(st.integers(1, 12), st.integers(0, 12)), max_size=40)
    )
    rows = []
    for made, ahead in sorted(pairs):
        low, value, high = sorted(draw(st.tuples(shares, shares, shares)))
        rows.append(SavedForecast(made, made + ahead, value, low, high, 15, 10, True))
    return rows


@given(forecasts())
def test_every_forecast_whose_day_has_come_is_compared(
    rows: list[SavedForecast],
) -> None:
    readiness_on = {
        row.made_day: row.readiness for row in rows if row.made_day == row.target_day
    }

    accuracy = measure_forecast_accuracy(rows)

    due = [
        row
        for row in rows
        if row.made_day < row.target_day and row.target_day in readiness_on
    ]
    assert (accuracy.forecasts, accuracy.compared) == (len(rows), len(due))
    assert accuracy.held == sum(
        row.low <= readiness_on[row.target_day] <= row.high for row in due
    )
    if due:
        errors = [readiness_on[row.target_day] - row.readiness for row in due]
        assert accuracy.bias == pytest.approx(mean(errors), abs=1e-9)
    else:
        assert accuracy.bias is None
    assert bool(accuracy.missing) == (len(due) < 10)
