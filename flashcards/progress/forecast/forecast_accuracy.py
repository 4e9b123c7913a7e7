"""Forecasts of readiness that were kept, against what was noted down on their days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.progress.forecast.readiness import ENOUGH_COMPARED, compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.study_plan import SavedForecast


@dataclass(frozen=True, slots=True)
class ForecastAccuracy:
    """How forecasts came true whose day has come."""

    forecasts: int
    """Kept so far, for days to come too."""
    compared: int
    held: int
    """Came true within their band."""
    bias: float | None
    """Mean of what came true less what was foretold; None without any compared."""

    @property
    def missing(self) -> str:
        """Why the comparison is not shown yet; empty where there is enough."""
        if self.compared >= ENOUGH_COMPARED:
            return ""
        have = f"{self.compared} of {ENOUGH_COMPARED}"
        return f"Not enough forecasts of readiness have come due yet ({have})."


def forecast_accuracy(forecasts: Sequence[SavedForecast]) -> ForecastAccuracy:
    """Return how the kept forecasts came true."""
    found = compared(forecasts)
    errors = [error for error, _ in found]
    return ForecastAccuracy(
        forecasts=len(forecasts),
        compared=len(found),
        held=sum(abs(error) <= reach for error, reach in found),
        bias=sum(errors) / len(errors) if errors else None,
    )
