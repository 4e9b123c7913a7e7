"""What takes longer than the other statistics: the work ahead, items, and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.settings.settings import prefixes
from flashcards.progress.forecast.forecast_accuracy import forecast_accuracy
from flashcards.progress.forecast.workload import DAYS, rules_of, simulate_workload
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.statistics.calibration import compute_calibration
from flashcards.progress.statistics.items import (
    compute_item_statistics,
    misconceptions_of,
)
from flashcards.scheduling.date_policy import estimate_costs

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.cards import Scope
    from flashcards.domain.settings.settings import Settings
    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.forecast.workload import Workload
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.items import ItemStatistics
    from flashcards.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ExtendedStatistics:
    """The work ahead, and what the answers kept in the log tell."""

    workload: Workload
    items: ItemStatistics
    calibration: Calibration
    forecast_accuracy: ForecastAccuracy
    """Of the whole collection."""


def extended_statistics(
    reader: Reader,
    settings: Settings,
    today: int,
    scope: Scope,
    *,
    days: int = DAYS,
    watch: Callable[[int, int], bool] | None = None,
) -> ExtendedStatistics | None:
    """Return the outlook of some decks; None where `watch` stopped it.

    Args:
        reader: What reads the store.
        settings: The settings, with limits and weights.
        today: The study day.
        scope: The decks meant; tags are not looked at.
        days: How many days to look ahead.
        watch: Is told of each simulated day; returns False to stop.
    """
    with reader.snapshot():
        cards = CardTable.of(reader.figures.card_rows())
        decks = {number: row[0] for number, row in reader.figures.deck_titles().items()}
        done = reader.queue.done_today(today)
        costs = estimate_costs(
            reader.log.answer_times(), reader.figures.review_ratings()
        )
        kept = reader.log.answers()
        forecasts = reader.plan.forecasts()
        plan = reader.plan.load()
        if scope.decks:
            wanted = set(scope.decks)
            kept = [one for one in kept if wanted.intersection(prefixes(one.deck))]
        contents = reader.content.contents_of({one.note for one in kept})
        contents |= reader.content.contents_of(misconceptions_of(contents.values()))
    cards = cards.of_decks(scope.decks, decks)
    cards = cards.only(cards.is_live)
    spent = {number: (one.new, one.reviews) for number, one in done.items()}
    ahead = simulate_workload(
        cards,
        rules_of(cards, decks, settings, spent),
        costs,
        today,
        is_off=plan.is_off if plan else None,
        days=days,
        watch=watch,
    )
    if ahead is None:
        return None
    return ExtendedStatistics(
        ahead,
        compute_item_statistics(kept, contents),
        compute_calibration(kept),
        forecast_accuracy(forecasts),
    )
