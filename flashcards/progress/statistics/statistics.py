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
    days_of,
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
from flashcards.progress.statistics.weakness import WeakGroup, by_deck, by_topic

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
    """Time of answering in all."""
    first_day: int | None
    habit: Habit
    days: tuple[DayActivity, ...]
    """Study days with reviews, oldest first."""
    heatmap: Heatmap
    forecast: tuple[DueForecast, ...]
    """What is due of the cards seen so far on each of the next 30 days, today first."""
    retention: Retention
    answers: AnswerCounts
    check: SelfCheck
    spread: MemoryDistribution
    decks: tuple[WeakGroup, ...]
    """The weakest first; those with too few reviews to compare last."""
    topics: tuple[WeakGroup, ...]
    leeches: tuple[LeechRow, ...]
    """Of the whole collection, most lapses first."""

    @property
    def minutes_a_day(self) -> float | None:
        """Mean minutes of a day that has reviews; None before the first."""
        return self.seconds / 60 / len(self.days) if self.days else None

    @property
    def heading(self) -> str:
        """Such as `1,204 reviews - 9 h 12 min - since Tue, Sep 1`."""
        if self.first_day is None:
            return "No reviews yet."
        hours, left = divmod(round(self.seconds / 60), 60)
        spent = f"{hours} h {left} min" if hours else minutes(self.seconds)
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
        rows: What the store holds.
        settings: The settings; decks may have weights of their own.
        seconds_of: Returns the predicted seconds of a card in a state.
        today: The study day.
        scope: The decks meant; tags are not looked at.
        is_off: Says whether a study day was planned to be free.
    """
    log, cards, decks = Log.unpacked(rows.log), CardTable.of(rows.cards), rows.decks
    if scope.decks:
        cards = cards.of_decks(scope.decks, {n: row[0] for n, row in decks.items()})
        log = log.of_cards(cards.card_id)

    def weights_of(deck: int) -> tuple[float, ...]:
        return settings.options(decks[deck][0]).weights

    days = days_of(log)
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
        spread=measure_memory_distribution(cards, today, weights_of),
        decks=by_deck(log, cards, decks),
        topics=by_topic(log, cards, decks),
        leeches=tuple(rows.leeches),
    )
