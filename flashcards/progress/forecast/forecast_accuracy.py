"""Accuracy of past readiness forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.progress.forecast.readiness import ENOUGH_COMPARED, compare_forecasts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.study_plan import SavedForecast


@dataclass(frozen=True, slots=True)
class ForecastAccuracy:
    """How close the saved forecasts were whose day has come."""

    forecasts: int
    """All saved so far, those of days ahead included."""
    compared: int
    held: int
    """Forecasts whose band held the true readiness."""
    bias: float | None
    """Mean of the true readiness minus the predicted one; None if none was compared."""

    @property
    def missing(self) -> str:
        """Why the accuracy is not shown yet; empty if enough forecasts were compared."""
        if self.compared >= ENOUGH_COMPARED:
            return ""
        compared = f"{self.compared} of {ENOUGH_COMPARED}"
        return f"Not enough readiness forecasts can be compared yet ({compared})."


def measure_forecast_accuracy(forecasts: Sequence[SavedForecast]) -> ForecastAccuracy:
    """Compare the saved forecasts with the readiness on their target days."""
    comparisons = compare_forecasts(forecasts)
    errors = [error for error, _ in comparisons]
    return ForecastAccuracy(
        forecasts=len(forecasts),
        compared=len(comparisons),
        held=sum(abs(error) <= reach for error, reach in comparisons),
        bias=sum(errors) / len(errors) if errors else None,
    )
