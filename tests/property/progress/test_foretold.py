"""Forecasts that were kept are compared with what came true, one by one."""

from __future__ import annotations

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.study_plan import SavedForecast
from flashcards.progress.forecast.forecast_accuracy import forecast_accuracy

shares = st.integers(0, 64).map(lambda parts: parts / 64)
"""Differences of such shares are exact."""


@st.composite
def forecasts(draw: st.DrawFn) -> list[SavedForecast]:
    """Forecasts of a few days; each morning also notes down how ready the learner is."""
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
    noted = {
        row.made_day: row.readiness for row in rows if row.made_day == row.target_day
    }

    found = forecast_accuracy(rows)

    due = [
        row for row in rows if row.made_day < row.target_day and row.target_day in noted
    ]
    assert (found.forecasts, found.compared) == (len(rows), len(due))
    assert found.held == sum(
        row.low <= noted[row.target_day] <= row.high for row in due
    )
    if due:
        errors = [noted[row.target_day] - row.readiness for row in due]
        assert found.bias == pytest.approx(mean(errors), abs=1e-9)
    else:
        assert found.bias is None
    assert bool(found.missing) == (len(due) < 10)
