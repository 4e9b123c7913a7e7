"""Statistics that take longer: the work ahead, items, confidence, forecast accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.progress.forecast.forecast_accuracy import measure_forecast_accuracy
from flashcards.progress.forecast.workload import DAYS, build_rules, simulate_workload
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.statistics.calibration import compute_calibration
from flashcards.progress.statistics.items import (
    compute_item_statistics,
    misconceptions_of,
)
from flashcards.scheduling.date_policy import estimate_costs
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.domain.settings.settings import Settings
    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.forecast.workload import Workload
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.items import ItemStatistics
    from flashcards.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ExtendedStatistics:
    """The work ahead, and figures from the saved answers and forecasts."""

    workload: Workload
    items: ItemStatistics
    calibration: Calibration
    forecast_accuracy: ForecastAccuracy
    """Of the whole collection."""


def compute_extended_statistics(
    reader: Reader,
    settings: Settings,
    today: int,
    scope: Scope,
    *,
    days: int = DAYS,
    progress: ProgressCallback | None = None,
) -> ExtendedStatistics | None:
    """Compute the extended statistics of some decks; None if `progress` stopped it.

    Args:
        reader: Reads the store.
        settings: The settings, with limits and weights.
        today: The study day.
        scope: The decks; tags are ignored.
        days: How many days to look ahead.
        progress: Called with each simulated day; returns False to stop.
    """
    with reader.snapshot():
        cards = CardTable.from_rows(reader.figures.card_rows())
        decks = {number: row[0] for number, row in reader.figures.deck_titles().items()}
        done = reader.queue.done_today(today)
        costs = estimate_costs(
            reader.log.answer_times(today), reader.figures.review_ratings(today)
        )
        answers = reader.log.answers()
        forecasts = reader.plan.forecasts()
        plan = reader.plan.load()
        if scope.decks:
            keys = set(scope.decks)
            answers = [
                answer
                for answer in answers
                if keys.intersection(list_prefixes(answer.deck))
            ]
        contents = reader.content.contents_of({answer.note for answer in answers})
        contents |= reader.content.contents_of(misconceptions_of(contents.values()))
    cards = cards.select_decks(scope.decks, decks)
    cards = cards.select(cards.is_live)
    done_counts = {number: (work.new, work.reviews) for number, work in done.items()}
    workload = simulate_workload(
        cards,
        build_rules(cards, decks, settings, done_counts),
        costs,
        today,
        is_off=plan.is_off if plan else None,
        days=days,
        progress=progress,
    )
    if workload is None:
        return None
    return ExtendedStatistics(
        workload,
        compute_item_statistics(answers, contents),
        compute_calibration(answers),
        measure_forecast_accuracy(forecasts),
    )
