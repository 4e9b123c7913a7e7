"""What became of the forecasts of earlier mornings, once their days had come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.progress.readiness import compared
from flashcards.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.store.rows import ForecastRow


@dataclass(frozen=True, slots=True)
class Record:
    """Forecasts against what came true, in readiness of 0 to 1."""

    forecasts: int
    """Forecasts whose day has come and was noted down."""
    held: int
    """Those whose band held what came true."""
    bias: float
    """Mean of what came true less what was forecast."""
    error: float
    """Mean distance between both."""

    @property
    def sentence(self) -> str:
        """Such as `Past forecasts: 9 of 11 held, 2 points off on average.`."""
        if not self.forecasts:
            return ""
        points = count(round(self.error * 100), "point")
        held = f"{self.held} of {self.forecasts} held"
        return f"Past forecasts: {held}, {points} off on average."


def record(forecasts: Sequence[ForecastRow]) -> Record:
    """Return what became of forecasts; of one day that of the morning counts."""
    pairs = compared(forecasts)
    if not pairs:
        return Record(0, 0, 0.0, 0.0)
    size = len(pairs)
    return Record(
        forecasts=size,
        held=sum(abs(error) <= reach for error, reach in pairs),
        bias=sum(error for error, _ in pairs) / size,
        error=sum(abs(error) for error, _ in pairs) / size,
    )
