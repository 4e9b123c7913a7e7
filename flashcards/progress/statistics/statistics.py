"""All statistics of a learner as one value: read once, computed once, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope
from flashcards.domain.formatting import minutes, short_date
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.log.review_log import Log, predicted_recall
from flashcards.progress.statistics.activity import (
    Ahead,
    Answers,
    Day,
    Heatmap,
    answers,
    days_of,
    forecast,
    heatmap,
)
from flashcards.progress.statistics.habit import Habit, habit
from flashcards.progress.statistics.memory_distribution import Spread, spread
from flashcards.progress.statistics.retention import (
    Retention,
    SelfCheck,
    retention,
    self_check,
)
from flashcards.progress.statistics.weakness import Group, by_deck, by_topic

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
    days: tuple[Day, ...]
    """Study days with reviews, oldest first."""
    heatmap: Heatmap
    forecast: tuple[Ahead, ...]
    """What is due of the cards seen so far on each of the next 30 days, today first."""
    retention: Retention
    answers: Answers
    check: SelfCheck
    spread: Spread
    decks: tuple[Group, ...]
    """The weakest first; those with too few reviews to compare last."""
    topics: tuple[Group, ...]
    leeches: tuple[LeechRow, ...]
    """Of the whole collection, most lapses first."""

    @property
    def minutes_a_day(self) -> float | None:
        """Mean minutes of a day that has reviews; None before the first."""
        return self.seconds / 60 / len(self.days) if self.days else None

    @property
    def heading(self) -> str:
        """Such as `1,204 reviews - 9 h 12 min - since Tue 1 Sep`."""
        if self.first_day is None:
            return "No reviews yet."
        hours, left = divmod(round(self.seconds / 60), 60)
        spent = f"{hours} h {left} min" if hours else minutes(self.seconds)
        noun = "review" if self.reviews == 1 else "reviews"
        return f"{self.reviews:,} {noun} - {spent} - since {short_date(self.first_day)}"


def statistics(
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
        habit=habit(
            [day.day for day in days],
            {day.day: day.reviews for day in days},
            today,
            is_off=is_off,
        ),
        days=days,
        heatmap=heatmap(days, today),
        forecast=forecast(cards, seconds_of, today),
        retention=retention(log),
        answers=answers(log),
        check=self_check(log, predicted_recall(log, cards, weights_of, rows.anchored)),
        spread=spread(cards, today, weights_of),
        decks=by_deck(log, cards, decks),
        topics=by_topic(log, cards, decks),
        leeches=tuple(rows.leeches),
    )
