"""All statistics of a learner as one value: read once, computed once, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope
from flashcards.domain.formatting import minutes, short_date
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.log.review_log import Log, predicted_recall
from flashcards.progress.statistics.activity import (
    AnswerCounts,
    DayActivity,
    DueForecast,
    Heatmap,
    build_heatmap,
    count_answers,
    count_by_day,
    forecast_reviews,
)
from flashcards.progress.statistics.habit import Habit, compute_habit
from flashcards.progress.statistics.memory_distribution import (
    MemoryDistribution,
    measure_memory_distribution,
)
from flashcards.progress.statistics.retention import (
    Retention,
    SelfCheck,
    compute_retention,
    compute_self_check,
)
from flashcards.progress.statistics.weakness import (
    WeakGroup,
    compare_decks,
    compare_topics,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.settings.settings import Settings
    from flashcards.store.rows import FigureRows, LeechRow

EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Statistics:
    """Every figure of the statistics screen and of `stats`."""

    today: int
    scope: Scope
    reviews: int
    seconds: float
    """Total answer time."""
    first_day: int | None
    habit: Habit
    days: tuple[DayActivity, ...]
    """Study days with reviews, oldest first."""
    heatmap: Heatmap
    forecast: tuple[DueForecast, ...]
    """Cards due on each of the next 30 days, of those seen so far, today first."""
    retention: Retention
    answers: AnswerCounts
    check: SelfCheck
    memory: MemoryDistribution
    decks: tuple[WeakGroup, ...]
    """The weakest first; those with too few reviews last."""
    topics: tuple[WeakGroup, ...]
    leeches: tuple[LeechRow, ...]
    """Of the whole collection, most lapses first."""

    @property
    def minutes_a_day(self) -> float | None:
        """Mean minutes of the days with reviews; None without any."""
        return self.seconds / 60 / len(self.days) if self.days else None

    @property
    def summary(self) -> str:
        """Such as `1,204 reviews - 9 h 12 min - since Tue, Sep 1`."""
        if self.first_day is None:
            return "No reviews yet."
        hours, remainder = divmod(round(self.seconds / 60), 60)
        spent = f"{hours} h {remainder} min" if hours else minutes(self.seconds)
        noun = "review" if self.reviews == 1 else "reviews"
        return f"{self.reviews:,} {noun} - {spent} - since {short_date(self.first_day)}"


def compute_statistics(
    rows: FigureRows,
    settings: Settings,
    seconds_of: Callable[[int], float],
    today: int,
    *,
    scope: Scope = EVERYTHING,
    is_off: Callable[[int], bool] | None = None,
) -> Statistics:
    """Return all statistics of some decks.

    Args:
        rows: All cards and reviews of the store.
        settings: The settings; decks may have their own weights.
        seconds_of: Returns the predicted seconds of a card in a state.
        today: The study day.
        scope: The decks; tags are ignored.
        is_off: Returns whether a study day was planned to be off.
    """
    log, cards, decks = (
        Log.from_slices(rows.log),
        CardTable.from_rows(rows.cards),
        rows.decks,
    )
    if scope.decks:
        cards = cards.select_decks(scope.decks, {n: row[0] for n, row in decks.items()})
        log = log.select_cards(cards.card_id)

    def weights_of(deck: int) -> tuple[float, ...]:
        return settings.options(decks[deck][0]).weights

    days = count_by_day(log)
    return Statistics(
        today=today,
        scope=scope,
        reviews=len(log),
        seconds=float(log.milliseconds.sum()) / 1000,
        first_day=days[0].day if days else None,
        habit=compute_habit(
            [day.day for day in days],
            {day.day: day.reviews for day in days},
            today,
            is_off=is_off,
        ),
        days=days,
        heatmap=build_heatmap(days, today),
        forecast=forecast_reviews(cards, seconds_of, today),
        retention=compute_retention(log),
        answers=count_answers(log),
        check=compute_self_check(
            log, predicted_recall(log, cards, weights_of, rows.anchored)
        ),
        memory=measure_memory_distribution(cards, today, weights_of),
        decks=compare_decks(log, cards, decks),
        topics=compare_topics(log, cards, decks),
        leeches=tuple(rows.leeches),
    )
