"""The forecast of a study plan: estimated at once, or refined by simulation in seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.domain.study_plan import SavedForecast
from flashcards.progress.forecast.readiness import (
    HORIZONS,
    DeckReadiness,
    Predicted,
    Readiness,
    estimate_readiness,
    widening_factor,
)
from flashcards.progress.forecast.weight_posterior import refine_readiness
from flashcards.progress.log.review_log import Log
from flashcards.progress.plan.feasibility import (
    Feasibility,
    estimate_feasibility,
    measure_feasibility,
)
from flashcards.progress.progress_callback import subprogress

if TYPE_CHECKING:
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PlanForecast:
    """What a plan is expected to reach."""

    plan: StudyPlan
    today: int
    cards: int
    """Cards of the plan that are neither suspended nor retired."""
    readiness: Readiness
    feasibility: Feasibility

    def with_days_of(self, estimate: PlanForecast) -> PlanForecast:
        """Return this forecast with the expected work of each day from a newer estimate.

        What is left to do today changes with every answer; the forecast hardly does.
        """
        newer = estimate.readiness
        readiness = replace(
            self.readiness, new=newer.new, reviews=newer.reviews, seconds=newer.seconds
        )
        return replace(self, readiness=readiness)

    def to_saved_forecasts(self) -> list[SavedForecast]:
        """Return the rows to save: today, in 7, 14 and 30 days, and the interview day."""
        readiness = self.readiness
        days_left = readiness.day - self.today
        rows = []
        for ahead in sorted({0, *HORIZONS, days_left}):
            if ahead >= len(readiness.path) and ahead != days_left:
                continue
            predicted = readiness.all if ahead == days_left else readiness.path[ahead]
            if ahead == 0:
                # Later forecasts are compared with today's value, so it has no band.
                value = predicted.value
                predicted = Predicted(value, value, value)
            rows.append(
                SavedForecast(
                    made_day=self.today,
                    target_day=self.today + ahead,
                    readiness=predicted.value,
                    low=min(predicted.low, predicted.value),
                    high=max(predicted.high, predicted.value),
                    minutes=round(readiness.minutes),
                    cards=self.cards,
                    is_full=readiness.is_full,
                )
            )
        return rows


def estimate(state: PlanState) -> PlanForecast:
    """Return a forecast at once: few runs, and band and minutes by rule of thumb.

    For the saved plan, value and band are those of today's exact forecast if one was made.
    """
    readiness = estimate_readiness(
        state, widening=widening_factor(state.saved_forecasts)
    )
    if state.is_saved:
        readiness = _with_saved_band(state, readiness)
    feasibility = estimate_feasibility(state, readiness.all.value)
    return _forecast(state, readiness, feasibility)


def refine(
    state: PlanState, reader: Reader, progress: ProgressCallback | None = None
) -> PlanForecast | None:
    """Return the exact forecast: the band of likely learners, and minutes by simulation.

    Takes seconds.

    Args:
        state: The plan and its cards.
        reader: Reads the review log.
        progress: Called with each simulated day; returns False to stop.

    Returns:
        The forecast, or None if `progress` stopped it.
    """
    # A long log takes a while to read: stopping must be possible there too.
    slices = reader.figures.review_log(
        lambda *_: progress is None or progress(0, state.days_left)
    )
    if slices is None:
        return None
    # The log does not explain the memory of anchored cards; their stored memory is used.
    log = Log.from_slices(slices).without_cards(reader.figures.anchored_since())
    readiness = refine_readiness(
        state,
        log,
        widening=widening_factor(state.saved_forecasts),
        progress=subprogress(progress, 0, 2),
    )
    if readiness is None:
        return None
    feasibility = measure_feasibility(
        state,
        optimism=readiness.scheduler_value - readiness.all.value,
        progress=subprogress(progress, 1, 2),
    )
    if feasibility is None:
        return None
    # Screens show one value: the one from many learners, not that of a trial's few runs.
    feasibility = replace(feasibility, readiness=readiness.all.value)
    return _forecast(state, readiness, feasibility)


def _forecast(
    state: PlanState, readiness: Readiness, feasibility: Feasibility
) -> PlanForecast:
    feasibility = replace(feasibility, low=readiness.all.low)
    return PlanForecast(
        state.plan, state.today, len(state.cards), readiness, feasibility
    )


def _with_saved_band(state: PlanState, readiness: Readiness) -> Readiness:
    """Return an estimate with the value and band of today's saved exact forecast, if any.

    Minutes of study today move them little; another plan needs another forecast.
    """
    rows = [
        row
        for row in state.saved_forecasts
        if row.is_full
        and row.made_day == state.today
        and row.target_day == readiness.day
        and row.minutes == state.plan.minutes
        and row.cards == len(state.cards)
    ]
    if not rows:
        return readiness
    row = rows[-1]
    # Only the total is saved; decks and areas move by the same amount to still add up.
    difference = row.readiness - readiness.all.value
    return replace(
        readiness,
        all=Predicted(row.readiness, row.low, row.high),
        decks=tuple(_shifted(deck, difference) for deck in readiness.decks),
        areas=tuple(_shifted(area, difference) for area in readiness.areas),
        is_full=True,
    )


def _shifted(deck: DeckReadiness, difference: float) -> DeckReadiness:
    band = deck.predicted
    values = (
        min(max(value + difference, 0.0), 1.0)
        for value in (band.value, band.low, band.high)
    )
    return replace(deck, predicted=Predicted(*values))
